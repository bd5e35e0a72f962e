// `ridgeline job`: jobs are submitted, watched and cancelled.
import type { Job } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect, connectToFollow } from '../connection/connect.ts';
import { CliError } from '../errors.ts';
import { describeJob, describeJobList } from '../output/describe-job.ts';
import { printEither } from '../output/print.ts';
import { noteStep, watchJob } from '../submit/watch-job.ts';
import { jobLogsCommand } from './job-logs-command.ts';
import { collectPair, parseInteger } from './option-values.ts';

interface CreateOptions extends CommonOptions {
  readonly file: string;
  readonly set: Readonly<Record<string, string>>;
  readonly tag: Readonly<Record<string, string>>;
  readonly experiment?: string;
  readonly compute?: string;
  readonly forceRerun?: true;
  readonly wait?: boolean;
}

export function jobCommand(): Command {
  const command = new Command('job').description('run Azure ML v2 jobs and pipelines');
  command.addCommand(createCommand());
  command.addCommand(showCommand());
  command.addCommand(listCommand());
  command.addCommand(cancelCommand());
  command.addCommand(jobLogsCommand());
  return command;
}

function createCommand(): Command {
  return withConnection(new Command('create'))
    .description('submit a job from its YAML file')
    .requiredOption(
      '-f, --file <file>',
      'the Azure ML v2 YAML of a job: command, pipeline, sweep, parallel or automl',
    )
    .option(
      '--set <input=value>',
      "a value for one of the job's inputs; a local path is relative to the file",
      collectPair,
      {},
    )
    .option('--tag <name=value>', 'a tag for the run', collectPair, {})
    .option('--experiment <name>', "the experiment, over the file's own")
    .option('--compute <name>', 'where steps run that name no compute themselves')
    .option('--force-rerun', 'run all steps, though an earlier job may have their results')
    .option('--wait', 'wait for its end; exit with 1 unless it completed')
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline job create -f pipelines/training-pipeline.yml --set model_name=my_model --wait',
    )
    .action(async (options: CreateOptions) => {
      const client = await connect(options);
      const { submitJobFile } = await import('../submit/submit-job.ts');
      const submitted = await submitJobFile(client, options.file, {
        inputs: options.set,
        tags: options.tag,
        experimentName: options.experiment,
        forceRerun: options.forceRerun,
        defaultCompute: options.compute,
      });
      if (!options.wait) return printEither(options.json, submitted, () => describeJob(submitted));
      const job = await watchJob(client, submitted.id, noteStep);
      printEither(options.json, job, () => describeJob(job));
      if (!isGoodEnd(job)) throw notCompleted(job);
    });
}

/** "Not better" is an answer and no failure: the job did what it is for. */
export function isGoodEnd(job: Job): boolean {
  return job.status === 'Completed' || job.verdict?.outcome === 'not_better';
}

export function notCompleted(job: Job): CliError {
  const reason = job.error?.message ?? job.cancelReason ?? 'no reason was given';
  return new CliError('JOB_NOT_COMPLETED', `job ${job.id} is ${job.status}: ${reason}`);
}

function showCommand(): Command {
  return withConnection(new Command('show'))
    .description('show a job with its steps and its verdict')
    .argument('<id>', "the job's id")
    .option('--watch', 'tell of its steps until it has ended, and show it then')
    .addHelpText('after', '\nExample:\n  ridgeline job show JOB --watch')
    .action(async (id: string, options: CommonOptions & { watch?: true }) => {
      const client = await (options.watch ? connectToFollow : connect)(options);
      const job = await (options.watch ? watchJob(client, id, noteStep) : client.jobs.get(id));
      printEither(options.json, job, () => describeJob(job));
    });
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list jobs, the newest first')
    .option('--experiment <name>', 'only those of one experiment')
    .option('--limit <count>', 'at most so many', parseInteger, 100)
    .action(async (options: CommonOptions & { experiment?: string; limit: number }) => {
      const client = await connect(options);
      const { limit, experiment } = options;
      const query = experiment === undefined ? { limit } : { limit, experimentName: experiment };
      const jobs = await client.jobs.list(query);
      printEither(options.json, jobs, () => describeJobList(jobs));
    });
}

function cancelCommand(): Command {
  return withConnection(new Command('cancel'))
    .description('ask a job to end')
    .argument('<id>', "the job's id")
    .option('--reason <text>', 'why; it is kept with the job')
    .action(async (id: string, options: CommonOptions & { reason?: string }) => {
      const client = await connect(options);
      await client.jobs.cancel(id, options.reason);
      const job = await client.jobs.wait(id);
      printEither(options.json, job, () => describeJob(job));
    });
}
