// Asks again and again until something has happened.

import { clientError } from '../errors.ts';
import type { Clock } from '../http/retry.ts';

export interface PollOptions<T> {
  /** Between two questions; default 500. */
  readonly pollMs?: number;
  /** Default: no limit. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Called with each answer, the last one too. */
  readonly onAnswer?: (answer: T) => void;
}

interface Poll<T> extends PollOptions<T> {
  /** What is waited for, for the message. */
  readonly what: string;
  readonly ask: () => Promise<T>;
  readonly isDone: (answer: T) => boolean;
}

/** @throws ApiError WAIT_TIMEOUT; or the signal's reason. */
export async function pollUntil<T>(clock: Clock, poll: Poll<T>): Promise<T> {
  const { pollMs = 500, timeoutMs = Number.POSITIVE_INFINITY, signal } = poll;
  const deadline = clock.now() + timeoutMs;
  while (true) {
    signal?.throwIfAborted();
    const answer = await poll.ask();
    poll.onAnswer?.(answer);
    if (poll.isDone(answer)) return answer;
    if (clock.now() + pollMs > deadline) {
      throw clientError(
        'WAIT_TIMEOUT',
        `${poll.what} was not done within ${timeoutMs} ms; wait longer, or look at its log`,
      );
    }
    await clock.sleep(pollMs, signal);
  }
}
