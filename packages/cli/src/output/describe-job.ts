// Jobs as people read them.
import type { Job, JobStatus, JobStep, Verdict } from '@ridgeline/client';
import { style } from './style.ts';
import { formatDuration, formatFields, formatTable, formatTime } from './table.ts';

export function describeJob(job: Job): string {
  const fields: Array<readonly [string, string]> = [
    ['job', job.id],
    ['name', job.displayName],
    ['experiment', job.experimentName],
    ['status', colourStatus(job.status)],
    ...(job.submittedBy === '' ? [] : [['submitted by', job.submittedBy] as const]),
    ...(job.source === 'api' ? [] : [['source', job.source] as const]),
    ...(saysMoreThanError(job) ? [['verdict', describeVerdict(job.verdict)] as const] : []),
    ...(job.cancelReason === null ? [] : [['cancelled', job.cancelReason] as const]),
    ['created', formatTime(job.createdAt)],
    ['took', durationOf(job.startedAt, job.endedAt)],
    ...Object.entries(job.inputs).map(([name, value]) => [`input ${name}`, String(value)] as const),
  ];
  const steps = withTheirChildren(job.steps).map(({ step, depth }) => [
    `${'  '.repeat(depth)}${step.name}`,
    step.reusedFrom === null ? step.status : `${step.status}, reused`,
    durationOf(step.startedAt, step.endedAt),
    String(step.attempt),
    step.compute,
    step.runId ?? '-',
  ]);
  const table = formatTable(['STEP', 'STATUS', 'TOOK', 'ATTEMPT', 'COMPUTE', 'RUN'], steps);
  const error = job.error === null ? '' : `\n\n${style.red(job.error.code)}: ${job.error.message}`;
  return `${formatFields(fields)}\n\n${table}${describeDecisions(job)}${error}`;
}

/** The reason of a failure stands below the steps. */
function saysMoreThanError(job: Job): job is Job & { readonly verdict: Verdict } {
  return job.verdict !== null && (job.verdict.outcome !== 'failed' || job.error === null);
}

/** Each followed by those that it has made, which the server lists last. */
function withTheirChildren(
  steps: readonly JobStep[],
): readonly { readonly step: JobStep; readonly depth: number }[] {
  const names = new Set(steps.map(({ name }) => name));
  const madeBy = Map.groupBy(steps, ({ parent }) =>
    parent !== null && names.has(parent) ? parent : null,
  );
  const listed = (parent: string | null, depth: number): { step: JobStep; depth: number }[] =>
    (madeBy.get(parent) ?? []).flatMap((step) => [
      { step, depth },
      ...listed(step.name, depth + 1),
    ]);
  return listed(null, 0);
}

/** Fewer than so many steps are named, each on its own line. */
const manyAlike = 4;

/** Why each step has run, or has not had to; where many have the same reason, it is said once. */
function describeDecisions({ steps }: Job): string {
  const decided = steps.filter(({ decision }) => decision !== null);
  const lines = [...Map.groupBy(decided, ({ decision }) => decision)].flatMap(([why, alike]) =>
    alike.length < manyAlike
      ? alike.map(({ name }) => `  ${name} ${why}`)
      : [`  ${alike.length} steps ${why} (${alike[0]?.name} to ${alike.at(-1)?.name})`],
  );
  return lines.length === 0 ? '' : `\n\n${lines.join('\n')}`;
}

export function describeJobList(jobs: readonly Job[]): string {
  const rows = jobs.map((job) => [
    job.id,
    job.displayName,
    job.experimentName,
    job.status,
    job.verdict?.outcome ?? '-',
    formatTime(job.createdAt),
  ]);
  return formatTable(['JOB', 'NAME', 'EXPERIMENT', 'STATUS', 'VERDICT', 'CREATED'], rows);
}

export function describeStepLine(step: JobStep): string {
  const took = step.endedAt === null ? '' : `  ${durationOf(step.startedAt, step.endedAt)}`;
  const again = step.attempt > 1 ? ` (attempt ${step.attempt})` : '';
  const reused = step.reusedFrom === null ? '' : ` (reused from job ${step.reusedFrom.jobId})`;
  const waits = step.retryAt === null ? '' : `, to be tried again at ${formatTime(step.retryAt)}`;
  return `  ${step.name}: ${colourStatus(step.status)}${again}${reused}${waits}${took}`;
}

/** The outcome in words, with both numbers where two were compared. */
export function describeVerdict(verdict: Verdict): string {
  const { outcome, metric, newValue, productionValue, model } = verdict;
  const words = { registered: 'registered', not_better: 'not better', failed: 'failed' }[outcome];
  const which = model === null ? '' : ` ${model.name}:${model.version}`;
  if (metric === null || newValue === null) return `${words}${which}: ${verdict.reason}`;
  const production = productionValue === null ? 'none' : String(productionValue);
  return `${words}${which}: new ${metric} ${newValue}, production ${metric} ${production}`;
}

function colourStatus(status: JobStatus): string {
  if (status === 'Completed') return style.green(status);
  if (status === 'Failed') return style.red(status);
  return status === 'Canceled' || status === 'CancelRequested' ? style.yellow(status) : status;
}

function durationOf(startedAt: string | null, endedAt: string | null): string {
  if (startedAt === null) return '-';
  const end = endedAt === null ? Date.now() : Date.parse(endedAt);
  return formatDuration(end - Date.parse(startedAt));
}
