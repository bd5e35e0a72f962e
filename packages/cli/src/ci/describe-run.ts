// A run, while it goes or afterwards: its facts, a table of its jobs, and what went wrong where.
import type { JobRecord, RunRecord } from '@ridgeline/azure-pipelines';
import { style } from '../output/style.ts';
import { formatDuration, formatFields, formatTable, formatTime } from '../output/table.ts';
import { jobName, stageName } from './node-names.ts';
import { colourResult, resultWords } from './result-words.ts';
import { printable } from './run-printer.ts';

/** `folder`: the run's, before which logs stand. */
export function describeRun(run: RunRecord, folder: string): string {
  const parts = [
    formatFields(fieldsOf(run)),
    tableOf(run),
    describeFailures(run, folder),
    describeIssues(run),
    describeNext(run),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function fieldsOf(run: RunRecord): ReadonlyArray<readonly [string, string]> {
  const { request } = run;
  return [
    ['run', `${run.number} (${run.buildNumber})`],
    ['pipeline', `${request.definitionName} (${request.file})`],
    ['branch', request.branch],
    ['result', describeState(run)],
    ...(run.attempt > 1 ? [['attempt', String(run.attempt)] as const] : []),
    ...(run.tags.length > 0 ? [['tags', run.tags.join(', ')] as const] : []),
    ...testFields(run),
    ...run.coverage.map(
      ({ linePercent }) => ['coverage', `${linePercent.toFixed(1)} % of lines`] as const,
    ),
    ['started', formatTime(run.startedAt)],
    ['took', durationOf(run.startedAt, run.endedAt)],
  ];
}

function testFields({ tests }: RunRecord): ReadonlyArray<readonly [string, string]> {
  if (tests.length === 0) return [];
  const sum = (key: 'total' | 'passed' | 'failed' | 'skipped') =>
    tests.reduce((all, each) => all + each[key], 0);
  const others = [
    sum('failed') === 0 ? '' : `, ${style.red(`${sum('failed')} failed`)}`,
    sum('skipped') === 0 ? '' : `, ${sum('skipped')} skipped`,
  ];
  return [['tests', `${sum('passed')} of ${sum('total')} passed${others.join('')}`]];
}

function describeState({ state, result, process }: RunRecord): string {
  if (state === 'abandoned')
    return style.red(`abandoned: its process (${process.pid}) ended without a word`);
  if (state === 'running' || result === null) return `running (process ${process.pid})`;
  return colourResult(result);
}

function tableOf({ jobs, skipped, stages }: RunRecord): string {
  const latest = new Map(jobs.map((job) => [job.identifier, job]));
  const rows = [...latest.values()].map((job) => [
    stageCell(job.stage),
    nameOf(job),
    wordsOf(job),
    durationOf(job.startedAt, job.endedAt),
    String(job.attempt),
  ]);
  const left = skipped.map(({ stage, job, result }) => [
    stageCell(stage),
    job ?? '(all)',
    resultWords[result],
    '-',
    '-',
  ]);
  const rejected = stages
    .filter(({ id, result }) => result !== 'skipped' && !jobs.some(({ stage }) => stage === id))
    .filter(({ id }) => !skipped.some(({ stage }) => stage === id))
    .map(({ id, result }) => [stageCell(id), '(all)', resultWords[result], '-', '-']);
  const all = [...rows, ...rejected, ...left];
  return all.length === 0 ? '' : formatTable(['STAGE', 'JOB', 'RESULT', 'TOOK', 'ATTEMPT'], all);
}

function wordsOf({ state, result }: JobRecord): string {
  return state === 'finished' && result !== null ? resultWords[result] : state;
}

/** The display name, and the leg or hook where it has one. */
function nameOf({ job, displayName, identifier, stage }: JobRecord): string {
  const behind = identifier.slice(`${stage}.${job}`.length);
  return job === '__default' ? displayName : `${job}${behind}`;
}

function describeFailures({ jobs }: RunRecord, folder: string): string {
  const latest = [...new Map(jobs.map((job) => [job.identifier, job])).values()];
  const failed = latest.flatMap((job) =>
    job.steps
      .filter(({ result }) => result === 'failed')
      .map(
        ({ name, log }) =>
          `${style.red('failed')}  ${nameOf(job)}: ${name}${logWords(folder, log)}`,
      ),
  );
  return failed.join('\n');
}

function logWords(folder: string, log: string | null): string {
  return log === null ? '' : `  ${style.dim(`${folder}/${log}`)}`;
}

const maxIssues = 20;

function describeIssues({ issues }: RunRecord): string {
  const shown = issues.slice(0, maxIssues).map(({ type, message, job, step }) => {
    const colour = type === 'error' ? style.red : style.yellow;
    const where = step === null ? jobName(job) : `${jobName(job)}: ${step}`;
    return `${colour(type)}  ${where}: ${printable(message.split('\n')[0] ?? '')}`;
  });
  const more = issues.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

function describeNext({ state, result, number }: RunRecord): string {
  const isBad = state === 'abandoned' || result === 'failed' || result === 'canceled';
  if (!isBad) return '';
  return `'ridgeline ci rerun --failed ${number}' runs again what has not succeeded.`;
}

function stageCell(id: string): string {
  return stageName(id) || '-';
}

function durationOf(startedAt: string, endedAt: string | null): string {
  return endedAt === null ? '-' : formatDuration(Date.parse(endedAt) - Date.parse(startedAt));
}
