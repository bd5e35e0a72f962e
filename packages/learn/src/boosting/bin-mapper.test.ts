import { describe, expect, it } from 'vitest';
import { FeatureMatrix } from '../matrix/feature-matrix.ts';
import { Matrix } from '../matrix/matrix.ts';
import { binAlike, binFeatures } from './bin-mapper.ts';
import type { BinnedFeatures } from './binned-features.ts';

function columnOf({ bins, rowCount }: BinnedFeatures, f: number): number[] {
  return [...bins.subarray(f * rowCount, (f + 1) * rowCount)];
}

const numbers = Float64Array.of(1, 1, 1, 2, 2, 2, 3, 3, 3, Number.NaN);

describe.each(['compiled', 'twin'] as const)('bins of features, %s', (backend) => {
  it('hold what is above one threshold and at most the next, missing values apart', () => {
    const x = new FeatureMatrix([{ kind: 'numeric', name: 'a', values: numbers }]);
    const binned = binFeatures(x, { backend });
    expect(binned.features).toMatchObject([{ kind: 'numeric', column: 0, realBins: 3 }]);
    expect(columnOf(binned, 0)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 3]);
  });

  it('of a matrix are those of its columns', () => {
    const values = Float64Array.from({ length: 3000 * 7 }, (_, i) => Math.sin(i * i) * 10);
    const x = new Matrix(3000, 7, values);
    const byRows = binFeatures(x, { backend, maxBins: 40 });
    const byColumns = binFeatures(FeatureMatrix.fromMatrix(x), { backend, maxBins: 40 });
    expect(byRows).toEqual(byColumns);
  });

  it('leave out columns of one value, but not those that are sometimes missing', () => {
    const x = new FeatureMatrix([
      { kind: 'numeric', name: 'same', values: new Float64Array(10).fill(4) },
      { kind: 'numeric', name: 'gone', values: new Float64Array(10).fill(Number.NaN) },
      { kind: 'numeric', name: 'some', values: numbers.map((v) => (v > 1 ? Number.NaN : v)) },
      { kind: 'categorical', name: 'one', values: new Float64Array(10), levelCount: 2 },
    ]);
    const { features, columnCount } = binFeatures(x, { backend });
    expect(features.map(({ column }) => column)).toEqual([2]);
    expect(columnCount).toBe(4);
  });

  it('of categories are by frequency, rare ones with the missing', () => {
    const values = Float64Array.of(5, 5, 5, 2, 2, 9, 0, Number.NaN);
    const x = new FeatureMatrix([{ kind: 'categorical', name: 'c', values, levelCount: 10 }]);
    const binned = binFeatures(x, { backend, maxBins: 2 });
    expect(binned.features).toMatchObject([{ realBins: 2, codes: Int32Array.of(5, 2) }]);
    expect(columnOf(binned, 0)).toEqual([0, 0, 0, 1, 1, 2, 2, 2]);
  });

  it('take other rows, with values and categories never seen', () => {
    const x = new FeatureMatrix([
      { kind: 'numeric', name: 'a', values: numbers },
      { kind: 'categorical', name: 'c', values: numbers.map((v) => v % 2), levelCount: 2 },
    ]);
    const other = new FeatureMatrix([
      { kind: 'numeric', name: 'a', values: Float64Array.of(-1e300, 1e300, 1.5, Number.NaN) },
      { kind: 'categorical', name: 'c', values: Float64Array.of(7, 0, 1, 7), levelCount: 8 },
    ]);
    const binned = binAlike(binFeatures(x, { backend }), other);
    expect(columnOf(binned, 0)).toEqual([0, 2, 0, 3]);
    expect(columnOf(binned, 1)).toEqual([2, 1, 0, 2]);
  });
});

it('a column of many rows is cut by a sample of them', () => {
  const values = Float64Array.from({ length: 120_000 }, (_, i) => (i * 7919) % 120_000);
  const x = new FeatureMatrix([{ kind: 'numeric', name: 'a', values }]);
  const binned = binFeatures(x, { maxBins: 10 });
  const counts = new Array(10).fill(0);
  for (const bin of binned.bins) counts[bin]++;
  expect(Math.min(...counts)).toBeGreaterThan(11_000);
});
