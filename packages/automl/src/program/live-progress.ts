// Progress that goes on between two reports: a search reports when a trial ends, and a trial may take
// its time. In between, the last report is told again with the time that has passed since.
import type { SearchProgress } from '../search/search-types.ts';

export interface LiveProgress {
  readonly onProgress: (progress: SearchProgress) => void;
  /** Nothing is told after it. */
  end(): void;
}

export interface LiveProgressOptions {
  readonly everyMs: number;
  /** Milliseconds, from any time on. */
  readonly now?: () => number;
}

export function liveProgress(
  tell: (progress: SearchProgress) => void,
  { everyMs, now = () => performance.now() }: LiveProgressOptions,
): LiveProgress {
  let last: { readonly progress: SearchProgress; readonly at: number } | null = null;
  const timer = setInterval(() => {
    if (last !== null) tell(later(last.progress, (now() - last.at) / 1000));
  }, everyMs);
  // It is no reason for the process to stay.
  timer.unref();
  return {
    onProgress: (progress) => {
      last = { progress, at: now() };
      tell(progress);
    },
    end: () => clearInterval(timer),
  };
}

function later(progress: SearchProgress, seconds: number): SearchProgress {
  const { elapsedSeconds, remainingSeconds } = progress;
  return {
    ...progress,
    elapsedSeconds: elapsedSeconds + seconds,
    remainingSeconds: remainingSeconds === null ? null : Math.max(0, remainingSeconds - seconds),
  };
}
