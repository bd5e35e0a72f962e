// The curve of a fitted model, looked for within the composites around its learner.
import {
  CompositeClassifier,
  CompositeRegressor,
  type FittedModel,
  FittedTreeClassifier,
  FittedTreeRegressor,
} from '@ridgeline/learn';
import type { FitOutcome } from './learner.ts';

/** Nulls where the learner has no rounds. */
export function trainingOf(model: FittedModel): Pick<FitOutcome, 'curve' | 'iterations'> {
  const learner: unknown = innermost(model);
  if (learner instanceof FittedTreeRegressor || learner instanceof FittedTreeClassifier) {
    return { curve: learner.curve, iterations: learner.bestIteration };
  }
  return { curve: null, iterations: null };
}

function innermost(model: FittedModel): FittedModel {
  const isComposite = model instanceof CompositeRegressor || model instanceof CompositeClassifier;
  if (!isComposite || !('model' in model.parts)) return model;
  return innermost(model.parts.model);
}
