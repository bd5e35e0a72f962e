// The whole life of an attempt, from its start or from where an earlier server has left it.
import { isDiskFull, isPassingFault } from '@ridgeline/workspace';
import type { JobFailure } from '../job/job.ts';
import { lastLogLines } from '../step/step-log.ts';
import { type StepOutcome, stepOutcome } from '../step/step-outcome.ts';
import type { StepProcess } from '../step/supervise.ts';
import { type StopRequest, type WatchedEnd, watchProcess } from '../step/watch-process.ts';
import { type Attempt, attemptFolder, type StepOfJob } from './attempt.ts';
import type { AttemptEnd } from './attempt-end.ts';
import { diskFullFailure } from './disk-full.ts';
import { abandonAttempt, concludeAttempt } from './end-attempt.ts';
import type { EngineContext } from './engine-context.ts';
import { findAttempt } from './find-attempt.ts';
import { neverRetryExitCode } from './retry.ts';
import { type AttemptStart, startAttempt } from './start-attempt.ts';

/**
 * Runs an attempt, which is being announced, to its end; it is abandoned where the server halts first.
 * @param signal its reason is a `StopRequest`
 */
export async function runAttempt(
  context: EngineContext,
  stepOfJob: StepOfJob,
  attempt: Attempt,
  start: AttemptStart,
  signal: AbortSignal,
): Promise<AttemptEnd> {
  let process: StepProcess;
  try {
    process = await startAttempt(context, stepOfJob, attempt, start, signal);
  } catch (error) {
    // That it cannot be written down is no fault of the step's.
    await start.announced;
    // The job goes on, with this step anew, once that is over.
    if (isPassingFault(error) && !isDiskFull(error)) throw error;
    const stopCause = stopCauseOf(signal);
    return stopCause === null
      ? concludeAttempt(context, stepOfJob, attempt, notStarted(attempt, error))
      : settle(context, stepOfJob, attempt, { exitCode: null, stopCause });
  }
  const end = await watch(context, stepOfJob, attempt, process, signal);
  return settle(context, stepOfJob, attempt, end);
}

/**
 * Goes on with an attempt that has lost its server. What it has finished is kept, and what still
 * runs is waited for. It is abandoned where the command was never started, was lost, cannot find
 * this server, or has failed, as it may have for want of a server.
 */
export async function takeOverAttempt(
  context: EngineContext,
  stepOfJob: StepOfJob,
  attempt: Attempt,
  signal: AbortSignal,
): Promise<AttemptEnd> {
  const { compute, step } = stepOfJob;
  const outputs = step.outputs.keys();
  const found = await findAttempt(context, { compute, outputs }, attempt);
  if (found.state === 'not started') return abandonAttempt(context, attempt, 'Canceled');
  const end =
    found.state === 'running'
      ? await watchOrKill(context, stepOfJob, attempt, found.process, signal)
      : { exitCode: found.exitCode, stopCause: stopCauseOf(signal) };
  if (end.exitCode === 0 || end.exitCode === neverRetryExitCode || end.stopCause !== null) {
    return settle(context, stepOfJob, attempt, end);
  }
  if (attempt.number - attempt.retries < context.limits.maxAttempts) {
    return abandonAttempt(context, attempt, end.exitCode === null ? 'Canceled' : 'Failed');
  }
  if (end.exitCode === null) return concludeAttempt(context, stepOfJob, attempt, lost(attempt));
  return settle(context, stepOfJob, attempt, end);
}

async function watchOrKill(
  context: EngineContext,
  stepOfJob: StepOfJob,
  attempt: Attempt,
  process: StepProcess,
  signal: AbortSignal,
): Promise<WatchedEnd> {
  if (attempt.trackingUrl === context.trackingUrl()) {
    return watch(context, stepOfJob, attempt, process, signal);
  }
  process.signal('SIGKILL');
  return { exitCode: await process.ended(), stopCause: stopCauseOf(signal) };
}

async function watch(
  context: EngineContext,
  stepOfJob: StepOfJob,
  attempt: Attempt,
  process: StepProcess,
  signal: AbortSignal,
): Promise<WatchedEnd> {
  const { timeoutSeconds } = stepOfJob.step;
  const folder = attemptFolder(context, attempt);
  const timeoutMs = timeoutSeconds === null ? Number.POSITIVE_INFINITY : timeoutSeconds * 1000;
  return watchProcess(process, {
    logFile: folder.log,
    folder: folder.root,
    timeoutMs: attempt.startedAtMs + timeoutMs - context.now(),
    maxLogBytes: context.limits.maxLogBytes,
    maxStepBytes: context.limits.maxStepBytes,
    killGraceMs: context.limits.killGraceMs,
    signal,
  });
}

async function settle(
  context: EngineContext,
  stepOfJob: StepOfJob,
  attempt: Attempt,
  end: WatchedEnd,
): Promise<AttemptEnd> {
  if (end.stopCause === 'halted' && end.exitCode !== 0) {
    return abandonAttempt(context, attempt, 'Canceled');
  }
  const { name, timeoutSeconds } = stepOfJob.step;
  const lastLines = await lastLogLines(attemptFolder(context, attempt).log);
  const outcome = stepOutcome({ ...end, stepName: name, timeoutSeconds, lastLines });
  return concludeAttempt(context, stepOfJob, attempt, outcome);
}

function stopCauseOf(signal: AbortSignal): StopRequest['cause'] | null {
  return signal.aborted ? (signal.reason as StopRequest).cause : null;
}

function notStarted({ stepName }: Attempt, error: unknown): StepOutcome {
  if (isDiskFull(error)) return failed(diskFullFailure(stepName, 'could not be started'));
  const reason = error instanceof Error ? error.message : String(error);
  const message = `step '${stepName}' could not be started: ${reason}`;
  return failed({ code: 'STEP_PREPARATION_FAILED', message });
}

function lost({ stepName, number }: Attempt): StepOutcome {
  const message = `step '${stepName}' was lost with its server in attempt ${number}, the last that is made; submit the job again`;
  return failed({ code: 'STEP_LOST', message });
}

function failed(error: JobFailure): StepOutcome {
  return { status: 'Failed', exitCode: null, error };
}
