// `batch: true`: pushes to a branch while its run goes on wait, and then start one run together.
// A plain state that a host keeps per pipeline and branch, and functions from one to the next.

export interface BatchState {
  /** From its start to its end, approvals included. */
  readonly isRunning: boolean;
  /** Commits, oldest first. */
  readonly waiting: readonly string[];
}

export interface BatchStep {
  readonly state: BatchState;
  /** The run to start now: it builds the newest of these commits. */
  readonly start?: BatchedRun;
}

export interface BatchedRun {
  readonly commits: readonly string[];
  /** Build.Reason. */
  readonly reason: 'IndividualCI' | 'BatchedCI';
}

export const idleBatch: BatchState = { isRunning: false, waiting: [] };

/** Without `batch` each push starts its own run, whatever else goes on. */
export function pushed(state: BatchState, commit: string, batch: boolean): BatchStep {
  if (!batch) return { state, start: { commits: [commit], reason: 'IndividualCI' } };
  const waiting = [...state.waiting, commit];
  return state.isRunning ? { state: { isRunning: true, waiting } } : started(waiting);
}

export function runEnded(state: BatchState): BatchStep {
  return state.waiting.length === 0 ? { state: idleBatch } : started(state.waiting);
}

function started(commits: readonly string[]): BatchStep {
  return { state: { isRunning: true, waiting: [] }, start: { commits, reason: 'BatchedCI' } };
}
