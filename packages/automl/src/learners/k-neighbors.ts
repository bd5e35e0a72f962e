// The nearest neighbours: weak alone on most tables, and unlike all else in its errors.
import { denseSteps } from './dense-steps.ts';
import { estimatorName, fitRecipe, hasEstimator } from './fit-estimator.ts';
import type { Learner } from './learner.ts';

/** Beyond so many rows, each prediction looks at too many of them. */
const mostRows = 100_000;

export const kNeighbors: Learner = {
  name: 'k_neighbors',
  portfolio: (facts) => {
    if (!hasEstimator(estimatorName('KNeighbors', facts)) || facts.rowCount > mostRows) return [];
    return [15, 5, 40].map((count) => {
      const nNeighbors = Math.min(count, facts.rowCount);
      const scaling = count === 40 ? 'quantile' : 'standard';
      return {
        learner: 'k_neighbors',
        description: `${nNeighbors} nearest neighbours`,
        parameters: { nNeighbors, weights: 'distance', scaling },
      };
    });
  },
  space: ({ rowCount }) => {
    const max = Math.max(2, Math.min(200, Math.floor(rowCount / 2)));
    return [{ name: 'nNeighbors', min: 1, max, isLog: true, isWhole: true, start: 10 }];
  },
  // Its work is in predicting, which is a fourth as many rows in folds.
  cost: ({ expandedColumnCount }, _, rows) =>
    0.01 + rows * rows * 0.25 * expandedColumnCount * 0.7e-9,
  isIterative: false,
  fit: (job) => {
    const { scaling, ...parameters } = job.parameters;
    const estimator = estimatorName('KNeighbors', job.facts);
    const recipe = { estimator, parameters, steps: denseSteps(job.facts, job.parameters) };
    return { model: fitRecipe(recipe, job), curve: null, iterations: null };
  },
};
