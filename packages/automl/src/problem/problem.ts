// The learning problem that a search works on: features, target and weights of all rows, training
// and validation together, in memory that workers share. How it is made of tables is in
// make-problem.ts.
import type { FeatureMatrix, Label } from '@ridgeline/learn';

export interface Problem {
  readonly task: 'regression' | 'classification';
  /** Columns over shared memory. */
  readonly x: FeatureMatrix;
  /** One a row: the target's value, or the code of its class. Shared memory. */
  readonly target: Float64Array;
  /** In the order of the codes; null for a regression. */
  readonly classes: readonly Label[] | null;
  /** What a row weighs in a fit, class weights included; null when all weigh the same. Shared memory. */
  readonly fitWeights: Float64Array | null;
  /** What a row weighs in metrics: the weight column; null when all weigh the same. Shared memory. */
  readonly metricWeights: Float64Array | null;
}

/** What choices of learners and costs depend on: the size and the kinds, no values. */
export interface ProblemFacts {
  readonly task: Problem['task'];
  /** Rows that a fit of one fold sees. */
  readonly rowCount: number;
  readonly columnCount: number;
  /** Fits of one trial, whose models a bag holds. */
  readonly foldCount: number;
  readonly categoricalCount: number;
  /** Whether a category has so many levels that the target's mean at each may say it better. */
  readonly hasManyLevels: boolean;
  /** Columns when every category is a column of its own. */
  readonly expandedColumnCount: number;
  readonly hasMissing: boolean;
  /** Classes; 1 for a regression. */
  readonly classCount: number;
  /** Whether log1p would make the target of a regression less skewed. */
  readonly isSkewed: boolean;
  /** Whether the primary metric is about absolute errors, which the median makes least. */
  readonly wantsMedian: boolean;
}

/** Scores that a booster needs a row: one, but for more than two classes. */
export function outputCount({ classCount }: ProblemFacts): number {
  return classCount > 2 ? classCount : 1;
}
