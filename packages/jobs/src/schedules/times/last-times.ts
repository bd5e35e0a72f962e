// The times of a schedule that have passed between two looks at the clock.
import type { NextTime } from './times-of.ts';

const hourMs = 3_600_000;

/** The last `limit` of the times after `from` and up to `to`, the earliest first. */
export function lastTimes(
  next: NextTime,
  from: number,
  to: number,
  limit: number,
): readonly number[] {
  // Looks back over longer and longer stretches: a server may have been away for years.
  for (let stretchMs = hourMs; ; stretchMs *= 4) {
    const start = Math.max(from, to - stretchMs);
    const found = timesBetween(next, start, to, limit);
    if (start === from || found.length === limit) return found;
  }
}

function timesBetween(next: NextTime, from: number, to: number, limit: number): readonly number[] {
  const found: number[] = [];
  for (let time = next(from); time !== null && time <= to; time = next(time)) {
    found.push(time);
    if (found.length > limit) found.shift();
  }
  return found;
}
