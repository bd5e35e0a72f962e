// Permutation importance (Breiman 2001): how much worse a model scores when one column's values are
// put into random order. The orders are those of scikit-learn's `permutation_importance`.

import { LearnError } from '../errors.ts';
import { type FeatureColumn, FeatureMatrix } from '../matrix/feature-matrix.ts';
import type { MetricDirection } from '../metrics/metric.ts';
import { RandomState } from '../random/random-state.ts';

export interface PermutationOptions {
  /** How often each column is put into random order, 1 to 1,000. Default 5. */
  readonly nRepeats?: number;
  /** Seed, a whole number from 0 to 2³² - 1. Default 0. */
  readonly randomState?: number;
  /** Whether a higher score is better. Default 'maximize'. */
  readonly direction?: MetricDirection;
}

export interface ColumnImportance {
  readonly name: string;
  /** Mean loss of score; below 0 where disorder scored better, which is chance. */
  readonly mean: number;
  /** Standard deviation over the repeats. */
  readonly standardDeviation: number;
  /** The loss of each repeat. */
  readonly values: readonly number[];
}

/**
 * One entry a column of `x`, in their order.
 * @param score the model's score on these features against the truth that belongs to their rows.
 * @throws LearnError PARAMETER_INVALID, and what `score` throws.
 */
export function permutationImportance(
  x: FeatureMatrix,
  score: (x: FeatureMatrix) => number,
  options: PermutationOptions = {},
): readonly ColumnImportance[] {
  return importancesOf(
    x.columns.map(({ name }) => name),
    x.rowCount,
    (column, order) => score(order === null ? x : withOrder(x, column, order)),
    options,
  );
}

/**
 * The same for any table: `scoreWith(column, order)` scores it with that column's rows taken in that
 * order, and as it is where order is null.
 */
export function importancesOf(
  names: readonly string[],
  rowCount: number,
  scoreWith: (column: number, order: Int32Array | null) => number,
  options: PermutationOptions = {},
): readonly ColumnImportance[] {
  const { nRepeats = 5, randomState = 0, direction = 'maximize' } = options;
  const orders = permutationOrders(rowCount, nRepeats, randomState);
  const sign = direction === 'maximize' ? 1 : -1;
  const baseline = scoreWith(0, null);
  return names.map((name, column) => {
    const values = orders.map((order) => sign * (baseline - scoreWith(column, order)));
    const mean = sum(values) / values.length;
    const spread = sum(values.map((value) => (value - mean) ** 2)) / values.length;
    return { name, mean, standardDeviation: Math.sqrt(spread), values };
  });
}

/** The orders of the repeats, the same for every column; each goes on from the one before. */
function permutationOrders(
  rowCount: number,
  nRepeats: number,
  randomState: number,
): readonly Int32Array[] {
  if (!Number.isInteger(nRepeats) || nRepeats < 1 || nRepeats > 1000) {
    throw new LearnError(
      'PARAMETER_INVALID',
      `nRepeats is ${nRepeats}: expected a whole number from 1 to 1000`,
    );
  }
  // scikit-learn draws one seed below 2³¹ and gives it to every column.
  const seed = new RandomState(randomState).nextUint32() & 0x7fffffff;
  const random = new RandomState(seed);
  let shuffle = new Int32Array(rowCount).map((_, row) => row);
  let order = shuffle;
  return Array.from({ length: nRepeats }, () => {
    const swaps = random.permutation(rowCount);
    const previous = shuffle;
    shuffle = swaps.map((from) => previous[from]);
    const before = order;
    order = shuffle.map((from) => before[from]);
    return order;
  });
}

function withOrder(x: FeatureMatrix, column: number, order: Int32Array): FeatureMatrix {
  const columns = x.columns.map((kept, j): FeatureColumn => {
    if (j !== column) return kept;
    return { ...kept, values: Float64Array.from(order, (row) => kept.values[row]) };
  });
  return new FeatureMatrix(columns);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
