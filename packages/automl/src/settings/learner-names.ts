// The names of learner families: ours, and Azure's in its two spellings. What Azure has and we have
// not is refused by name where it is asked for, and passed over where it is blocked.
import { didYouMean } from '@ridgeline/tabular';
import { AutoMLError } from '../errors.ts';

/** Every family that a search may try, in the order of this package's documents. */
export const learnerNames = [
  'gradient_boosting',
  'random_forest',
  'extra_trees',
  'decision_tree',
  'ridge',
  'elastic_net',
  'lasso',
  'logistic_regression',
  'k_neighbors',
  'mlp',
  'naive',
] as const;
export type LearnerName = (typeof learnerNames)[number];

// Spelled without case, blanks and underscores, so that `XGBoostRegressor` (of Azure's first SDK) and
// `xgboost_regressor` (of its second) are one.
const azureNames: ReadonlyMap<string, LearnerName> = new Map([
  ['lightgbm', 'gradient_boosting'],
  ['xgboostregressor', 'gradient_boosting'],
  ['xgboostclassifier', 'gradient_boosting'],
  ['extremerandomtrees', 'extra_trees'],
  ['lassolars', 'lasso'],
  ['knn', 'k_neighbors'],
  ['average', 'naive'],
]);

const notHad: ReadonlySet<string> = new Set([
  'sgd',
  'svm',
  'linearsvm',
  'multinomialnaivebayes',
  'bernoullinaivebayes',
  'autoarima',
  'prophet',
  'naive',
  'seasonalnaive',
  'seasonalaverage',
  'exponentialsmoothing',
  'arimax',
  'tcnforecaster',
  'tensorflowdnn',
  'tensorflowlinearclassifier',
  'tensorflowlinearregressor',
  'averagedperceptronclassifier',
  'fastlinearregressor',
  'onlinegradientdescentregressor',
  'tabnetclassifier',
  'tabnetregressor',
]);

/** The families of a list of allowed names. @throws AutoMLError LEARNER_UNKNOWN. */
export function allowedFamilies(names: readonly string[]): ReadonlySet<LearnerName> {
  return new Set(names.map((name) => familyOf(name) ?? refuse(name)));
}

/** The families of a list of blocked names. @throws AutoMLError LEARNER_UNKNOWN for no name at all. */
export function blockedFamilies(names: readonly string[]): ReadonlySet<LearnerName> {
  const families = new Set<LearnerName>();
  for (const name of names) {
    const family = familyOf(name);
    if (family !== undefined) families.add(family);
    else if (!notHad.has(bare(name))) refuse(name);
  }
  return families;
}

function familyOf(name: string): LearnerName | undefined {
  const asked = bare(name);
  return learnerNames.find((own) => bare(own) === asked) ?? azureNames.get(asked);
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

function refuse(name: string): never {
  const had = notHad.has(bare(name)) ? 'is not among the learners here' : 'is no learner';
  throw new AutoMLError(
    'LEARNER_UNKNOWN',
    `'${name.slice(0, 100)}' ${had}${didYouMean(name, learnerNames) || `; there are ${learnerNames.join(', ')}`}`,
  );
}
