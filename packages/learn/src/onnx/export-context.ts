// What converters are given and what they give back, and the error for what ONNX cannot say.

import type { FittedModel } from '../estimator/estimator.ts';
import type { GraphBuilder } from './graph-builder.ts';
import type { GraphFeatures } from './graph-features.ts';
import type { Doubles } from './operators.ts';

/**
 * A fitted model's part of the graph: predictions of shape [rows, 1] of a regressor, probabilities of
 * shape [rows, classes] of a classifier.
 * @param convertInner converts a model within the model.
 */
export type ModelConverter<Model extends FittedModel = FittedModel> = (
  g: GraphBuilder,
  model: Model,
  features: GraphFeatures,
  convertInner: (g: GraphBuilder, model: FittedModel, features: GraphFeatures) => Doubles,
) => Doubles;

/** Thrown where a model has no equal in ONNX; its message says which part and why. */
export class NotExpressible extends Error {
  override readonly name = 'NotExpressible';
}
