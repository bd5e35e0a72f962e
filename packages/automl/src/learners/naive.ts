// The naive baseline: the mean, or the shares of the classes. Every other learner must beat it.
import { estimatorName, fitRecipe, hasEstimator } from './fit-estimator.ts';
import type { Learner } from './learner.ts';

export const naive: Learner = {
  name: 'naive',
  portfolio: (facts) => {
    if (!hasEstimator(estimatorName('Dummy', facts))) return [];
    return [{ learner: 'naive', description: 'naive baseline', parameters: {} }];
  },
  space: () => [],
  cost: (_, __, rows) => 1e-3 + rows * 2e-8,
  isIterative: false,
  fit: (job) => {
    const estimator = estimatorName('Dummy', job.facts);
    const model = fitRecipe({ estimator, parameters: job.parameters }, job);
    return { model, curve: null, iterations: null };
  },
};
