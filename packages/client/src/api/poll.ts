// Asks again and again until something has happened: each time that the server tells of a change, or
// at a pace of its own.

import { clientError } from '../errors.ts';
import type { Clock } from '../http/retry.ts';
import type { ChangeWatch } from './change-watch.ts';

const defaultPollMs = 500;

export interface PollOptions<T> {
  /** Asks at this pace; default: when the server tells that something has changed. */
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
  /** What tells of changes; without it the pace is 500. */
  readonly watch?: (signal: AbortSignal | undefined) => ChangeWatch;
  readonly isDone: (answer: T) => boolean;
}

/** @throws ApiError WAIT_TIMEOUT; or the signal's reason. */
export async function pollUntil<T>(clock: Clock, poll: Poll<T>): Promise<T> {
  const { timeoutMs = Number.POSITIVE_INFINITY } = poll;
  const deadline = clock.now() + timeoutMs;
  for await (const answer of answers(clock, poll, deadline)) {
    poll.onAnswer?.(answer);
    if (poll.isDone(answer)) return answer;
  }
  throw clientError(
    'WAIT_TIMEOUT',
    `${poll.what} was not done within ${timeoutMs} ms; wait longer, or look at its log`,
  );
}

/** Until the deadline would be over before the next one. */
async function* answers<T>(clock: Clock, poll: Poll<T>, deadline: number): AsyncGenerator<T> {
  const { pollMs = defaultPollMs, ask, signal } = poll;
  using watch = poll.pollMs === undefined ? poll.watch?.(signal) : undefined;
  while (true) {
    signal?.throwIfAborted();
    yield await ask();
    const leftMs = deadline - clock.now();
    if (leftMs < (watch === undefined ? pollMs : 1)) return;
    if (watch === undefined) await clock.sleep(pollMs, signal);
    else await watch.changed(leftMs);
  }
}
