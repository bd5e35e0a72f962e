import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SearchProgress } from '../search/search-types.ts';
import { liveProgress } from './live-progress.ts';

const progress: SearchProgress = {
  ...{ elapsedSeconds: 2, remainingSeconds: 3, trialsDone: 1, bestScore: 0.5 },
  phase: 'portfolio',
};
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a report is told at once, and again with the time that has passed, until the end', () => {
  const told: (number | null)[][] = [];
  const live = liveProgress(
    ({ elapsedSeconds, remainingSeconds }) => told.push([elapsedSeconds, remainingSeconds]),
    { everyMs: 1000, now: () => Date.now() },
  );
  vi.advanceTimersByTime(2000);
  expect(told).toEqual([]);
  live.onProgress(progress);
  vi.advanceTimersByTime(2000);
  live.onProgress({ ...progress, remainingSeconds: null });
  vi.advanceTimersByTime(1000);
  live.end();
  vi.advanceTimersByTime(5000);
  expect(told).toEqual([
    [2, 3],
    [3, 2],
    [4, 1],
    [2, null],
    [3, null],
  ]);
});

test('there is never less than no time left', () => {
  const left: (number | null)[] = [];
  const options = { everyMs: 10_000, now: () => Date.now() };
  const live = liveProgress(({ remainingSeconds }) => left.push(remainingSeconds), options);
  live.onProgress(progress);
  vi.advanceTimersByTime(10_000);
  live.end();
  expect(left).toEqual([3, 0]);
});
