// The contract of preprocessing steps: columns in, columns out. `fit` returns a new, fitted type, as
// learners' does.

import type { Label, ModelJson, Parameters } from '../estimator/estimator.ts';
import type { FeatureMatrix } from '../matrix/feature-matrix.ts';
import type { FeatureSchema } from '../matrix/feature-schema.ts';

export interface Transformer {
  readonly parameters: Parameters;
  /** @param y the target, one a row; only target encoders look at it. */
  fit(x: FeatureMatrix, y: ArrayLike<Label>): FittedTransformer;
  /** Fit and transform the same rows; target encoders give out-of-fold values here. */
  fitTransform(
    x: FeatureMatrix,
    y: ArrayLike<Label>,
  ): { readonly fitted: FittedTransformer; readonly x: FeatureMatrix };
}

export interface FittedTransformer {
  /** The name of the transformer, as in the table of transformers. */
  readonly transformer: string;
  readonly parameters: Parameters;
  /** The features that it was fitted on. */
  readonly inputs: readonly FeatureSchema[];
  /** The features that it makes. */
  readonly outputs: readonly FeatureSchema[];
  /** @throws LearnError SHAPE_MISMATCH for other columns than it was fitted on. */
  transform(x: FeatureMatrix): FeatureMatrix;
  /** The same for one row: `values` has one number an input, `out` room for one an output. */
  transformRowInto(values: Float64Array, out: Float64Array): void;
  /** The native format: data only, and exact; `estimator` holds the transformer's name. */
  toJSON(): ModelJson;
}
