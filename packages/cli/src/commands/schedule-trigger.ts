// The trigger of a schedule from the options of the command line: exactly one of them says what
// makes it fire.
import type { TriggerSpec } from '@ridgeline/client';
import { type Command, Option } from 'commander';
import { CliError } from '../errors.ts';
import { collectName, collectPair, parseInteger } from './option-values.ts';

export interface TriggerOptions {
  readonly cron?: string;
  readonly every?: string;
  readonly timeZone?: string;
  readonly startTime?: string;
  readonly endTime?: string;
  readonly onDataPath?: string;
  readonly pollSeconds?: number;
  readonly onModel?: string;
  readonly modelTag: Readonly<Record<string, string>>;
  readonly alias?: string;
  readonly onJob?: string;
  readonly onJobName?: string;
  readonly onBuild?: string;
  readonly branch?: string;
  readonly status: readonly string[];
}

const units = ['minute', 'hour', 'day', 'week', 'month'] as const;

export function withTrigger(command: Command): Command {
  return command
    .option('--cron <expression>', "minutes hours days months weekdays: '0 8 * * MON'")
    .option('--every <interval>', "such as 'day', '2 weeks' or '30 minutes'")
    .option('--time-zone <name>', 'of IANA or of Windows; default UTC')
    .option('--start-time <time>', 'when it begins to fire')
    .option('--end-time <time>', 'the last time that it may fire')
    .option('--on-data-path <uri>', 'new files at azureml://datastores/<name>/paths/<path>')
    .option('--poll-seconds <seconds>', 'how often to look for them', parseInteger)
    .option('--on-model <name>', 'new versions of a registered model')
    .option('--model-tag <name=value>', 'only versions with this tag', collectPair, {})
    .option('--alias <alias>', 'in place of new versions: an alias that points elsewhere')
    .option('--on-job <experiment>', 'jobs of an experiment that have ended')
    .option('--on-job-name <name>', 'jobs with this display name that have ended')
    .option('--on-build <pipeline>', 'builds of a delivery pipeline that have finished')
    .option('--branch <branch>', 'only builds of this branch')
    .addOption(
      new Option('--status <status>', 'how jobs or builds have ended')
        .argParser(collectName)
        .default([], 'Completed, or succeeded'),
    );
}

/** @throws CliError USAGE */
export function triggerFrom(options: TriggerOptions): TriggerSpec {
  const { onJob, onJobName } = options;
  const found = [
    ...(options.cron === undefined ? [] : [cronTrigger(options.cron, options)]),
    ...(options.every === undefined ? [] : [recurrence(options.every, options)]),
    ...(options.onDataPath === undefined ? [] : [dataTrigger(options.onDataPath, options)]),
    ...(options.onModel === undefined ? [] : [modelTrigger(options.onModel, options)]),
    ...(onJob === undefined && onJobName === undefined ? [] : [jobTrigger(options)]),
    ...(options.onBuild === undefined ? [] : [buildTrigger(options.onBuild, options)]),
  ];
  const [trigger] = found;
  if (trigger !== undefined && found.length === 1) return trigger;
  const message =
    'say with exactly one of --cron, --every, --on-data-path, --on-model, --on-job and ' +
    '--on-build what makes it fire';
  throw new CliError('USAGE', message);
}

function clockOf({ timeZone, startTime, endTime }: TriggerOptions) {
  return {
    ...(timeZone !== undefined && { timeZone }),
    ...(startTime !== undefined && { startTime }),
    ...(endTime !== undefined && { endTime }),
  };
}

function cronTrigger(expression: string, options: TriggerOptions): TriggerSpec {
  return { type: 'cron', expression, ...clockOf(options) };
}

function recurrence(every: string, options: TriggerOptions): TriggerSpec {
  const [, count = '1', word = ''] = /^(?:(\d{1,4})\s+)?([a-z]+)$/i.exec(every.trim()) ?? [];
  const frequency = units.find((unit) => [unit, `${unit}s`].includes(word.toLowerCase()));
  if (frequency === undefined) {
    const message = `--every '${every}' is not understood: write 'day', '2 weeks' or '30 minutes'`;
    throw new CliError('USAGE', message);
  }
  return { type: 'recurrence', frequency, interval: Number(count), ...clockOf(options) };
}

function dataTrigger(path: string, { pollSeconds }: TriggerOptions): TriggerSpec {
  return { type: 'data', path, ...(pollSeconds !== undefined && { pollSeconds }) };
}

function modelTrigger(model: string, { modelTag, alias }: TriggerOptions): TriggerSpec {
  return { type: 'model', model, tags: modelTag, ...(alias !== undefined && { alias }) };
}

function jobTrigger({ onJob, onJobName, status }: TriggerOptions): TriggerSpec {
  return {
    type: 'job',
    ...(onJob !== undefined && { experimentName: onJob }),
    ...(onJobName !== undefined && { displayName: onJobName }),
    ...(status.length > 0 && { status }),
  };
}

function buildTrigger(name: string, { branch, status }: TriggerOptions): TriggerSpec {
  return {
    type: 'build',
    name,
    ...(branch !== undefined && { branch }),
    ...(status.length > 0 && { status }),
  };
}
