// The parameters of the linear estimators, as data. The table is also the list of the estimators
// whose models can be read from a file.

import type { ParameterSpecs } from '../parameter/parameter-spec.ts';

const fitIntercept = {
  kind: 'boolean',
  default: true,
  doc: 'Whether to fit an intercept; without one, the data are taken to be centred already.',
} as const;

/** Parameters of LinearRegression. */
export const linearRegressionParameters = { fitIntercept } as const satisfies ParameterSpecs;

/** Parameters of Ridge. */
export const ridgeParameters = {
  alpha: {
    kind: 'number',
    default: 1,
    min: 0,
    max: Number.MAX_VALUE,
    doc: 'Strength of the L2 penalty on the coefficients (not on the intercept); 0 is least squares.',
  },
  fitIntercept,
} as const satisfies ParameterSpecs;

/** Parameters by estimator; the names are scikit-learn's. */
export const linearEstimatorParameters = {
  LinearRegression: linearRegressionParameters,
  Ridge: ridgeParameters,
} as const;

export type LinearEstimatorName = keyof typeof linearEstimatorParameters;
