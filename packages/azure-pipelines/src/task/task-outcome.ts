// How a task ends, and the one error by which it says that it cannot go on.

export type TaskResult = 'succeeded' | 'succeededWithIssues' | 'failed' | 'canceled' | 'skipped';

export interface TaskOutcome {
  readonly result: TaskResult;
  /** Why, when it did not succeed; it is shown as an issue of the step. */
  readonly message?: string;
  /** The result stands although the step's time was up: the task had waited for that. */
  readonly standsAfterTimeout?: boolean;
}

export const succeeded: TaskOutcome = { result: 'succeeded' };

export function failed(message: string): TaskOutcome {
  return { result: 'failed', message };
}

export function succeededWithIssues(message: string): TaskOutcome {
  return { result: 'succeededWithIssues', message };
}

/** What a user can cause: a wrong input, a missing program, a refused request. */
export class TaskFailure extends Error {
  override readonly name = 'TaskFailure';
}
