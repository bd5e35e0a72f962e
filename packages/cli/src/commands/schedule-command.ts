// `ridgeline schedule`: what is started when the clock says so, or when something has happened.
import type { RidgelineClient, ScheduleStart } from '@ridgeline/client';
import { Command, Option } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import type { NewSchedule } from '../create/create-schedule.ts';
import { CliError } from '../errors.ts';
import {
  describeFirings,
  describeSchedule,
  describeScheduleList,
} from '../output/describe-schedule.ts';
import { printEither } from '../output/print.ts';
import { collectPair, parseInteger } from './option-values.ts';
import { type TriggerOptions, triggerFrom, withTrigger } from './schedule-trigger.ts';

interface CreateOptions extends CommonOptions, TriggerOptions {
  readonly file?: string;
  readonly name?: string;
  readonly job?: string;
  readonly pipeline?: string;
  readonly pipelineEndpoint?: string;
  readonly version?: string;
  readonly set: Readonly<Record<string, string>>;
  readonly experiment?: string;
  readonly description?: string;
  readonly catchUp?: 'latest' | 'all' | 'none';
  readonly skipOverlap?: boolean;
  readonly disabled?: boolean;
}

export function scheduleCommand(): Command {
  const command = new Command('schedule').description('start jobs by the clock or by events');
  command.addCommand(createCommand());
  command.addCommand(listCommand());
  command.addCommand(showCommand());
  command.addCommand(switchCommand('enable', 'let a schedule fire again'));
  command.addCommand(switchCommand('disable', 'keep a schedule, and let it not fire'));
  command.addCommand(triggerCommand());
  command.addCommand(deleteCommand());
  return command;
}

const createExamples = `
Examples:
  ridgeline schedule create -f schedule.yml
  ridgeline schedule create --name weekly --cron "0 8 * * MON" --time-zone Europe/Berlin \\
    --pipeline training-pipeline --set alpha=0.4
  ridgeline schedule create --name on-data --job pipelines/training-pipeline.yml \\
    --on-data-path azureml://datastores/workspaceblobstore/paths/incoming
  ridgeline schedule create --name retest --on-model diabetes --pipeline test \\
    --set 'version=\${{trigger.version}}'`;

function createCommand(): Command {
  return withConnection(withTrigger(new Command('create')))
    .description('create a schedule, or replace the one of that name')
    .option('-f, --file <file>', 'an Azure ML schedule YAML, in place of all else')
    .option('--name <name>', 'its name')
    .option('--job <file>', 'what it starts: a job by its YAML file')
    .option('--pipeline <name>', 'what it starts: a published pipeline by its name or id')
    .option('--pipeline-endpoint <name>', 'what it starts: a pipeline endpoint by its name or id')
    .option('--version <version>', 'of the endpoint; default: its default version')
    .option('--set <input=value>', 'a value for one of the inputs', collectPair, {})
    .option('--experiment <name>', 'the experiment of its jobs')
    .option('--description <text>', 'what it is for')
    .addOption(
      new Option('--catch-up <how>', 'times that pass while no server runs').choices([
        'latest',
        'all',
        'none',
      ]),
    )
    .option('--skip-overlap', 'leave a time out while the job of the time before runs')
    .option('--disabled', 'do not let it fire yet')
    .addHelpText('after', createExamples)
    .action(async (options: CreateOptions) => {
      const client = await connect(options);
      const { name, spec } = await scheduleFrom(client, options);
      const schedule = await client.schedules.createOrUpdate(name, spec);
      printEither(options.json, schedule, () => describeSchedule(schedule));
    });
}

async function scheduleFrom(client: RidgelineClient, options: CreateOptions): Promise<NewSchedule> {
  if (options.file !== undefined) {
    const { readScheduleFile } = await import('../create/create-schedule.ts');
    return readScheduleFile(client, options.file);
  }
  const { name, set, experiment, description, catchUp, skipOverlap, disabled } = options;
  if (name === undefined) {
    throw new CliError('USAGE', 'name the schedule with --name, or give its YAML with --file');
  }
  const trigger = triggerFrom(options);
  const spec = {
    trigger,
    start: await startFrom(client, options),
    inputs: set,
    ...(experiment !== undefined && { experimentName: experiment }),
    ...(description !== undefined && { description }),
    ...(catchUp !== undefined && { catchUp }),
    ...(skipOverlap && ({ overlap: 'skip' } as const)),
    ...(disabled && { enabled: false }),
  };
  return { name, spec };
}

async function startFrom(
  client: RidgelineClient,
  { job, pipeline, pipelineEndpoint, version }: CreateOptions,
): Promise<ScheduleStart> {
  const given = [job, pipeline, pipelineEndpoint].filter((each) => each !== undefined);
  if (given.length !== 1) {
    const message =
      'say with exactly one of --job, --pipeline and --pipeline-endpoint what it starts';
    throw new CliError('USAGE', message);
  }
  if (job !== undefined) {
    const { prepareStart } = await import('../create/create-schedule.ts');
    return prepareStart(client, job, {});
  }
  return {
    ...(pipeline !== undefined && { pipeline }),
    ...(pipelineEndpoint !== undefined && { pipelineEndpoint }),
    ...(version !== undefined && { version }),
  };
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list the schedules')
    .option('--limit <count>', 'at most so many', parseInteger, 100)
    .action(async (options: CommonOptions & { limit: number }) => {
      const schedules = await (await connect(options)).schedules.list(options.limit);
      printEither(options.json, schedules, () => describeScheduleList(schedules));
    });
}

function showCommand(): Command {
  return withConnection(new Command('show'))
    .description('show a schedule, its next times and when it fired')
    .argument('<name>', 'its name')
    .option('--limit <count>', 'at most so many firings', parseInteger, 10)
    .action(async (name: string, options: CommonOptions & { limit: number }) => {
      const { schedules } = await connect(options);
      const schedule = await schedules.get(name);
      const firings = await schedules.firings(name, options.limit);
      printEither(options.json, { ...schedule, firings }, () =>
        describeSchedule(schedule, firings),
      );
    });
}

function switchCommand(verb: 'enable' | 'disable', description: string): Command {
  return withConnection(new Command(verb))
    .description(description)
    .argument('<name>', 'its name')
    .action(async (name: string, options: CommonOptions) => {
      const schedule = await (await connect(options)).schedules[verb](name);
      printEither(options.json, schedule, () => describeSchedule(schedule));
    });
}

function triggerCommand(): Command {
  return withConnection(new Command('trigger'))
    .description('let a schedule fire now, whatever its trigger')
    .argument('<name>', 'its name')
    .action(async (name: string, options: CommonOptions) => {
      const firing = await (await connect(options)).schedules.trigger(name);
      printEither(options.json, firing, () => describeFirings([firing]));
      if (firing.error === null) return;
      const message = `schedule '${name}' fired, and its job was refused: ${firing.error.message}`;
      throw new CliError('JOB_NOT_COMPLETED', message);
    });
}

function deleteCommand(): Command {
  return withConnection(new Command('delete'))
    .description('delete a schedule with its firings; its jobs stay')
    .argument('<name>', 'its name')
    .action(async (name: string, options: CommonOptions) => {
      await (await connect(options)).schedules.delete(name);
      printEither(options.json, { name, deleted: true }, () => `schedule '${name}' is deleted`);
    });
}
