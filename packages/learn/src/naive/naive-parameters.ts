// The parameters of the naive baselines, as data.

import type { ParameterSpecs } from '../parameter/parameter-spec.ts';

/** Parameters of DummyRegressor. */
export const dummyRegressorParameters = {
  strategy: {
    kind: 'choice',
    default: 'mean',
    choices: ['mean', 'median', 'quantile'],
    doc: 'What every row is predicted as: a statistic of the target in training.',
  },
  quantile: {
    kind: 'number',
    default: 0.5,
    min: 0,
    max: 1,
    doc: 'Which quantile the strategy `quantile` predicts; 0 is the smallest target, 1 the largest.',
  },
} as const satisfies ParameterSpecs;

/** Parameters of DummyClassifier. */
export const dummyClassifierParameters = {
  strategy: {
    kind: 'choice',
    default: 'prior',
    choices: ['prior', 'most_frequent'],
    doc: 'The probabilities of every row: `prior` gives the shares of the classes in training, `most_frequent` gives 1 to the most frequent class.',
  },
} as const satisfies ParameterSpecs;
