// Whether models can be put together: one kind, the same number of features, the same classes.

import { LearnError } from '../errors.ts';
import type { FittedModel } from '../estimator/estimator.ts';

/** @throws LearnError PARAMETER_INVALID without models, SHAPE_MISMATCH for models that differ. */
export function checkAlike(models: readonly FittedModel[]): void {
  const [first] = models;
  if (first === undefined) {
    throw new LearnError(
      'PARAMETER_INVALID',
      'there are no models to put together; give at least one',
    );
  }
  for (const [i, model] of models.entries()) {
    const problem = difference(first, model);
    if (problem === null) continue;
    throw new LearnError('SHAPE_MISMATCH', `model ${i} (from 0) of those put together ${problem}`);
  }
}

function difference(first: FittedModel, model: FittedModel): string | null {
  if (model.kind !== first.kind) return `is a ${model.kind}, and the first is a ${first.kind}`;
  if (model.columnCount !== first.columnCount) {
    return `was fitted on ${model.columnCount} features, and the first on ${first.columnCount}`;
  }
  if (model.kind === 'regressor' || first.kind === 'regressor') return null;
  const areSame =
    model.classes.length === first.classes.length &&
    model.classes.every((label, k) => label === first.classes[k]);
  return areSame ? null : 'has other classes than the first; fit them with the same `classes`';
}
