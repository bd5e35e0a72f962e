// Timers of any length, which end with a signal.

/** What a timer of the platform holds, about 24 days. */
const longestMs = 2 ** 31 - 1;

export function startTimer(ms: number, over: AbortSignal, run: () => void): void {
  if (over.aborted) return;
  const part = Math.min(ms, longestMs);
  const next = () => (ms > part ? startTimer(ms - part, over, run) : run());
  const timer = setTimeout(next, part);
  over.addEventListener('abort', () => clearTimeout(timer), { once: true });
}

/** Ends early, without an error, when the signal fires. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, Math.min(ms, longestMs));
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', end, { once: true });
  });
}
