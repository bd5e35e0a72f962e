import { expect, it } from 'vitest';
import { CrashRow } from './crash-row.ts';

const limits = { restartDelayMs: 100, maxRestartDelayMs: 350, maxRestarts: 4, stableAfterMs: 1000 };

it('pauses double up to the longest, then the row is too long', () => {
  const row = new CrashRow(limits);
  expect([0, 0, 0, 0, 0].map((ms) => row.nextPauseMs(ms))).toEqual([100, 200, 350, 350, null]);
  expect(row.count).toBe(5);
});

it('a stable time begins a new row', () => {
  const row = new CrashRow(limits);
  expect([0, 999, 1000, 0].map((ms) => row.nextPauseMs(ms))).toEqual([100, 200, 100, 200]);
});

it('with no restarts allowed, the first crash is the last', () => {
  expect(new CrashRow({ ...limits, maxRestarts: 0 }).nextPauseMs(0)).toBeNull();
});
