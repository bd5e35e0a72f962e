import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binThresholds } from './bin-thresholds.ts';

const column = fc
  .array(fc.oneof(fc.float({ noNaN: true }), fc.integer({ min: -3, max: 3 })), { minLength: 1 })
  .map((values) => Float32Array.from(values).sort());

function binOf(thresholds: Float32Array, value: number): number {
  return thresholds.findLastIndex((threshold) => threshold < value) + 1;
}

describe('thresholds of bins', () => {
  it('lie between values that occur, ascending, and are one less than the bins', () => {
    fc.assert(
      fc.property(column, fc.integer({ min: 2, max: 255 }), (sorted, maxBins) => {
        const thresholds = binThresholds(sorted, maxBins);
        expect(thresholds.length).toBeLessThan(maxBins);
        for (const [i, threshold] of thresholds.entries()) {
          expect(threshold).toBeGreaterThan(i === 0 ? Number.NEGATIVE_INFINITY : thresholds[i - 1]);
          expect(sorted.some((value) => value <= threshold)).toBe(true);
          expect(sorted.some((value) => value > threshold)).toBe(true);
        }
      }),
    );
  });

  it('cut few distinct values apart in the middle', () => {
    const sorted = Float32Array.of(1, 1, 1, 2, 2, 2, 4, 4, 4);
    expect([...binThresholds(sorted, 255)]).toEqual([1.5, 3]);
  });

  it('put about as many values into each bin', () => {
    const sorted = Float32Array.from({ length: 10_000 }, (_, i) => i);
    const thresholds = binThresholds(sorted, 100);
    const counts = new Array(100).fill(0);
    for (const value of sorted) counts[binOf(thresholds, value)]++;
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(99);
    expect(Math.max(...counts)).toBeLessThanOrEqual(101);
  });

  it('leave a value that is frequent a bin with few others at most', () => {
    const rest = Array.from({ length: 1000 }, (_, i) => i / 1000 - 0.5);
    const sorted = Float32Array.from([...rest, ...new Array(9000).fill(0.25)]).sort();
    const thresholds = binThresholds(sorted, 16);
    const bin = binOf(thresholds, 0.25);
    const inIt = new Set(sorted.filter((value) => binOf(thresholds, value) === bin));
    // The other 15 bins are for 1000 values: less than half of such a bin may be with it.
    expect(inIt.size).toBeLessThanOrEqual(34);
  });

  it('are none of a constant or an empty column', () => {
    expect(binThresholds(Float32Array.of(3, 3, 3), 255)).toHaveLength(0);
    expect(binThresholds(new Float32Array(0), 255)).toHaveLength(0);
  });

  it('keep neighbours of float32 apart', () => {
    const next = 1 + 2 ** -23;
    const thresholds = binThresholds(Float32Array.of(1, 1, 1, next, next, next), 255);
    expect([...thresholds]).toEqual([1]);
  });
});
