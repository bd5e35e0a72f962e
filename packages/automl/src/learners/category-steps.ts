// Categories as the mean of the target at each level, for columns of many levels: a row's own target is
// never in its mean. Which is better, these or the levels themselves, only trials tell.
import type { Parameters } from '@ridgeline/learn';
import type { ProblemFacts } from '../problem/problem.ts';
import type { Step } from './fit-estimator.ts';

/** In a configuration: what its categories become. */
export const categoryMeans = { categories: 'means' } as const;

export function wantsMeans({ categories }: Parameters): boolean {
  return categories === categoryMeans.categories;
}

/** The configurations that are worth trying for the problem. */
export function suitedToCategories<Configuration extends { readonly parameters: Parameters }>(
  configurations: readonly Configuration[],
  { hasManyLevels }: ProblemFacts,
): readonly Configuration[] {
  return configurations.filter(({ parameters }) => hasManyLevels || !wantsMeans(parameters));
}

/** The steps that a configuration asks for; none where it takes categories as they are. */
export function categorySteps(parameters: Parameters, { task }: ProblemFacts): readonly Step[] {
  if (!wantsMeans(parameters)) return [];
  const targetType = task === 'regression' ? 'continuous' : 'classes';
  return [{ name: 'TargetEncoder', parameters: { targetType } }];
}
