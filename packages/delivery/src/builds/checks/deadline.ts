// Something that happens at a time, however far off: a timer counts up to 24 days, approvals wait 30.

const longestMs = 2_000_000_000;

/** Until the signal fires. Keeps no process alive. */
export function startDeadline(
  dueAt: number,
  now: () => number,
  signal: AbortSignal,
  run: () => void,
): void {
  if (signal.aborted) return;
  const left = dueAt - now();
  const timer = setTimeout(
    () => {
      if (now() >= dueAt) run();
      else startDeadline(dueAt, now, signal, run);
    },
    Math.min(Math.max(left, 0), longestMs),
  );
  timer.unref();
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
}
