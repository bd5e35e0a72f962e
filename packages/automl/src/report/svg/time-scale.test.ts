import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeScale } from './time-scale.ts';

const at = (text: string) => Date.parse(text);
const labels = (from: string, to: string) =>
  timeScale({ min: at(from), max: at(to) }, 0, 100).ticks.map(({ label }) => label);

describe('ticks stand at round times', () => {
  test.each([
    ['2020-01-05T00:00:00Z', '2023-06-01T00:00:00Z', ['2021', '2022', '2023']],
    ['2020-01-05T00:00:00Z', '2020-05-20T00:00:00Z', ['2020-02', '2020-03', '2020-04', '2020-05']],
    [
      '2020-02-27T12:00:00Z',
      '2020-03-02T00:00:00Z',
      ['2020-02-28', '2020-02-29', '2020-03-01', '2020-03-02'],
    ],
    [
      '2020-02-28T23:10:00Z',
      '2020-02-29T03:00:00Z',
      ['02-29 00:00', '02-29 01:00', '02-29 02:00', '02-29 03:00'],
    ],
  ])('from %s to %s', (from, to, expected) => {
    expect(labels(from, to)).toEqual(expected);
  });

  test('a single time has a place', () => {
    const scale = timeScale({ min: 0, max: 0 }, 10, 90);
    expect(scale.place(0)).toBe(10);
  });

  test('any span has few ticks, ascending and inside of it', () => {
    const time = fc.double({ min: -8.64e15, max: 8.64e15, noNaN: true });
    fc.assert(
      fc.property(time, time, (a, b) => {
        const [min, max] = [Math.min(a, b), Math.max(a, b)];
        const { ticks } = timeScale({ min, max }, 0, 400);
        expect(ticks.length).toBeLessThanOrEqual(8);
        ticks.forEach(({ value }, i) => {
          expect(value).toBeGreaterThanOrEqual(min);
          expect(value).toBeLessThanOrEqual(max + 1);
          if (i > 0) expect(value).toBeGreaterThan(ticks[i - 1]?.value ?? 0);
        });
      }),
    );
  });
});
