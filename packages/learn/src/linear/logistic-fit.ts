// Solves a logistic regression: brings the data to a common scale, minimises, and comes back to the
// columns' own scale.

import type { WeightedRows } from '../estimator/weightless-rows.ts';
import { sumOf } from '../numeric/sum.ts';
import { minimize } from '../optimize/quasi-newton.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { type ConditionedData, condition } from './conditioned-data.ts';
import { logisticObjective, outputCount } from './logistic-objective.ts';
import type { logisticRegressionParameters } from './logistic-parameters.ts';

type LogisticParameters = ParameterValues<typeof logisticRegressionParameters>;

export interface LogisticSolution {
  readonly columnCount: number;
  /** One row an output, row-major. */
  readonly coefficients: Float64Array;
  /** One an output. */
  readonly intercepts: Float64Array;
}

/** @param rows all with a weight above 0. */
export function solveLogistic(
  { x, y: codes, weights }: WeightedRows<Int32Array>,
  classCount: number,
  parameters: LogisticParameters,
  shouldStop: () => boolean,
): LogisticSolution {
  const { fitIntercept, maxIterations, tol } = parameters;
  const total = weights === null ? x.rowCount : sumOf(weights.length, (i) => weights[i]);
  const { l1, l2 } = strengths(parameters, total);
  const data = condition(x, weights, { fitIntercept, curvature: 0.25, l2 });
  const problem = {
    data,
    codes,
    classCount,
    shares: Float64Array.from(codes, (_, i) => (weights === null ? 1 : weights[i]) / total),
    l2: data.factors.map((factor) => (Math.sqrt(l2) / factor) ** 2),
    fitIntercept,
  };
  const l1Factors = l1 === 0 ? null : spread(data, l1, outputCount(problem));
  const found = minimize(logisticObjective(problem), {
    l1: l1Factors,
    tolerance: tol,
    maxIterations,
    shouldStop,
  });
  return unconditioned(data, found);
}

/** The factors of |w|₁ and half of |w|² beside the mean loss. */
function strengths({ penalty, C, l1Ratio }: LogisticParameters, total: number) {
  const share = { none: 0, l2: 0, l1: 1, elasticnet: l1Ratio }[penalty];
  const strength = penalty === 'none' ? 0 : 1 / C / total;
  return { l1: strength * share, l2: strength * (1 - share) };
}

/** The L1 factor of each variable; intercepts have none. */
function spread({ factors, columnCount }: ConditionedData, l1: number, outputs: number) {
  const spread = new Float64Array(outputs * (columnCount + 1));
  for (let k = 0; k < outputs; k++) {
    spread.set(
      factors.map((factor) => Math.min(l1 / factor, Number.MAX_VALUE)),
      k * (columnCount + 1),
    );
  }
  return spread;
}

function unconditioned(data: ConditionedData, found: Float64Array): LogisticSolution {
  const { columnCount, factors, means } = data;
  const stride = columnCount + 1;
  const outputs = found.length / stride;
  const coefficients = new Float64Array(outputs * columnCount);
  const intercepts = new Float64Array(outputs);
  for (let k = 0; k < outputs; k++) {
    intercepts[k] = found[k * stride + columnCount];
    for (let j = 0; j < columnCount; j++) {
      // Adding 0 makes 0 of -0.
      const coefficient = found[k * stride + j] / factors[j] + 0;
      coefficients[k * columnCount + j] = coefficient;
      intercepts[k] -= coefficient * means[j];
    }
  }
  // Softmax stays the same when all scores shift; the shift with a sum of 0 is the one to give.
  const shift = outputs === 1 ? 0 : intercepts.reduce((sum, value) => sum + value, 0) / outputs;
  return { columnCount, coefficients, intercepts: intercepts.map((value) => value - shift) };
}
