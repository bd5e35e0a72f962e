// The second half of an attempt's life: what it has written is kept, its run ends, its folder goes.
// The step's state is written after all that it speaks of: a server that dies before finds the
// attempt running, its exit code beside it, and does it once more, without harm.
import { createReadStream } from 'node:fs';
import { discardFolder } from '../step/discard-folder.ts';
import { logArtifactPath } from '../step/step-folder.ts';
import { logSizeBytes } from '../step/step-log.ts';
import type { StepOutcome } from '../step/step-outcome.ts';
import { type Attempt, attemptFolder, type StepOfJob } from './attempt.ts';
import { endRun } from './end-run.ts';
import type { EngineContext } from './engine-context.ts';
import { keepOutputs } from './step-outputs.ts';

/** Gives back the outcome, or the failure to keep the outputs of a command that succeeded. */
export async function concludeAttempt(
  context: EngineContext,
  { step }: StepOfJob,
  attempt: Attempt,
  outcome: StepOutcome,
): Promise<StepOutcome> {
  const folder = attemptFolder(context, attempt);
  const failure =
    outcome.status === 'Completed'
      ? await keepOutputs(context.workspace, attempt.runId, step, folder)
      : null;
  const result: StepOutcome =
    failure === null ? outcome : { ...outcome, status: 'Failed', error: failure };
  await closeRun(context, attempt, result.status);
  await context.store.updateStep(attempt.jobId, attempt.stepName, {
    status: result.status,
    exit_code: result.exitCode,
    error_code: result.error?.code ?? null,
    error_message: result.error?.message ?? null,
    ended_at: context.now(),
  });
  await discardFolder(folder.root);
  return result;
}

/**
 * Ends an attempt whose process is gone and whose work another attempt does again: its run and its
 * log stay, its outputs do not. Null, as an attempt that has come to nothing.
 */
export async function abandonAttempt(
  context: EngineContext,
  attempt: Attempt,
  status: 'Failed' | 'Canceled',
): Promise<null> {
  await closeRun(context, attempt, status);
  await context.store.updateStep(attempt.jobId, attempt.stepName, {
    status: 'NotStarted',
    started_at: null,
  });
  await discardFolder(attemptFolder(context, attempt).root);
  return null;
}

async function closeRun(
  context: EngineContext,
  attempt: Attempt,
  status: StepOutcome['status'],
): Promise<void> {
  const { workspace, limits } = context;
  const { runId } = attempt;
  await workspace.identity.revokeStepTokens({ runId });
  const { log } = attemptFolder(context, attempt);
  if (((await logSizeBytes(log)) ?? 0) > 0) {
    // A step can print far more than the limit before it is stopped for it.
    const content = createReadStream(log, { end: limits.maxLogBytes - 1 });
    await workspace.artifacts.write(runId, logArtifactPath, content);
  }
  await endRun(context, runId, status);
}
