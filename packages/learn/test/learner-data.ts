// Small data for the suite that every learner runs: a planted relation, from a seed.

import { Matrix, RandomState } from '../src/index.ts';

/** A generator of numbers from -1 to 1. */
export function uniform(seed: number): () => number {
  const random = new RandomState(seed);
  return () => random.nextUint32() / 2 ** 31 - 1;
}

export function randomMatrix(rowCount: number, columnCount: number, seed: number): Matrix {
  const draw = uniform(seed);
  return new Matrix(rowCount, columnCount, new Float64Array(rowCount * columnCount).map(draw));
}

/** A number that depends on the first two columns; the others are noise. */
export function plantedTarget(x: Matrix): Float64Array {
  return x.column(0).map((first, i) => 10 + 4 * first - 3 * x.values[i * x.columnCount + 1]);
}

/** One of `labels`, by the size of the planted target, or by turns where that is constant. */
export function plantedLabels<Label>(x: Matrix, labels: readonly Label[]): Label[] {
  const sorted = plantedTarget(x).sort();
  if (sorted[0] === sorted[sorted.length - 1]) {
    return Array.from(sorted, (_, i) => labels[i % labels.length]);
  }
  return Array.from(plantedTarget(x), (value) => {
    const below = sorted.findIndex((other) => other >= value) / sorted.length;
    return labels[Math.floor(below * labels.length)];
  });
}

export function scaledBy(x: Matrix, factor: number): Matrix {
  return new Matrix(
    x.rowCount,
    x.columnCount,
    x.values.map((value) => value * factor),
  );
}

/** The root of the mean square of the differences. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return Math.sqrt(sum / a.length);
}
