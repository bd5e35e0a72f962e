// The primary metric, or what ranks ensembles as it does, fast enough for the thousands of looks that
// the selection of an ensemble takes. What is told to people comes from the judge.
import type { Problem } from '../problem/problem.ts';
import { type Judge, taken } from './judge.ts';

type Loss = (predictions: Float64Array) => number;

/** Squared errors order models as these do. */
const bySquares: ReadonlySet<string> = new Set([
  'normalized_root_mean_squared_error',
  'root_mean_squared_error',
  'mean_squared_error',
  'r2_score',
]);
const byAbsolutes: ReadonlySet<string> = new Set([
  'normalized_mean_absolute_error',
  'mean_absolute_error',
]);

/** How much the log loss counts beside a metric that only sees the most probable class. */
const tieBreak = 1e-3;

/** Whether a look is a mere sum over the rows. */
export function isQuick({ task }: Problem, { metric: { name } }: Judge): boolean {
  return task === 'regression' ? bySquares.has(name) || byAbsolutes.has(name) : name === 'log_loss';
}

/** @param rows of the problem that the predictions are for. */
export function fastLoss(problem: Problem, judge: Judge, rows: Int32Array): Loss {
  const truth = taken(problem.target, rows);
  const weights = problem.metricWeights && taken(problem.metricWeights, rows);
  const { name, metric } = judge.metric;
  if (problem.task === 'regression') {
    if (bySquares.has(name)) return meanOf(truth, weights, (error) => error * error);
    if (byAbsolutes.has(name)) return meanOf(truth, weights, Math.abs);
    return (predictions) => judge.loss(rows, predictions);
  }
  const logLoss = logLossOf(truth, weights, judge.outputs);
  if (name === 'log_loss') return logLoss;
  const isHard = metric.needs === 'prediction';
  return (predictions) => {
    return judge.loss(rows, predictions) + (isHard ? tieBreak * logLoss(predictions) : 0);
  };
}

function meanOf(
  truth: Float64Array,
  weights: Float64Array | null,
  of: (error: number) => number,
): Loss {
  return (predictions) => {
    let sum = 0;
    let total = 0;
    for (let i = 0; i < truth.length; i++) {
      const weight = weights === null ? 1 : weights[i];
      sum += weight * of(predictions[i] - truth[i]);
      total += weight;
    }
    return sum / total;
  };
}

function logLossOf(codes: Float64Array, weights: Float64Array | null, outputs: number): Loss {
  return (predictions) => {
    let sum = 0;
    let total = 0;
    for (let i = 0; i < codes.length; i++) {
      const weight = weights === null ? 1 : weights[i];
      sum -= weight * Math.log(Math.max(1e-15, predictions[i * outputs + codes[i]]));
      total += weight;
    }
    return sum / total;
  };
}
