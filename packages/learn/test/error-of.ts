// The coded error that a call ends with, for tests that claim a code and a message.

import { LearnError } from '../src/errors.ts';

/** Anything but a LearnError is a failure of the test, and is thrown on. */
export function errorOf(call: () => unknown): LearnError {
  try {
    call();
  } catch (error) {
    if (error instanceof LearnError) return error;
    throw error;
  }
  throw new Error('expected a LearnError, and nothing was thrown');
}

export async function rejectionOf(promise: Promise<unknown>): Promise<LearnError> {
  const outcome = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  return errorOf(() => {
    if (outcome !== null) throw outcome;
  });
}

/** What the call gives, or the code of the LearnError that it ends with. */
export function valueOrCode<Value>(call: () => Value): Value | string {
  try {
    return call();
  } catch (error) {
    if (error instanceof LearnError) return error.code;
    throw error;
  }
}
