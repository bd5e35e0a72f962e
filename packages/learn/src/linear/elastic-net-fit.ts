// The fit that Lasso and ElasticNet share: brings data and penalties to a scale without overflow,
// solves, and comes back.

import type { FitOptions } from '../estimator/estimator.ts';
import { checkedWeights } from '../estimator/sample-weight.ts';
import { asMatrix, type Features } from '../matrix/feature-matrix.ts';
import { checkedVector } from '../matrix/vector.ts';
import { sumOf } from '../numeric/sum.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { centre, divideByScale, uncentre } from './centred-data.ts';
import { descend } from './coordinate-descent.ts';
import { coordinateProblem } from './coordinate-problem.ts';
import type { elasticNetParameters } from './linear-parameters.ts';
import { solveRidge } from './ridge-solve.ts';

/**
 * Minimises 1/(2 n) Σ weight (X w + b - y)² + alpha l1Ratio |w|₁ + alpha (1 - l1Ratio)/2 |w|², where n
 * is the sum of the weights (1 each: the number of rows).
 */
export function fitElasticNet(
  x: Features,
  y: ArrayLike<number>,
  parameters: ParameterValues<typeof elasticNetParameters>,
  options: FitOptions,
): { coefficients: Float64Array; intercept: number } {
  const target = checkedVector('y', y, x.rowCount, 'x');
  const weights = checkedWeights(options.sampleWeight, x.rowCount);
  const data = centre(asMatrix(x), target, parameters.fitIntercept, weights);
  // What is minimised is n times the objective, of columns and a target divided by their scales.
  const n = weights === null ? x.rowCount : sumOf(weights.length, (i) => weights[i]);
  const targetScale = divideByScale([data.target]);
  const l1 = (parameters.alpha * parameters.l1Ratio * n) / data.scale / targetScale;
  const l2 = (parameters.alpha * (1 - parameters.l1Ratio) * n) / data.scale / data.scale;
  const w =
    l1 === 0
      ? solveRidge(data.columns, data.target, l2)
      : descend(coordinateProblem(data.columns, data.target), {
          l1,
          l2,
          tolerance: parameters.tol,
          maxIterations: parameters.maxIterations,
          shouldStop: options.shouldStop ?? (() => false),
        });
  return uncentre(
    data,
    w.map((value) => value * targetScale),
  );
}
