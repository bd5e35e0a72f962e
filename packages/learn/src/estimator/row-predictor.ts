// One row at a time through any fitted model: by the model's own fast path where it has one, else by
// features of one row.

import { FeatureMatrix, type Features } from '../matrix/feature-matrix.ts';
import { Matrix } from '../matrix/matrix.ts';
import type { FittedModel } from './estimator.ts';

/** Writes the prediction, or one probability a class, of the row `values` to the start of `out`. */
export type RowPredictor = (values: Float64Array, out: Float64Array) => void;

export function rowPredictor(model: FittedModel): RowPredictor {
  if (model.predictRowInto !== undefined) {
    return (values, out) => model.predictRowInto?.(values, out);
  }
  if (model.kind === 'regressor') {
    return (values, out) => {
      out[0] = model.predict(featuresOf(values))[0];
    };
  }
  return (values, out) => {
    out.set(model.predictProbabilities(featuresOf(values)).values);
  };
}

/** Number of values that a row predictor writes: 1, or one a class. */
export function outputCountOf(model: FittedModel): number {
  return model.kind === 'regressor' ? 1 : model.classes.length;
}

/** A matrix where nothing is missing. A model knows by itself which of its features are categories. */
function featuresOf(values: Float64Array): Features {
  if (values.every(Number.isFinite)) return new Matrix(1, values.length, values);
  const columns = Array.from(values, (value, j) => {
    return { kind: 'numeric', name: `x${j}`, values: Float64Array.of(value) } as const;
  });
  return new FeatureMatrix(columns);
}
