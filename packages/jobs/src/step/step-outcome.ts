// What an attempt of a step came to, read from how its process ended.
import { constants } from 'node:os';
import type { JobFailure } from '../job/job.ts';

export interface StepOutcome {
  readonly status: 'Completed' | 'Failed' | 'Canceled';
  readonly exitCode: number | null;
  readonly error: JobFailure | null;
}

/** Why the engine ended a step that would have gone on. */
export type StopCause = 'canceled' | 'halted' | 'timed out' | 'log too large' | 'folder too large';

export interface ProcessEnd {
  readonly stepName: string;
  /** Null where the process left none, as one that was killed with its supervisor. */
  readonly exitCode: number | null;
  readonly stopCause: StopCause | null;
  readonly timeoutSeconds: number | null;
  /** The last lines of its log, without the line end. */
  readonly lastLines: string;
}

export function stepOutcome(end: ProcessEnd): StepOutcome {
  const { exitCode, stopCause, stepName } = end;
  // A step may finish its work although it was told to stop: what is done is done.
  if (exitCode === 0) return { status: 'Completed', exitCode, error: null };
  if (stopCause === 'canceled' || stopCause === 'halted')
    return { status: 'Canceled', exitCode, error: null };
  if (stopCause === 'timed out') {
    const limit = `its limit of ${end.timeoutSeconds} seconds (limits.timeout)`;
    return failed(end, 'STEP_TIMEOUT', `step '${stepName}' was stopped at ${limit}`);
  }
  if (stopCause === 'log too large') {
    return failed(
      end,
      'STEP_LOG_TOO_LARGE',
      `step '${stepName}' was stopped: its log is too large`,
    );
  }
  if (stopCause === 'folder too large') {
    const what = `step '${stepName}' was stopped: it has written too much into its folder`;
    return failed(end, 'STEP_TOO_LARGE', what);
  }
  const signal = signalName(exitCode);
  return signal === null
    ? failed(end, 'STEP_FAILED', `step '${stepName}' exited with code ${exitCode}`)
    : failed(end, 'STEP_KILLED', `step '${stepName}' was killed by ${signal}`);
}

function failed(end: ProcessEnd, code: JobFailure['code'], what: string): StepOutcome {
  const tail =
    end.lastLines === '' ? '; it printed nothing' : `; its last lines:\n${end.lastLines}`;
  return { status: 'Failed', exitCode: end.exitCode, error: { code, message: what + tail } };
}

/** A shell reports a command that signal N ended as exit code 128 + N. */
function signalName(exitCode: number | null): string | null {
  if (exitCode === null) return 'SIGKILL, together with its supervisor';
  const names = Object.entries(constants.signals);
  return names.find(([, number]) => number === exitCode - 128)?.[0] ?? null;
}
