// The table of converters: every kind of fitted model that has a form in ONNX.

import { CompositeClassifier, CompositeRegressor } from '../../compose/composite-model.ts';
import type { FittedModel } from '../../estimator/estimator.ts';
import { FittedLinearModel } from '../../linear/fitted-linear-model.ts';
import { FittedLogisticRegression } from '../../linear/fitted-logistic-regression.ts';
import { FittedDummyClassifier } from '../../naive/fitted-dummy-classifier.ts';
import { FittedDummyRegressor } from '../../naive/fitted-dummy-regressor.ts';
import { FittedKNeighborsClassifier } from '../../neighbors/fitted-k-neighbors-classifier.ts';
import { FittedKNeighborsRegressor } from '../../neighbors/fitted-k-neighbors-regressor.ts';
import { FittedMlpClassifier } from '../../neural/fitted-mlp-classifier.ts';
import { FittedMlpRegressor } from '../../neural/fitted-mlp-regressor.ts';
import { FittedTreeClassifier, FittedTreeRegressor } from '../../tree/fitted-tree-models.ts';
import { type ModelConverter, NotExpressible } from '../export-context.ts';
import type { GraphBuilder } from '../graph-builder.ts';
import type { GraphFeatures } from '../graph-features.ts';
import type { Doubles } from '../operators.ts';
import { convertComposite } from './composites.ts';
import { convertLinearModel, convertLogisticRegression } from './linear.ts';
import { convertDummyClassifier, convertDummyRegressor } from './naive.ts';
import { convertKNeighborsClassifier, convertKNeighborsRegressor } from './neighbors.ts';
import { convertMlpClassifier, convertMlpRegressor } from './neural.ts';
import { convertTreeClassifier, convertTreeRegressor } from './tree.ts';

/** Gives null for a model of another kind. */
type Attempt = (g: GraphBuilder, model: FittedModel, features: GraphFeatures) => Doubles | null;

// One line a kind of model.
const converters: readonly Attempt[] = [
  converter(CompositeRegressor, convertComposite),
  converter(CompositeClassifier, convertComposite),
  converter(FittedLinearModel, convertLinearModel),
  converter(FittedLogisticRegression, convertLogisticRegression),
  converter(FittedKNeighborsRegressor, convertKNeighborsRegressor),
  converter(FittedKNeighborsClassifier, convertKNeighborsClassifier),
  converter(FittedMlpRegressor, convertMlpRegressor),
  converter(FittedMlpClassifier, convertMlpClassifier),
  converter(FittedTreeRegressor, convertTreeRegressor),
  converter(FittedTreeClassifier, convertTreeClassifier),
  converter(FittedDummyRegressor, convertDummyRegressor),
  converter(FittedDummyClassifier, convertDummyClassifier),
];

/** @throws NotExpressible for a model without a form in ONNX. */
export function convertModel(
  g: GraphBuilder,
  model: FittedModel,
  features: GraphFeatures,
): Doubles {
  for (const convert of converters) {
    const converted = convert(g, model, features);
    if (converted !== null) return converted;
  }
  throw new NotExpressible(`a model of ${model.estimator} has no form in ONNX`);
}

function converter<Model extends FittedModel>(
  kind: abstract new (...parameters: never[]) => Model,
  convert: ModelConverter<Model>,
): Attempt {
  return (g, model, features) =>
    model instanceof kind ? convert(g, model, features, convertModel) : null;
}
