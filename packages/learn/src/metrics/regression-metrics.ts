// The regression metrics as data: what a configuration may name, which way is better, in which range.

import { didYouMean } from '../did-you-mean.ts';
import { LearnError } from '../errors.ts';
import {
  maxError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  medianAbsoluteError,
} from './absolute-errors.ts';
import { explainedVarianceScore, r2Score } from './explained-scores.ts';
import type { MetricDirection } from './metric.ts';
import type { MetricOptions } from './regression-inputs.ts';
import {
  meanSquaredError,
  meanSquaredLogError,
  rootMeanSquaredError,
  rootMeanSquaredLogError,
} from './squared-errors.ts';

export interface RegressionMetric {
  readonly direction: MetricDirection;
  /** The smallest and the largest value that the metric can have. */
  readonly range: { readonly min: number; readonly max: number };
  /** Whether `sampleWeight` counts; where not, it is ignored. */
  readonly weighted: boolean;
  readonly doc: string;
  readonly compute: (
    yTrue: ArrayLike<number>,
    yPred: ArrayLike<number>,
    options?: MetricOptions,
  ) => number;
}

const error = {
  direction: 'minimize',
  range: { min: 0, max: Number.POSITIVE_INFINITY },
  weighted: true,
} as const;

const score = {
  direction: 'maximize',
  range: { min: Number.NEGATIVE_INFINITY, max: 1 },
  weighted: true,
} as const;

/** Every regression metric by its short name. */
export const regressionMetrics: ReadonlyMap<string, RegressionMetric> = new Map([
  ['mse', { ...error, doc: 'Mean squared error.', compute: meanSquaredError }],
  ['rmse', { ...error, doc: 'Root of the mean squared error.', compute: rootMeanSquaredError }],
  ['mae', { ...error, doc: 'Mean absolute error.', compute: meanAbsoluteError }],
  ['medae', { ...error, doc: 'Median absolute error.', compute: medianAbsoluteError }],
  ['max_error', { ...error, weighted: false, doc: 'Largest absolute error.', compute: maxError }],
  ['r2', { ...score, doc: 'Coefficient of determination.', compute: r2Score }],
  [
    'explained_variance',
    { ...score, doc: 'Share of the variance explained.', compute: explainedVarianceScore },
  ],
  [
    'mape',
    { ...error, doc: 'Mean absolute error by target size.', compute: meanAbsolutePercentageError },
  ],
  ['msle', { ...error, doc: 'Mean squared error of log(1 + y).', compute: meanSquaredLogError }],
  [
    'rmsle',
    { ...error, doc: 'Root of the mean squared log error.', compute: rootMeanSquaredLogError },
  ],
]);

/** @throws LearnError METRIC_UNKNOWN. */
export function regressionMetric(name: string): RegressionMetric {
  const metric = regressionMetrics.get(name);
  if (metric !== undefined) return metric;
  const known = [...regressionMetrics.keys()];
  throw new LearnError(
    'METRIC_UNKNOWN',
    `there is no regression metric '${name}'${didYouMean(name, known) || `; known are ${known.join(', ')}`}`,
  );
}
