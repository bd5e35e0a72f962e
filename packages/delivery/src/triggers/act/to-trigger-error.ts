// What is told of an error where nobody waits for an answer.
import type { TriggerError } from '../trigger-event.ts';

const maxMessageLength = 5_000;

/** The words of what a user can mend, and of all else only that it happened. */
export function toTriggerError(error: unknown, report: (error: unknown) => void): TriggerError {
  if (error instanceof Error) {
    const { code } = error as { code?: unknown };
    // The errors of this code have codes in capitals; those of Node have numbers of the system too.
    const isOurs = 'status' in error || error.name === 'LocalRunError';
    if (typeof code === 'string' && isOurs) {
      return { code, message: error.message.slice(0, maxMessageLength).toWellFormed() };
    }
  }
  report(error);
  const message = 'something went wrong in the server; its log says what';
  return { code: 'INTERNAL_ERROR', message };
}
