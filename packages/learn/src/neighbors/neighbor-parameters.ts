// The parameters of the k nearest neighbours, as data.

import type { ParameterSpecs } from '../parameter/parameter-spec.ts';

/** Parameters of KNeighborsRegressor and KNeighborsClassifier. */
export const neighborParameters = {
  nNeighbors: {
    kind: 'integer',
    default: 5,
    min: 1,
    max: 10_000,
    doc: 'How many of the nearest rows to ask; all, where training had fewer.',
  },
  weights: {
    kind: 'choice',
    default: 'uniform',
    choices: ['uniform', 'distance'],
    doc: 'How neighbours count: all the same, or by the inverse of their distance (a distance of 0 alone decides).',
  },
} as const satisfies ParameterSpecs;
