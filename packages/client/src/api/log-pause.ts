// How a log that is still being written is waited for.

import type { Clock } from '../http/retry.ts';
import type { ChangeWatch } from './change-watch.ts';
import type { FollowOptions } from './follow-log.ts';

export interface LogWaiting {
  readonly clock: Clock;
  readonly watch: (signal: AbortSignal | undefined) => ChangeWatch;
}

export interface LogPause extends Disposable {
  wait(): Promise<void>;
}

export function logPause(
  { clock, watch }: LogWaiting,
  { pollMs, watch: shared, signal }: FollowOptions,
): LogPause {
  if (pollMs !== undefined) {
    return { wait: () => clock.sleep(pollMs, signal), [Symbol.dispose]: () => {} };
  }
  if (shared !== undefined) return { wait: () => shared.changed(), [Symbol.dispose]: () => {} };
  const own = watch(signal);
  return { wait: () => own.changed(), [Symbol.dispose]: () => own[Symbol.dispose]() };
}
