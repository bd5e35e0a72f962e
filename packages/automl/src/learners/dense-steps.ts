// The way of learners that need dense numbers: categories as columns or as means of the target, gaps
// filled, everything on one scale.
import type { Parameters } from '@ridgeline/learn';
import type { ProblemFacts } from '../problem/problem.ts';
import { categorySteps } from './category-steps.ts';
import type { Step } from './fit-estimator.ts';

const scalings = ['standard', 'quantile', 'log'] as const;
export type Scaling = (typeof scalings)[number];

/** Levels of a category that get a column of their own, at most; the rarer share one. */
const mostLevels = 50;

/**
 * By `scaling` and `categories` of a configuration: `quantile` and `log` draw in long tails before all
 * is brought to one scale.
 */
export function denseSteps(facts: ProblemFacts, parameters: Parameters): readonly Step[] {
  const { scaling } = parameters;
  const steps: Step[] = [...categorySteps(parameters, facts)];
  if (facts.categoricalCount > 0 && steps.length === 0) {
    const minFrequency = Math.max(2, Math.min(20, Math.round(facts.rowCount / 500)));
    steps.push({ name: 'OneHotEncoder', parameters: { maxLevels: mostLevels, minFrequency } });
  }
  if (facts.hasMissing) {
    steps.push({ name: 'Imputer', parameters: { strategy: 'median', addIndicator: true } });
  }
  if (scaling === 'quantile') {
    steps.push({ name: 'QuantileTransformer', parameters: { outputDistribution: 'normal' } });
  }
  if (scaling === 'log') steps.push({ name: 'LogTransformer', parameters: { minSkewness: 1 } });
  return [...steps, { name: 'StandardScaler', parameters: {} }];
}
