import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean, sumOf } from './sum.ts';

describe('sumOf', () => {
  it('keeps the digits that a plain sum loses', () => {
    const terms = [1, 1e100, 1, -1e100];
    expect(sumOf(terms.length, (i) => terms[i])).toBe(2);
  });

  it('is an infinity beyond the range of a double, not NaN', () => {
    expect(sumOf(3, () => Number.MAX_VALUE)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is 0 without terms', () => {
    expect(sumOf(0, () => Number.NaN)).toBe(0);
  });
});

describe('mean', () => {
  it('of equal values is exactly their value', () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(value, fc.integer({ min: 1, max: 50 }), (of, length) => {
        expect(mean(new Float64Array(length).fill(of))).toBe(of);
      }),
    );
  });
});
