// What a learner does not promise, each with the reason. A learner that is not named here promises all.

export type LearnerPromise =
  | 'sees no order of rows'
  | 'counts a weight of 2 as the row twice'
  | 'leaves rows of weight 0 out'
  | 'learns a planted relation';

type Skips = Readonly<Partial<Record<LearnerPromise, string>>>;

const baseline: Skips = { 'learns a planted relation': 'a baseline looks at no column' };

const boosting: Skips = {
  'counts a weight of 2 as the row twice': 'minSamplesLeaf counts rows, whatever their weight',
  'leaves rows of weight 0 out': 'bins are laid and minSamplesLeaf counts by all rows',
};

const bagging: Skips = {
  'sees no order of rows': 'the bootstrap draws rows by their place',
  'counts a weight of 2 as the row twice': 'the bootstrap draws rows by their place',
};

const skips: Readonly<Record<string, Skips>> = {
  DecisionTreeRegressor: {
    'counts a weight of 2 as the row twice':
      'sums are of whole numbers whose unit follows the number of rows, and it decides between equal gains',
  },
  DummyClassifier: baseline,
  DummyRegressor: baseline,
  GradientBoostingClassifier: boosting,
  GradientBoostingRegressor: boosting,
  RandomForestClassifier: bagging,
  RandomForestRegressor: bagging,
};

/** Why the learner is not held to the promise, or null when it is. */
export function skipOf(name: string, promise: LearnerPromise): string | null {
  return skips[name]?.[promise] ?? null;
}
