// What is kept of an error that a schedule has met: the words of what a user can mend, and of all
// else only that it happened.
import type { ScheduleError } from './schedule.ts';

const internal: ScheduleError = {
  code: 'INTERNAL_ERROR',
  message: 'something went wrong in the server; its log says what',
};

const maxLength = 5_000;

/** @param report is told of what is not the user's to mend. */
export function toScheduleError(error: unknown, report: (error: unknown) => void): ScheduleError {
  if (error instanceof Error) {
    const { code, status } = error as { code?: unknown; status?: unknown };
    if (typeof code === 'string' && typeof status === 'number') {
      return { code, message: error.message.slice(0, maxLength).toWellFormed() };
    }
  }
  report(error);
  return internal;
}

/** Whether the server could not do it now and may later: it stops, or its database is busy. */
export function isPassing(error: unknown): boolean {
  const status = error instanceof Error ? (error as { status?: unknown }).status : undefined;
  return status === 503;
}
