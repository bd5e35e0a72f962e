// The work of a step within its time limit: as many attempts as it has, each with its own result.

import type { TaskOutcome } from '../task/task-outcome.ts';
import type { PlannedStep } from './planned-step.ts';
import { numberField } from './step-fields.ts';
import type { StepResult } from './step-record.ts';
import { mergeResults } from './step-result.ts';
import type { StepScope } from './step-scope.ts';
import { StepWatch } from './step-watch.ts';
import { pause } from './timer.ts';

/** Never rejects: whatever goes wrong, it is this step's failure. */
export async function runLimited(planned: PlannedStep, scope: StepScope): Promise<StepResult> {
  try {
    const { timeoutInMinutes } = planned.step;
    const minutes = numberField('timeoutInMinutes', timeoutInMinutes, scope.parts.job);
    const watch = new StepWatch(scope, planned, minutes * 60_000);
    return await runAttempts(planned, scope, watch).finally(() => watch.end());
  } catch (error) {
    // A mistake in the step's own fields, or inputs that do not expand.
    scope.addIssue({ type: 'error', message: messageOf(error) });
    return 'failed';
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function runAttempts(
  planned: PlannedStep,
  scope: StepScope,
  watch: StepWatch,
): Promise<StepResult> {
  const { job } = scope.parts;
  const { retryCountOnTaskFailure } = planned.step;
  const field = numberField('retryCountOnTaskFailure', retryCountOnTaskFailure, job);
  const retries = planned.phase === 'main' ? Math.min(field, 10) : 0;
  const run = planned.part(scope, watch.signal);
  for (let attempt = 1; ; attempt += 1) {
    const result = await runOnce(run, scope, watch);
    if (result !== 'failed' || watch.cause !== undefined || attempt > retries) return result;
    await waitForRetry({ attempt, retries, scope, watch });
    if (watch.cause !== undefined) return stopped(watch, scope);
    scope.forgetResult();
    planned.recorder.change({ attempt: attempt + 1 });
  }
}

interface Retry {
  readonly attempt: number;
  readonly retries: number;
  readonly scope: StepScope;
  readonly watch: StepWatch;
}

/** 1, 4, 9 … seconds. What a failed attempt has changed, files or variables, stays. */
async function waitForRetry({ attempt, retries, scope, watch }: Retry): Promise<void> {
  const seconds = attempt ** 2;
  const message = `The task failed; retry ${attempt} of ${retries} in ${seconds} s`;
  scope.addIssue({ type: 'warning', message });
  await scope.parts.job.settings.pause(seconds * 1000, watch.signal);
}

async function runOnce(
  run: () => Promise<TaskOutcome>,
  scope: StepScope,
  watch: StepWatch,
): Promise<StepResult> {
  const over = new AbortController();
  const abandoned = untilAbandoned(scope, watch, over.signal);
  const outcome = await Promise.race([run().catch((e) => thrown(e, scope)), abandoned]);
  over.abort();
  await scope.run.settled();
  const stands = watch.cause === 'timedOut' && outcome?.standsAfterTimeout === true;
  if (outcome === undefined || (watch.cause !== undefined && !stands)) return stopped(watch, scope);
  tell(outcome, scope);
  return mergeResults(outcome.result, scope.commandResult ?? outcome.result);
}

/** Of the host or of a task: what a user can cause has a message for them. */
function thrown(error: unknown, scope: StepScope): TaskOutcome {
  if (error instanceof Error && error.stack !== undefined) scope.debug(error.stack);
  return { result: 'failed', message: messageOf(error) };
}

/** A task that does not listen is left behind once its processes would have been killed. */
async function untilAbandoned(
  scope: StepScope,
  { signal }: StepWatch,
  over: AbortSignal,
): Promise<undefined> {
  const { interruptMs, terminateMs, drainMs } = scope.parts.job.settings.ending;
  if (!signal.aborted) {
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { signal: over }));
  }
  await pause(interruptMs + terminateMs + drainMs + spareMs, over);
  return undefined;
}

/** For what the task does with the end of its processes. */
const spareMs = 1_000;

function stopped({ cause }: StepWatch, scope: StepScope): StepResult {
  if (cause === 'completed') return scope.commandResult ?? 'succeeded';
  const message = cause === 'timedOut' ? 'The task has timed out.' : 'The step was canceled.';
  scope.addIssue({ type: 'error', message });
  return cause === 'timedOut' ? 'failed' : 'canceled';
}

function tell({ result, message }: TaskOutcome, scope: StepScope): void {
  if (message === undefined || message === '') return;
  if (result === 'failed') scope.addIssue({ type: 'error', message });
  else if (result === 'succeededWithIssues') scope.addIssue({ type: 'warning', message });
  else scope.log.say('text', message);
}
