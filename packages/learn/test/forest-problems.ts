// Random problems for forests: numbers with ties, missing values, a category, weights with zeros.

import fc from 'fast-check';
import { FeatureMatrix } from '../src/matrix/feature-matrix.ts';
import { randomOf } from './random-trees.ts';

export interface ForestProblem {
  readonly x: FeatureMatrix;
  /** A target that follows the columns. */
  readonly y: Float64Array;
  readonly weights: Float64Array | undefined;
}

export const forestProblems: fc.Arbitrary<ForestProblem> = fc
  .record({
    seed: fc.integer({ min: 0, max: 2 ** 31 }),
    rowCount: fc.integer({ min: 2, max: 120 }),
    missing: fc.constantFrom(0, 0.2),
    weighted: fc.boolean(),
  })
  .map(({ seed, rowCount, missing, weighted }) => {
    const random = randomOf(seed);
    return problemOf(random, rowCount, missing, weighted);
  });

export function problemOf(
  random: () => number,
  rowCount: number,
  missing: number,
  weighted: boolean,
): ForestProblem {
  const hole = (value: number) => (random() < missing ? Number.NaN : value);
  const fine = new Float64Array(rowCount).map(() => random() * 10);
  const coarse = new Float64Array(rowCount).map(() => Math.floor(random() * 5));
  const codes = new Float64Array(rowCount).map(() => Math.floor(random() * 6));
  const y = fine.map((value, i) => {
    return value + 3 * coarse[i] * (codes[i] % 2) + (codes[i] === 4 ? 9 : 0) + random();
  });
  const x = new FeatureMatrix([
    { kind: 'numeric', name: 'fine', values: fine.map(hole) },
    { kind: 'numeric', name: 'coarse', values: coarse.map(hole) },
    { kind: 'categorical', name: 'code', values: codes.map(hole), levelCount: 6 },
    { kind: 'numeric', name: 'constant', values: new Float64Array(rowCount).fill(3) },
  ]);
  const weights = weighted
    ? new Float64Array(rowCount).map((_, i) => (i === 0 ? 1 : Math.floor(random() * 4) / 2))
    : undefined;
  return { x, y, weights };
}

/** `y` cut into `classCount` classes, each of which is there. */
export function classesOf(y: Float64Array, classCount: number): number[] {
  return Array.from(y, (value, i) => (i < classCount ? i : Math.floor(value) % classCount));
}
