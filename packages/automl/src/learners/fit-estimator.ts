// What the families' files have in common: an estimator of learn by its name, within a pipeline where it
// needs one, fitted on one fold.
import {
  estimatorEntry,
  estimators,
  type FittedModel,
  type Label,
  type Parameters,
  Pipeline,
  type Regressor,
  TransformedTarget,
  transformerEntry,
} from '@ridgeline/learn';
import type { ProblemFacts } from '../problem/problem.ts';
import type { FitJob } from './learner.ts';

export interface Step {
  readonly name: string;
  readonly parameters: Parameters;
}

export interface Recipe {
  /** Of an estimator in learn's table. */
  readonly estimator: string;
  readonly parameters: Parameters;
  /** Steps before it; none by default. */
  readonly steps?: readonly Step[];
  /** Whether the estimator may watch the rows held out to end in time. */
  readonly watch?: boolean;
  /** What a regression learns instead of the target itself. */
  readonly targetTransform?: 'none' | 'log1p' | 'standard';
}

/** `RandomForest` is `RandomForestRegressor` or `RandomForestClassifier`, by the task. */
export function estimatorName(base: string, { task }: Pick<ProblemFacts, 'task'>): string {
  return `${base}${task === 'regression' ? 'Regressor' : 'Classifier'}`;
}

export function hasEstimator(name: string): boolean {
  return estimators.has(name);
}

/** @throws LearnError what the steps and the estimator throw. */
export function fitRecipe(recipe: Recipe, job: FitJob): FittedModel {
  const { train, watched, classes, shouldStop } = job;
  const steps = (recipe.steps ?? []).map((step) => {
    return transformerEntry(step.name).create(step.parameters);
  });
  const entry = estimatorEntry(recipe.estimator);
  const options = {
    shouldStop,
    ...(train.weights && entry.takesSampleWeight && { sampleWeight: train.weights }),
    ...(recipe.watch === true && watched && { validation: { x: watched.x, y: watched.y } }),
  };
  if (entry.kind === 'classifier') {
    const pipeline = new Pipeline(steps, entry.create(recipe.parameters));
    return pipeline.fit(train.x, train.y, { ...options, ...(classes && { classes }) });
  }
  const regressor = entry.create(recipe.parameters);
  return new Pipeline(steps, onTarget(regressor, recipe)).fit(train.x, numbers(train.y), options);
}

function onTarget(regressor: Regressor, { targetTransform = 'none' }: Recipe): Regressor {
  return targetTransform === 'none' ? regressor : new TransformedTarget(targetTransform, regressor);
}

/** The targets of a regression, which are numbers by then. */
function numbers(y: ArrayLike<Label>): Float64Array {
  return y instanceof Float64Array ? y : Float64Array.from(y, Number);
}
