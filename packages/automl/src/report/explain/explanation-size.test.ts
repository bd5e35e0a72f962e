import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnLimit, permutationSize, rowsInTime } from './explanation-size.ts';

const times = fc.double({ min: 0.01, max: 100_000, noNaN: true });
const budgets = fc.integer({ min: 1, max: 3_600 });

describe('the size of an explanation', () => {
  it('keeps its two halves within a second or 5 % of the search', () => {
    fc.assert(
      fc.property(times, budgets, (microseconds, seconds) => {
        const rows = rowsInTime(microseconds, seconds);
        const limit = Math.max(1, 0.05 * seconds) * 1e6;
        expect(rows === 1 || 2 * rows * microseconds <= limit).toBe(true);
      }),
    );
  });

  it('is the same for small differences of the time measured', () => {
    expect(rowsInTime(11, 60)).toBe(rowsInTime(10, 60));
    expect(rowsInTime(60, null)).toBe(rowsInTime(490, null));
  });

  it('has fewer repeats and columns before it has too few rows', () => {
    expect(permutationSize(100_000, 10)).toEqual({ nRepeats: 5, rowCount: 1960 });
    expect(permutationSize(1_000, 10)).toEqual({ nRepeats: 2, rowCount: 47 });
    expect(permutationSize(1, 10)).toEqual({ nRepeats: 2, rowCount: 30 });
    expect([1, 1_200, 1_000_000].map(columnLimit)).toEqual([5, 20, 100]);
  });
});
