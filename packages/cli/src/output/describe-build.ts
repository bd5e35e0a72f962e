// Builds as people read them: facts, a tree of stages, jobs and steps, and what went wrong where.
import type { Build, BuildApproval, BuildJob, BuildResult, BuildSummary } from '@ridgeline/client';
import { resultWords } from '../ci/result-words.ts';
import { printable } from '../ci/run-printer.ts';
import { style } from './style.ts';
import { formatDuration, formatFields, formatTable, formatTime } from './table.ts';

export function describeBuild(build: Build): string {
  const parts = [
    formatFields(fieldsOf(build)),
    treeOf(build),
    describeProblems(build),
    ...build.approvals.filter(({ state }) => state === 'pending').map(describeQuestion),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

export function describeBuildList(builds: readonly BuildSummary[]): string {
  const rows = builds.map((build) => [
    build.id,
    build.pipelineName,
    build.buildNumber,
    shortBranch(build.branch),
    build.reason,
    stateWords(build),
    formatTime(build.queuedAt),
  ]);
  const heads = ['BUILD', 'PIPELINE', 'NUMBER', 'BRANCH', 'REASON', 'STATUS', 'QUEUED'];
  return formatTable(heads, rows);
}

function fieldsOf(build: Build): ReadonlyArray<readonly [string, string]> {
  return [
    ['build', `${build.id} (${build.buildNumber})`],
    ['pipeline', build.pipelineName],
    ['status', colourState(build)],
    ['reason', `${build.reason}${build.requestedBy === '' ? '' : `, by ${build.requestedBy}`}`],
    ['branch', shortBranch(build.branch)],
    ['commit', `${build.commit.slice(0, 12)} ${printable(build.commitMessage)}`],
    ...(build.triggeredBy === null ? [] : [['started by', `build ${build.triggeredBy}`] as const]),
    ...(build.attempt > 1 ? [['attempt', String(build.attempt)] as const] : []),
    ...(build.tags.length > 0 ? [['tags', build.tags.join(', ')] as const] : []),
    ...testFields(build),
    ...build.coverage.map(
      ({ linePercent }) => ['coverage', `${linePercent.toFixed(1)} % of lines`] as const,
    ),
    ['queued', formatTime(build.queuedAt)],
    ['took', durationOf(build.startedAt, build.endedAt)],
  ];
}

function testFields({ tests }: Build): ReadonlyArray<readonly [string, string]> {
  if (tests.length === 0) return [];
  const sum = (key: 'total' | 'passed' | 'failed') =>
    tests.reduce((all, each) => all + each[key], 0);
  const failed = sum('failed');
  const others = failed === 0 ? '' : `, ${style.red(`${failed} failed`)}`;
  return [['tests', `${sum('passed')} of ${sum('total')} passed${others}`]];
}

function treeOf({ stages }: Build): string {
  const rows = stages.flatMap((stage) => [
    [nameOf(stage.displayName, stage.id), stageWords(stage), '-', attemptCell(stage.attempt), '-'],
    ...stage.jobs.flatMap(jobRows),
  ]);
  if (rows.length === 0) return '';
  return formatTable(['STAGE, JOB, STEP', 'STATUS', 'TOOK', 'ATTEMPT', 'LOG'], rows);
}

function jobRows(job: BuildJob): readonly (readonly string[])[] {
  const took = durationOf(job.startedAt, job.endedAt);
  const head = [`  ${nameOf(job.displayName, job.job)}`, wordsOf(job.result, job.state), took];
  const steps = job.steps.map((step) => [
    `    ${printable(step.name)}`,
    wordsOf(step.result, step.state),
    durationOf(step.startedAt, step.endedAt),
    '-',
    String(step.log),
  ]);
  return [[...head, attemptCell(job.attempt), '-'], ...steps];
}

/** What the file did not name has a name of its own, which says nothing. */
export function nameOf(displayName: string, id: string): string {
  const name = displayName === '' ? id : displayName;
  return name === '__default' ? 'Pipeline' : printable(name);
}

function attemptCell(attempt: number): string {
  return attempt > 1 ? String(attempt) : '-';
}

function stageWords({ phase, result }: Build['stages'][number]): string {
  if (result !== null) return resultWords[result];
  if (phase === 'checking') return 'waits for its checks';
  return phase === 'awaitingStart' ? 'waits to be started' : phase;
}

function wordsOf(result: BuildResult | null, state: BuildJob['state']): string {
  if (result !== null) return resultWords[result];
  const words = {
    pending: 'pending',
    queued: 'waits for an agent',
    inProgress: 'running',
  } as const;
  return state === 'completed' ? 'completed' : words[state];
}

const maxShown = 20;

export function describeProblems({ issues, stages }: Build): string {
  const whole = issues.map(({ type, message }) => line(type, '', message));
  const ofStages = stages.flatMap(({ id, mistake }) =>
    mistake === null ? [] : [line('error', id, mistake)],
  );
  const ofJobs = stages.flatMap(({ jobs }) =>
    jobs.flatMap(({ displayName, problem, waitsFor, steps }) => [
      ...(problem === null ? [] : [line('error', displayName, problem)]),
      ...(waitsFor === null ? [] : [line('warning', displayName, waitsFor)]),
      ...steps.flatMap((step) =>
        step.issues.map(({ type, message }) => line(type, `${displayName}: ${step.name}`, message)),
      ),
    ]),
  );
  const all = [...whole, ...ofStages, ...ofJobs];
  const more = all.length - maxShown;
  return [...all.slice(0, maxShown), ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

function line(type: 'error' | 'warning', where: string, message: string): string {
  const colour = type === 'error' ? style.red : style.yellow;
  const place = where === '' ? '' : `${printable(where)}: `;
  return `${colour(type)}  ${place}${printable(message.split('\n')[0] ?? '')}`;
}

export function describeQuestion({ stage, kind, about, instructions, approvers }: BuildApproval) {
  const what = kind === 'manualStage' ? 'waits to be started' : 'waits for an approval';
  const of = about.length === 0 ? '' : ` (${about.join(', ')})`;
  const who = approvers.length === 0 ? '' : ` of ${approvers.join(', ')}`;
  const head = `stage '${stage}'${of} ${what}${who}`;
  return instructions === '' ? head : `${head}: ${printable(instructions)}`;
}

function colourState(build: BuildSummary): string {
  const words = stateWords(build);
  if (build.result === 'succeeded') return style.green(words);
  if (build.result === 'failed') return style.red(words);
  return build.result === null ? words : style.yellow(words);
}

function stateWords({ status, result }: BuildSummary): string {
  if (result !== null) return resultWords[result];
  const words = { inProgress: 'running', cancelling: 'being canceled' };
  return status === 'completed' ? 'completed' : words[status];
}

export function shortBranch(ref: string): string {
  return ref.replace(/^refs\/heads\//, '');
}

export function durationOf(startedAt: string | null, endedAt: string | null): string {
  if (startedAt === null) return '-';
  const end = endedAt === null ? Date.now() : Date.parse(endedAt);
  return formatDuration(end - Date.parse(startedAt));
}
