// The second half of an attempt's life: what it has written is kept, its run ends, its folder goes.
// The step's state is written after all that it speaks of: a server that dies before finds the
// attempt running, its exit code beside it, and does it once more, without harm.
import { createReadStream } from 'node:fs';
import { isDiskFull } from '@ridgeline/workspace';
import type { JobFailure } from '../job/job.ts';
import type { JobStepTable } from '../job/job-tables.ts';
import { discardFolder } from '../step/discard-folder.ts';
import { logArtifactPath, type StepFolder } from '../step/step-folder.ts';
import { logSizeBytes } from '../step/step-log.ts';
import type { StepOutcome } from '../step/step-outcome.ts';
import { type Attempt, attemptFolder, type StepOfJob } from './attempt.ts';
import { type AttemptEnd, abandoned } from './attempt-end.ts';
import { diskFullFailure } from './disk-full.ts';
import { endRun } from './end-run.ts';
import type { EngineContext } from './engine-context.ts';
import { publishOutputs } from './publish-outputs.ts';
import { retryTime } from './retry.ts';
import { keepOutputs } from './step-outputs.ts';

/**
 * The outcome may become the failure to keep the outputs of a command that succeeded. Whether a step
 * that has failed is tried again is written in the same stroke as that it has failed.
 */
export async function concludeAttempt(
  context: EngineContext,
  { step }: StepOfJob,
  attempt: Attempt,
  outcome: StepOutcome,
): Promise<AttemptEnd> {
  const folder = attemptFolder(context, attempt);
  const failure = outcome.status === 'Completed' ? await keep(context, step, attempt) : null;
  const result: StepOutcome =
    failure === null ? outcome : { ...outcome, status: 'Failed', error: failure };
  if (outcome.exitCode !== 0 || failure?.code === 'STEP_DISK_FULL') await makeRoom(folder);
  await keepLog(context, attempt);
  const now = context.now();
  const retryAtMs = retryTime(step, result, attempt.retries, now);
  const retries = attempt.retries + (retryAtMs === null ? 0 : 1);
  await closeAttempt(context, attempt, result.status, {
    ...(retryAtMs === null
      ? { status: result.status, ended_at: now }
      : { status: 'Queued', retry_at: retryAtMs, retries }),
    exit_code: result.exitCode,
    error_code: result.error?.code ?? null,
    error_message: result.error?.message ?? null,
  });
  await discardFolder(folder.root);
  return retryAtMs === null
    ? { kind: 'ended', outcome: result }
    : { kind: 'retry', atMs: retryAtMs, retries };
}

async function keep(
  context: EngineContext,
  step: StepOfJob['step'],
  attempt: Attempt,
): Promise<JobFailure | null> {
  try {
    const folder = attemptFolder(context, attempt);
    const { runId } = attempt;
    return (
      (await keepOutputs(context.workspace, runId, step, folder)) ??
      (await publishOutputs(context.workspace, step, runId, (output) => {
        const type = step.outputs.get(output)?.type;
        return type === undefined ? null : { runId, output, type };
      }))
    );
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    return diskFullFailure(step.name, 'exited with code 0, but its outputs cannot be kept');
  }
}

// Of a step that has failed only its log is kept. What it has written goes first, as it may be what
// has filled the disk.
async function makeRoom(folder: StepFolder): Promise<void> {
  await discardFolder(folder.outputs);
  await discardFolder(folder.code);
}

/** The end of a step that cannot even be attempted, such as one whose compute was deleted. */
export async function failUnstarted(
  { store, now }: EngineContext,
  { jobId, step }: StepOfJob,
  { message }: Error,
): Promise<StepOutcome> {
  const error = { code: 'STEP_PREPARATION_FAILED', message } as const;
  await store.updateStep(jobId, step.name, {
    status: 'Failed',
    retry_at: null,
    error_code: error.code,
    error_message: error.message,
    ended_at: now(),
  });
  return { status: 'Failed', exitCode: null, error };
}

/**
 * Ends an attempt whose process is gone and whose work another attempt does again: its run and its
 * log stay, its outputs do not.
 */
export async function abandonAttempt(
  context: EngineContext,
  attempt: Attempt,
  status: 'Failed' | 'Canceled',
): Promise<AttemptEnd> {
  await keepLog(context, attempt);
  await closeAttempt(context, attempt, status, { status: 'NotStarted', started_at: null });
  await discardFolder(attemptFolder(context, attempt).root);
  return abandoned;
}

// The first two share a commit. The state comes after them: on a full disk it may pass alone.
async function closeAttempt(
  context: EngineContext,
  { runId, jobId, stepName }: Attempt,
  status: StepOutcome['status'],
  change: Partial<JobStepTable>,
): Promise<void> {
  await Promise.all([
    context.workspace.identity.revokeStepTokens({ runId }),
    endRun(context, runId, status),
  ]);
  await context.store.updateStep(jobId, stepName, change);
}

async function keepLog(context: EngineContext, attempt: Attempt): Promise<void> {
  const { log } = attemptFolder(context, attempt);
  if (((await logSizeBytes(log)) ?? 0) === 0) return;
  // A step can print far more than the limit before it is stopped for it.
  const content = createReadStream(log, { end: context.limits.maxLogBytes - 1 });
  try {
    await context.workspace.artifacts.write(attempt.runId, logArtifactPath, content);
  } catch (error) {
    // A full disk costs the log, and not the state.
    if (!isDiskFull(error)) throw error;
  } finally {
    content.destroy();
  }
}
