// The log files of runs, under the names that Azure ML's clients know: that of a pipeline's run is
// told from the states of its steps, that of a step is what it has printed, while it runs too.
import { Readable } from 'node:stream';
import { type Job, type JobEngine, logArtifactPath } from '@ridgeline/jobs';
import type { ServerContext } from '../server-context.ts';
import type { FoundRun } from './find-runs.ts';

/** Of a pipeline's run. */
export const executionLog = 'logs/azureml/executionlogs.txt';

/** Where clients, old and new, look for what a step has printed. */
const stepLogs: ReadonlySet<string> = new Set([
  logArtifactPath,
  'azureml-logs/70_driver_log.txt',
  'logs/azureml/stdoutlogs.txt',
]);

/** The names under which the logs of a run can be asked for. */
export function logFilesOf({ job, step }: FoundRun): readonly string[] {
  if (job === null) return [];
  return [step === null ? executionLog : logArtifactPath];
}

export interface Content {
  readonly stream: Readable;
  /** Null where it is not known beforehand. */
  readonly sizeBytes: number | null;
}

/**
 * A log, or an artifact of the run.
 * @throws RidgelineError ARTIFACT_NOT_FOUND, ARTIFACT_PATH_INVALID
 */
export async function readContent(
  { workspace, jobs }: ServerContext,
  { record, job, step }: FoundRun,
  path: string,
): Promise<Content> {
  if (job !== null && step === null && path === executionLog) {
    const bytes = Buffer.from(describeSteps(job));
    return { stream: Readable.from([bytes]), sizeBytes: bytes.length };
  }
  if (job !== null && step !== null && stepLogs.has(path)) {
    return { stream: Readable.from(logBytes(jobs, job.id, step)), sizeBytes: null };
  }
  return workspace.artifacts.read(record.runId, path);
}

async function* logBytes(jobs: JobEngine, jobId: string, step: string): AsyncGenerator<Buffer> {
  for (let offset = 0; ; ) {
    const { bytes, nextOffset } = await jobs.readLog(jobId, step, offset);
    if (bytes.length === 0) return;
    yield Buffer.from(bytes);
    offset = nextOffset;
  }
}

function describeSteps(job: Job): string {
  const lines = [
    line(job.createdAt, `Run ${job.id} of '${job.displayName}' was submitted`),
    ...job.steps.flatMap(describeStep),
    ...(job.cancelReason === null ? [] : [line(job.endedAt, `Cancelled: ${job.cancelReason}`)]),
    ...(job.error === null ? [] : [line(job.endedAt, `${job.error.code}: ${job.error.message}`)]),
    ...(job.endedAt === null ? [] : [line(job.endedAt, `Run ${job.id} has ended: ${job.status}`)]),
  ];
  return `${lines.join('\n')}\n`;
}

function describeStep({ displayName, startedAt, endedAt, ...step }: Job['steps'][number]) {
  const why = step.decision === null ? '' : `; ${step.decision}`;
  const begun = startedAt === null ? [] : [line(startedAt, `${displayName}: started${why}`)];
  const failure = step.error === null ? '' : `; ${step.error.message}`;
  const ended = endedAt === null ? [] : [line(endedAt, `${displayName}: ${step.status}${failure}`)];
  return [...begun, ...ended];
}

function line(time: string | null, text: string): string {
  return `[${time ?? '-'}] ${text}`;
}
