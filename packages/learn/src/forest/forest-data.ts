// What a forest is grown from: binned columns and a prepared target. Plain data, so that it can be
// handed to a worker; a tree is a pure function of it and of the tree's number.

import type { ColumnBins } from './column-bins.ts';

const criteria = ['squared_error', 'gini', 'entropy'] as const;
export type Criterion = (typeof criteria)[number];

export interface ForestData {
  readonly rowCount: number;
  readonly columnCount: number;
  /** Column-major: the bin of row i in column j is at `j * rowCount + i`. */
  readonly bins: Uint8Array;
  readonly columns: readonly ColumnBins[];
  /** Outputs of the ensemble: 1 for regression and for two classes, else one a class. */
  readonly outputCount: number;
  /** Regression: the target, scaled. Two classes: 0 and 1. More: the class's code. */
  readonly target: Float64Array;
  /** 2 or more; 0 in regression. */
  readonly classCount: number;
  /** One weight a row, 0 or more; null where all are 1. */
  readonly weights: Float64Array | null;
  /** A leaf's value is its mean target times `scale`; the base score carries `offset`. */
  readonly scale: number;
  readonly offset: number;
}

export interface ForestSettings {
  readonly treeCount: number;
  readonly criterion: Criterion;
  /** null: no limit. */
  readonly maxDepth: number | null;
  readonly minSamplesSplit: number;
  readonly minSamplesLeaf: number;
  /** Columns tried a node, at least 1. */
  readonly columnsPerNode: number;
  /** Draw one threshold a column at random, as extra trees do, instead of the best. */
  readonly randomThresholds: boolean;
  readonly bootstrap: boolean;
  /** Rows drawn a tree, with replacement; only with `bootstrap`. */
  readonly bagSize: number;
  readonly seed: number;
}
