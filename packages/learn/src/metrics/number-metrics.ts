// The rows of the table of metrics that judge predicted numbers: scikit-learn's definitions under the
// names of Azure AutoML and of MLflow's evaluator.

import { mean } from '../numeric/sum.ts';
import {
  maxError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  medianAbsoluteError,
} from './absolute-errors.ts';
import { explainedVarianceScore, r2Score } from './explained-scores.ts';
import type { NumberMetric, RegressionEvaluation } from './metric.ts';
import { spearmanCorrelation } from './rank-correlation.ts';
import type { MetricOptions } from './regression-inputs.ts';
import {
  meanSquaredError,
  meanSquaredLogError,
  rootMeanSquaredError,
  rootMeanSquaredLogError,
} from './squared-errors.ts';

type Compute = (yTrue: Float64Array, yPred: Float64Array, options: MetricOptions) => number;
type Facts = Partial<Omit<NumberMetric, 'name' | 'doc' | 'compute'>>;

const infinity = Number.POSITIVE_INFINITY;
const toOne = { min: Number.NEGATIVE_INFINITY, max: 1 };

function metric(name: string, doc: string, compute: Compute, facts: Facts = {}): NumberMetric {
  return {
    name,
    doc,
    aliases: [],
    tasks: ['regression', 'forecasting'],
    needs: 'prediction',
    direction: 'minimize',
    range: { min: 0, max: infinity },
    weighted: true,
    undefinedWhen: () => null,
    compute: ({ yTrue, yPred, weights }) =>
      compute(yTrue, yPred, weights === null ? {} : { sampleWeight: weights }),
    ...facts,
  };
}

/** An error divided by the range of the target, so that errors of different targets compare. */
function normalized(name: string, error: NumberMetric): NumberMetric {
  return {
    ...error,
    name,
    aliases: [],
    doc: `${error.doc.slice(0, -1)}, divided by the range of the target.`,
    undefinedWhen: (inputs) => error.undefinedWhen(inputs) ?? noRange(inputs),
    compute: (inputs) => {
      const { min, max } = inputs.targetRange;
      const value = error.compute(inputs);
      return value === 0 ? 0 : value / (max - min);
    },
  };
}

function noRange({ targetRange, yTrue, yPred }: RegressionEvaluation): string | null {
  const range = targetRange.max - targetRange.min;
  if (range === Number.POSITIVE_INFINITY)
    return 'the range of the target is too large for a double';
  if (range > 0 || yTrue.every((value, i) => value === yPred[i])) return null;
  return 'all targets are equal, so that the target has no range to divide by';
}

function logOfNegative({ yTrue, yPred }: RegressionEvaluation): string | null {
  const isSmall = (value: number) => value <= -1;
  if (!yTrue.some(isSmall) && !yPred.some(isSmall)) return null;
  return 'a target or a prediction is -1 or less, and has no log(1 + y)';
}

function logOfRange({ targetRange }: RegressionEvaluation): string | null {
  return targetRange.min > -1 ? null : 'a target is -1 or less, and has no log(1 + y)';
}

function allEqual({ yTrue, yPred }: RegressionEvaluation): string | null {
  if (yTrue.every((value) => value === yTrue[0])) return 'all targets are equal';
  return yPred.every((value) => value === yPred[0]) ? 'all predictions are equal' : null;
}

const rmse = metric(
  'root_mean_squared_error',
  'Root of the mean squared error.',
  rootMeanSquaredError,
  { aliases: ['rmse'] },
);
const mae = metric('mean_absolute_error', 'Mean absolute error.', meanAbsoluteError, {
  aliases: ['mae'],
});
const medae = metric('median_absolute_error', 'Median absolute error.', medianAbsoluteError, {
  aliases: ['medae'],
});
const rmsle = metric(
  'root_mean_squared_log_error',
  'Root of the mean squared error of log(1 + y).',
  rootMeanSquaredLogError,
  { aliases: ['rmsle'], undefinedWhen: logOfNegative },
);

const normalizedLogError: NumberMetric = {
  ...normalized('normalized_root_mean_squared_log_error', rmsle),
  doc: 'Root of the mean squared error of log(1 + y), divided by the range of log(1 + target).',
  undefinedWhen: (inputs) => logOfNegative(inputs) ?? logOfRange(inputs) ?? noRange(inputs),
  compute: (inputs) => {
    const { min, max } = inputs.targetRange;
    const value = rmsle.compute(inputs);
    return value === 0 ? 0 : value / (Math.log1p(max) - Math.log1p(min));
  },
};

const describing = { direction: null, weighted: false } as const;
const anyNumber = { min: Number.NEGATIVE_INFINITY, max: infinity };

export const numberMetrics: readonly NumberMetric[] = [
  normalized('normalized_root_mean_squared_error', rmse),
  metric('r2_score', 'Coefficient of determination; not clipped.', r2Score, {
    aliases: ['r2'],
    direction: 'maximize',
    range: toOne,
    undefinedWhen: ({ rowCount }) => (rowCount < 2 ? 'R² needs at least two rows' : null),
  }),
  normalized('normalized_mean_absolute_error', mae),
  metric('spearman_correlation', 'Correlation of the ranks.', spearmanCorrelation, {
    aliases: ['spearman'],
    direction: 'maximize',
    range: { min: -1, max: 1 },
    weighted: false,
    undefinedWhen: allEqual,
  }),
  rmse,
  mae,
  medae,
  normalized('normalized_median_absolute_error', medae),
  rmsle,
  normalizedLogError,
  metric('explained_variance', 'Share of the variance explained.', explainedVarianceScore, {
    direction: 'maximize',
    range: toOne,
  }),
  metric(
    'mean_absolute_percentage_error',
    'Mean absolute error by target size: 0.1 is ten percent.',
    meanAbsolutePercentageError,
    { aliases: ['mape'] },
  ),
  metric('mean_squared_error', 'Mean squared error.', meanSquaredError, { aliases: ['mse'] }),
  metric('mean_squared_log_error', 'Mean squared error of log(1 + y).', meanSquaredLogError, {
    aliases: ['msle'],
    undefinedWhen: logOfNegative,
  }),
  metric('max_error', 'Largest absolute error.', maxError, { weighted: false }),
  metric('example_count', 'Number of rows.', (yTrue) => yTrue.length, {
    ...describing,
    range: { min: 1, max: infinity },
  }),
  metric('mean_on_target', 'Mean of the target.', mean, { ...describing, range: anyNumber }),
  metric('sum_on_target', 'Sum of the target.', (yTrue) => mean(yTrue) * yTrue.length, {
    ...describing,
    range: anyNumber,
  }),
];
