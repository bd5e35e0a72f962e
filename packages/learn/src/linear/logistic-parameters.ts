// The parameters of LogisticRegression, as data.

import type { ParameterSpecs } from '../parameter/parameter-spec.ts';

/** Parameters of LogisticRegression. */
export const logisticRegressionParameters = {
  penalty: {
    kind: 'choice',
    default: 'l2',
    choices: ['l2', 'l1', 'elasticnet', 'none'],
    doc: 'The penalty on the coefficients (not on the intercept); `elasticnet` mixes both by l1Ratio.',
  },
  C: {
    kind: 'number',
    default: 1,
    min: 1e-12,
    max: 1e12,
    doc: 'Inverse of the strength of the penalty: smaller is stronger.',
  },
  l1Ratio: {
    kind: 'number',
    default: 0.5,
    min: 0,
    max: 1,
    doc: 'Share of the L1 penalty in `elasticnet`: 0 is l2, 1 is l1.',
  },
  fitIntercept: {
    kind: 'boolean',
    default: true,
    doc: 'Whether to fit an intercept.',
  },
  maxIterations: {
    kind: 'integer',
    default: 1000,
    min: 1,
    max: 1_000_000,
    doc: 'The most steps of the solver.',
  },
  tol: {
    kind: 'number',
    default: 1e-4,
    min: 0,
    max: 1,
    doc: 'The fit ends when no component of the gradient of the mean loss is larger; columns are brought to a common scale for this.',
  },
} as const satisfies ParameterSpecs;
