// Sums of histograms: exact, and those of a child what its parent's and its sibling's differ by.

import { expect, it } from 'vitest';
import { Matrix } from '../matrix/matrix.ts';
import { borrowSite } from './boosting-kernels.ts';
import { GradientBoostingRegressor } from './gradient-boosting-regressor.ts';

it.each(['compiled', 'twin'] as const)(
  'a child’s histogram is its parent’s less its sibling’s, %s',
  (backend) => {
    const { memory, kernels } = borrowSite(backend);
    const [rowCount, stride, entries] = [500, 4, 4 * 16];
    const bins = memory.uint8(rowCount * stride).map((_, i) => (i * i + 3 * i) % 16);
    const binsInMemory = memory.uint8(rowCount * stride);
    binsInMemory.set(bins);
    const packed = memory.int32(2 * rowCount);
    packed.forEach((_, i) => {
      packed[i] = i % 2 === 0 ? i : ((i * 7919) % 1000) - 500;
    });
    const offsets = memory.uint32(stride);
    offsets.set([0, 16, 32, 48]);
    const table = memory.allocate(4 * stride);
    const rows = memory.uint32(rowCount).map((_, i) => i);
    const list = memory.uint32(rowCount);
    list.set(rows);
    const build = (first: number, count: number) => {
      const histogram = memory.int32(2 * entries);
      const address = list.byteOffset + 4 * first;
      const place = [offsets.byteOffset, table, histogram.byteOffset, entries] as const;
      kernels.buildHistogram(
        binsInMemory.byteOffset,
        stride,
        packed.byteOffset,
        address,
        count,
        ...place,
      );
      return histogram;
    };
    const [parent, left, right] = [build(0, 500), build(0, 180), build(180, 320)];
    kernels.subtractPacked(parent.byteOffset, parent.byteOffset, left.byteOffset, entries);
    expect(parent).toEqual(right);
  },
);

it('sums of very many rows stay within their 32 bits', () => {
  const rowCount = 400_000;
  const values = Float64Array.from({ length: rowCount }, (_, i) => i % 5);
  const y = values.map((value) => (value < 2 ? -1e9 : 1e9));
  // With so many rows a gradient has some 2,600 levels; the next round makes up for the rest.
  const model = new GradientBoostingRegressor({ maxIterations: 3, learningRate: 1 });
  const x = new Matrix(rowCount, 1, values);
  const [low, high] = model.fit(x, y).predict(new Matrix(2, 1, Float64Array.of(1, 3)));
  expect(low / -1e9).toBeCloseTo(1, 5);
  expect(high / 1e9).toBeCloseTo(1, 5);
});

it('rows of one gradient beside rows of gradients a million times smaller are told apart', () => {
  const rowCount = 4000;
  const values = Float64Array.from({ length: rowCount }, (_, i) => i % 4);
  const y = values.map((value) => [0, 1e-6, 1, 1][value]);
  const parameters = { maxIterations: 40, learningRate: 0.5 };
  const x = new Matrix(rowCount, 1, values);
  const model = new GradientBoostingRegressor(parameters).fit(x, y);
  const [a, b] = model.predict(new Matrix(2, 1, Float64Array.of(0, 1)));
  expect(b - a).toBeGreaterThan(0.9e-6);
});
