// `ridgeline pipeline`: pipelines are published, started and disabled.
import type { JobStep, PublishedPipeline, PublishedStatus } from '@ridgeline/client';
import { Command, Option } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { describeJob, describeStepLine } from '../output/describe-job.ts';
import {
  describePublished,
  describePublishedPipeline,
  describePublishedPipelines,
} from '../output/describe-pipeline.ts';
import { printEither, printNote, printResult } from '../output/print.ts';
import { pickPipeline } from '../submit/pick-pipeline.ts';
import { readTextFile } from '../submit/read-text-file.ts';
import { watchJob } from '../submit/watch-job.ts';
import { isGoodEnd, notCompleted } from './job-command.ts';
import { collectPair, parseInteger } from './option-values.ts';

interface PublishOptions extends CommonOptions {
  readonly file: string;
  readonly name: string;
  readonly version?: string;
  readonly description?: string;
  readonly endpoint?: string;
  readonly compute?: string;
  readonly set: Readonly<Record<string, string>>;
}

export function pipelineCommand(): Command {
  const command = new Command('pipeline').description('publish pipelines and start them');
  command.addCommand(publishCommand());
  command.addCommand(submitCommand());
  command.addCommand(listCommand());
  command.addCommand(showCommand());
  command.addCommand(changeCommand('enable', 'let a pipeline be started again'));
  command.addCommand(changeCommand('disable', 'keep a pipeline from being started'));
  return command;
}

function publishCommand(): Command {
  return withConnection(new Command('publish'))
    .description('publish a pipeline, so that one call starts it')
    .requiredOption('-f, --file <file>', 'the Azure ML v2 YAML of the pipeline')
    .requiredOption('--name <name>', 'its name')
    .option('--version <version>', 'its version, such as a build id; by default counted up')
    .option('--description <text>', "what it does; by default the file's own description")
    .option('--endpoint <name>', 'the pipeline endpoint that it becomes the default of')
    .option('--compute <name>', 'where steps run that name no compute themselves')
    .option('--set <input=value>', 'a default for one of its inputs', collectPair, {})
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline pipeline publish -f pipelines/training-pipeline.yml \\\n' +
        '    --name diabetes-Training-Pipeline --version 1 --endpoint training',
    )
    .action(async (options: PublishOptions) => {
      const client = await connect(options);
      const { name, version, description, endpoint } = options;
      const definition = await readTextFile(options.file);
      const { prepareJob } = await import('../submit/submit-job.ts');
      const submission = await prepareJob(client, definition, options.file, {
        inputs: options.set,
        defaultCompute: options.compute,
        mayLackValues: true,
      });
      const published = await client.pipelines.publish({
        name,
        submission,
        ...(version !== undefined && { version }),
        ...(description !== undefined && { description }),
        ...(endpoint !== undefined && { endpoint }),
      });
      // Callers are given the address that stays when a new version is published.
      const called =
        endpoint === undefined ? published : await client.pipelineEndpoints.get(endpoint);
      printEither(options.json, published, () => describePublished(published, called.restEndpoint));
    });
}

interface SubmitOptions extends CommonOptions {
  readonly version?: string;
  readonly set: Readonly<Record<string, string>>;
  readonly tag: Readonly<Record<string, string>>;
  readonly experiment?: string;
  readonly wait?: boolean;
}

function submitCommand(): Command {
  return withConnection(new Command('submit'))
    .description('start a published pipeline')
    .argument('<pipeline>', 'its id, or its name')
    .option('--version <version>', 'the version to start, where it is named by its name')
    .option('--set <input=value>', 'a value for one of its parameters', collectPair, {})
    .option('--tag <name=value>', 'a tag for the run', collectPair, {})
    .option('--experiment <name>', "the experiment, over the pipeline's own")
    .option('--wait', 'wait for its end; exit with 1 unless it completed')
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline pipeline submit diabetes-Training-Pipeline --version 1 \\\n' +
        '    --set model_name=my_model --wait',
    )
    .action(async (idOrName: string, options: SubmitOptions) => {
      const client = await connect(options);
      const { id } = await pickPipeline(client, idOrName, options.version);
      const submitted = await client.pipelines.submit(id, {
        inputs: options.set,
        tags: options.tag,
        ...(options.experiment !== undefined && { experimentName: options.experiment }),
      });
      if (options.json !== true) printResult(`Pipeline run initiated ${submitted.id}`);
      if (!options.wait) return printEither(options.json, submitted, () => describeJob(submitted));
      const onChange = (step: JobStep) => printNote(describeStepLine(step));
      const job = await watchJob(client, submitted.id, onChange);
      printEither(options.json, job, () => describeJob(job));
      if (!isGoodEnd(job)) throw notCompleted(job);
    });
}

interface ListOptions extends CommonOptions {
  readonly name?: string;
  readonly version?: string;
  readonly status?: PublishedStatus;
  readonly limit: number;
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list published pipelines, the newest first')
    .option('--name <name>', 'only those of one name')
    .option('--version <version>', 'only those of one version')
    .addOption(
      new Option('--status <status>', 'only those of one status').choices(['Active', 'Disabled']),
    )
    .option('--limit <count>', 'at most so many', parseInteger, 100)
    .action(async (options: ListOptions) => {
      const { name, version, status, limit } = options;
      const pipelines = await (await connect(options)).pipelines.list({
        limit,
        ...(name !== undefined && { name }),
        ...(version !== undefined && { version }),
        ...(status !== undefined && { status }),
      });
      printEither(options.json, pipelines, () => describePublishedPipelines(pipelines));
    });
}

function showCommand(): Command {
  return withConnection(new Command('show'))
    .description('show a published pipeline, its parameters, and how it is called')
    .argument('<pipeline>', 'its id, or its name')
    .option('--version <version>', 'the version to show, where it is named by its name')
    .action(async (idOrName: string, options: CommonOptions & { version?: string }) => {
      const client = await connect(options);
      const pipeline = await pickPipeline(client, idOrName, options.version);
      printEither(options.json, pipeline, () => describePublishedPipeline(pipeline));
    });
}

function changeCommand(change: 'enable' | 'disable', description: string): Command {
  return withConnection(new Command(change))
    .description(description)
    .argument('<id>', "the pipeline's id")
    .action(async (id: string, options: CommonOptions) => {
      const pipeline: PublishedPipeline = await (await connect(options)).pipelines[change](id);
      printEither(options.json, pipeline, () => describePublishedPipeline(pipeline));
    });
}
