import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lastTimes } from './last-times.ts';
import type { NextTime } from './times-of.ts';

const hour = 3_600_000;

function among(times: readonly number[]): NextTime {
  return (after) => times.find((time) => time > after) ?? null;
}

test('they are the last of those that have passed, whatever the gaps between them', () => {
  const times = fc.uniqueArray(fc.integer({ min: 0, max: 2000 * hour }), { maxLength: 60 });
  fc.assert(
    fc.property(times, fc.nat(2000 * hour), fc.nat(2000 * hour), (all, a, b) => {
      const sorted = all.toSorted((x, y) => x - y);
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const between = sorted.filter((time) => time > from && time <= to);
      expect(lastTimes(among(sorted), from, to, 5)).toEqual(between.slice(-5));
    }),
  );
});

test('a server that was away for ten years does not count all the minutes', () => {
  let asked = 0;
  const everyMinute: NextTime = (after) => {
    asked += 1;
    return (Math.floor(after / 60_000) + 1) * 60_000;
  };
  const to = 10 * 365 * 24 * hour;
  expect(lastTimes(everyMinute, 0, to, 100)).toHaveLength(100);
  expect(asked).toBeLessThan(1_000);
});

test('a clock that was put back sees nothing', () => {
  expect(lastTimes(among([1, 2, 3]), 10, 5, 5)).toEqual([]);
});
