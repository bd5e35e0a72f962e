// The linear families: where the truth is near a plane, nothing beats them, and they cost next to
// nothing. Features and targets are brought to one scale first, so that a penalty means the same
// everywhere.
import type { Parameters } from '@ridgeline/learn';
import type { LearnerName } from '../settings/learner-names.ts';
import { categoryMeans, suitedToCategories, wantsMeans } from './category-steps.ts';
import { denseSteps } from './dense-steps.ts';
import { fitRecipe, hasEstimator } from './fit-estimator.ts';
import type { Candidate, Dimension, Learner } from './learner.ts';

interface LinearFamily {
  readonly name: LearnerName;
  readonly estimator: string;
  readonly task: 'regression' | 'classification';
  readonly title: string;
  readonly configurations: readonly Parameters[];
  readonly space: readonly Dimension[];
  /** Sweeps over the data that a fit takes, roughly; 0 for a solution in closed form. */
  readonly sweeps: number;
}

const real = { isLog: true, isWhole: false };

export const ridge = linear({
  name: 'ridge',
  estimator: 'Ridge',
  task: 'regression',
  title: 'ridge regression',
  configurations: [
    { alpha: 3 },
    { alpha: 3, ...categoryMeans },
    { alpha: 3, scaling: 'log' },
    { alpha: 3, targetTransform: 'log1p', scaling: 'log' },
    { alpha: 100 },
    { alpha: 3, scaling: 'quantile' },
  ],
  space: [{ ...real, name: 'alpha', min: 1e-3, max: 1e5, start: 1 }],
  sweeps: 0,
});

export const elasticNet = linear({
  name: 'elastic_net',
  estimator: 'ElasticNet',
  task: 'regression',
  title: 'elastic net',
  configurations: [
    { alpha: 0.02, l1Ratio: 0.5 },
    { alpha: 0.02, l1Ratio: 0.5, scaling: 'log' },
    { alpha: 0.1, l1Ratio: 0.5 },
  ],
  space: [
    { ...real, name: 'alpha', min: 1e-5, max: 1, start: 0.1 },
    { name: 'l1Ratio', min: 0.05, max: 0.95, isLog: false, isWhole: false, start: 0.5 },
  ],
  sweeps: 30,
});

export const lasso = linear({
  name: 'lasso',
  estimator: 'Lasso',
  task: 'regression',
  title: 'lasso',
  configurations: [{ alpha: 0.02 }, { alpha: 0.005 }],
  space: [{ ...real, name: 'alpha', min: 1e-5, max: 1, start: 0.1 }],
  sweeps: 30,
});

export const logisticRegression = linear({
  name: 'logistic_regression',
  estimator: 'LogisticRegression',
  task: 'classification',
  title: 'logistic regression',
  configurations: [
    { C: 1 },
    { C: 1, ...categoryMeans },
    { C: 0.05 },
    { C: 1, scaling: 'quantile' },
    { C: 20 },
  ],
  space: [{ ...real, name: 'C', min: 1e-4, max: 1e3, start: 0.1 }],
  sweeps: 60,
});

function linear(family: LinearFamily): Learner {
  const { name, estimator, task, title, space, sweeps } = family;
  return {
    name,
    portfolio: (facts) => {
      if (facts.task !== task || !hasEstimator(estimator)) return [];
      const suited = family.configurations.filter(({ targetTransform }) => {
        return targetTransform === undefined || facts.isSkewed;
      });
      const all = suited.map(
        (parameters): Candidate => ({
          learner: name,
          description: `${title}${details(parameters)}`,
          parameters,
        }),
      );
      return suitedToCategories(all, facts);
    },
    space: () => space,
    cost: ({ expandedColumnCount: columns, classCount }, _, rows) => {
      const solve = Math.min(columns, rows) ** 2 * Math.max(columns, rows) * 1e-9;
      return 5e-3 + rows * columns * (sweeps * classCount + 20) * 2e-9 + (sweeps === 0 ? solve : 0);
    },
    isIterative: true,
    fit: (job) => {
      const { scaling, categories, targetTransform, ...parameters } = job.parameters;
      const model = fitRecipe(
        {
          estimator,
          parameters:
            task === 'classification' ? { maxIterations: 200, ...parameters } : parameters,
          steps: denseSteps(job.facts, job.parameters),
          targetTransform: targetTransform === 'log1p' ? 'log1p' : 'standard',
        },
        job,
      );
      return { model, curve: null, iterations: null };
    },
  };
}

function details(parameters: Parameters): string {
  const { scaling, targetTransform } = parameters;
  if (wantsMeans(parameters)) return ', categories as means';
  const target = targetTransform === 'log1p' ? ' of the target’s logarithm' : '';
  if (scaling === 'quantile') return `${target} on ranks`;
  return scaling === 'log' ? `${target} on logarithms` : target;
}
