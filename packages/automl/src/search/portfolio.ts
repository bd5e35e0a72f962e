// The fixed order in which configurations are tried: families in turn, so that every kind of model has
// had its say early. The order was chosen once on many data sets and is no one's in particular.

import { AutoMLError } from '../errors.ts';
import { type Candidate, learnerSuits } from '../learners/learner.ts';
import { learners } from '../learners/learners.ts';
import type { ProblemFacts } from '../problem/problem.ts';
import type { AutoMLSettings } from '../settings/automl-settings.ts';
import { type LearnerName, learnerNames } from '../settings/learner-names.ts';

// Each mention takes the family's next configuration.
const order: readonly LearnerName[] = [
  'gradient_boosting',
  'ridge',
  'logistic_regression',
  'extra_trees',
  'gradient_boosting',
  'mlp',
  'random_forest',
  'gradient_boosting',
  'elastic_net',
  'k_neighbors',
  'gradient_boosting',
  'mlp',
  'gradient_boosting',
  'extra_trees',
  'logistic_regression',
  'gradient_boosting',
  'ridge',
  'lasso',
];

const linearFirst = ['ridge', 'logistic_regression'] as const;

// A single tree is never as good as a forest of them, and the baseline as nothing: both are for those
// who ask.
const onlyWhenNamed: ReadonlySet<LearnerName> = new Set(['decision_tree', 'naive']);

/** @throws AutoMLError LEARNER_NONE_LEFT. */
export function portfolioOf(facts: ProblemFacts, settings: AutoMLSettings): readonly Candidate[] {
  const families = familiesFor(facts, settings);
  const known = withoutBlocked(facts, settings);
  const left = new Map(families.map((name) => [name, [...learners[name].portfolio(known)]]));
  const chosen: Candidate[] = [];
  const take = (name: LearnerName) => {
    const candidate = left.get(name)?.shift();
    if (candidate !== undefined) chosen.push(candidate);
  };
  // A linear model is there within a blink, whatever happens then; but a search of few trials and no
  // clock is for the best guess first.
  if (settings.timeBudgetSeconds !== null) linearFirst.forEach(take);
  for (const name of order) take(name);
  // What the order does not mention comes last, family by family in turn.
  while ([...left.values()].some((candidates) => candidates.length > 0)) families.forEach(take);
  return chosen;
}

/** A blocked target encoder is one that is not worth trying. */
function withoutBlocked(facts: ProblemFacts, { featurization }: AutoMLSettings): ProblemFacts {
  const isBlocked = featurization.blockedTransformers.some((name) => {
    return ['targetencoder', 'cattargetencoder'].includes(name.toLowerCase().replace(/[_-]/g, ''));
  });
  return isBlocked ? { ...facts, hasManyLevels: false } : facts;
}

/** The families that the settings and the task leave. @throws AutoMLError LEARNER_NONE_LEFT. */
function familiesFor(facts: ProblemFacts, settings: AutoMLSettings): readonly LearnerName[] {
  const { allowedLearners, blockedLearners } = settings;
  const suited = learnerNames.filter((name) => learnerSuits(learners[name], facts));
  const families = suited.filter((name) => {
    const isAllowed = allowedLearners?.includes(name) ?? !onlyWhenNamed.has(name);
    return isAllowed && !blockedLearners.includes(name);
  });
  if (families.length > 0) return families;
  throw new AutoMLError(
    'LEARNER_NONE_LEFT',
    `allowedLearners (${allowedLearners?.join(', ') ?? 'all'}) and blockedLearners (${blockedLearners.join(', ') || 'none'}) ` +
      `leave no learner for a ${facts.task}; there are ${suited.join(', ')}`,
  );
}
