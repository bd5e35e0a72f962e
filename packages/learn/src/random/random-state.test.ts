import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { randomReference } from '../../test/reference-data.ts';
import { RandomState } from './random-state.ts';

describe('the generator', () => {
  it.each(randomReference.words)("gives NumPy's words for seed $seed", ({ seed, words }) => {
    const random = new RandomState(seed);
    expect(words.map(() => random.nextUint32())).toEqual(words);
  });
});

describe('permutation', () => {
  it.each(randomReference.short)("is NumPy's for seed $seed and length $n", (reference) => {
    const { seed, n, values } = reference;
    expect([...new RandomState(seed).permutation(n)]).toEqual(values);
  });

  it.each(randomReference.long)("is NumPy's for seed $seed and length $n", (reference) => {
    const { seed, n, head, checksum } = reference;
    const values = new RandomState(seed).permutation(n);
    expect([...values.subarray(0, head.length)]).toEqual(head);
    expect(values.reduce((sum, value, i) => (sum + i * value) % (2 ** 31 - 1), 0)).toBe(checksum);
  });

  it('goes on where the one before it ended', () => {
    const { seed, n, values } = randomReference.successive;
    const random = new RandomState(seed);
    expect(values.map(() => [...random.permutation(n)])).toEqual(values);
  });

  it('holds every number once', () => {
    const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 300 }), (seed, n) => {
        const values = new RandomState(seed).permutation(n);
        expect([...values].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 31])('has no length %d', (length) => {
    expect(errorOf(() => new RandomState(0).permutation(length)).code).toBe('PARAMETER_INVALID');
  });
});

it.each([-1, 0.5, 2 ** 32, Number.NaN, Number.POSITIVE_INFINITY])('%d is no seed', (seed) => {
  const error = errorOf(() => new RandomState(seed));
  expect(error.code).toBe('PARAMETER_INVALID');
  expect(error.message).toContain('expected a whole number from 0 to 4294967295');
});
