// The attempt of a step that need not run: the result of an earlier job becomes its own.
import type { Decision } from '../reuse/decide.ts';
import { takeResult } from '../reuse/take-result.ts';
import { discardFolder } from '../step/discard-folder.ts';
import { type Attempt, attemptFolder, type StepOfJob } from './attempt.ts';
import type { AttemptEnd } from './attempt-end.ts';
import { abandonAttempt } from './end-attempt.ts';
import { endRun } from './end-run.ts';
import type { EngineContext } from './engine-context.ts';
import { isRefusal } from './refusal.ts';
import type { CompletedRuns } from './step-inputs.ts';

/** It is abandoned where the result is gone by now: then the step has to run. */
export async function takeEarlierResult(
  context: EngineContext,
  stepOfJob: StepOfJob,
  attempt: Attempt,
  { earlier, row }: Decision,
  completedRuns: CompletedRuns,
): Promise<AttemptEnd> {
  if (earlier === null) throw new Error(`step '${attempt.stepName}' has no earlier result`);
  const { jobId, stepName, runId } = attempt;
  try {
    await takeResult(context, stepOfJob, attempt, earlier, completedRuns);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const decision = `ran because ${row.reused_from_run}, whose result it was to take, is gone`;
    const forget = { decision, reused_from_job: null, reused_from_run: null };
    await context.store.updateStep(jobId, stepName, forget);
    return abandonAttempt(context, attempt, 'Canceled');
  }
  const end = { status: 'Completed', exit_code: 0, ended_at: context.now() } as const;
  await Promise.all([
    endRun(context, runId, 'Completed'),
    context.store.updateStep(jobId, stepName, end),
  ]);
  await discardFolder(attemptFolder(context, attempt).root);
  return { kind: 'ended', outcome: { status: 'Completed', exitCode: 0, error: null } };
}
