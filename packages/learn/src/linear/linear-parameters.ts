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

const penaltyAlpha = {
  kind: 'number',
  default: 1,
  min: 0,
  max: Number.MAX_VALUE,
  doc: 'Strength of the penalty; 0 is least squares.',
} as const;

const descent = {
  fitIntercept,
  maxIterations: {
    kind: 'integer',
    default: 1000,
    min: 1,
    max: 1_000_000,
    doc: 'The most passes over the coefficients.',
  },
  tol: {
    kind: 'number',
    default: 1e-4,
    min: 0,
    max: 1,
    doc: 'The fit ends when its duality gap is at most this share of the sum of squares of the centred target.',
  },
} as const satisfies ParameterSpecs;

/** Parameters of Lasso. */
export const lassoParameters = {
  alpha: penaltyAlpha,
  ...descent,
} as const satisfies ParameterSpecs;

/** Parameters of ElasticNet. */
export const elasticNetParameters = {
  alpha: penaltyAlpha,
  l1Ratio: {
    kind: 'number',
    default: 0.5,
    min: 0,
    max: 1,
    doc: 'Share of the L1 penalty: 1 is the lasso, 0 a ridge with alpha times the number of rows.',
  },
  ...descent,
} as const satisfies ParameterSpecs;

/** Parameters by estimator; the names are scikit-learn's. */
export const linearEstimatorParameters = {
  ElasticNet: elasticNetParameters,
  Lasso: lassoParameters,
  LinearRegression: linearRegressionParameters,
  Ridge: ridgeParameters,
} as const;

export type LinearEstimatorName = keyof typeof linearEstimatorParameters;

/** The parameters of any linear estimator, defaults filled in. */
export type LinearParameterValues = Readonly<Record<string, number | boolean>>;
