// Networks: a product and an activation a layer, in doubles as the native pass forward; the features
// are rounded to float32 as there.

import type { DenseLayer } from '../../neural/dense-layers.ts';
import type { FittedMlpClassifier } from '../../neural/fitted-mlp-classifier.ts';
import type { FittedMlpRegressor } from '../../neural/fitted-mlp-regressor.ts';
import type { GraphBuilder } from '../graph-builder.ts';
import type { GraphFeatures } from '../graph-features.ts';
import {
  add,
  type Doubles,
  matMul,
  maximum,
  multiply,
  roundToFloat,
  rowOf,
  scalar,
  tanh,
} from '../operators.ts';
import { doubles } from '../tensor.ts';
import { probabilitiesOf } from './linear.ts';

export function convertMlpRegressor(
  g: GraphBuilder,
  { layers, parameters, outputScale, outputShift }: FittedMlpRegressor,
  features: GraphFeatures,
): Doubles {
  const output = outputsOf(g, layers, parameters.activation, features);
  return add(g, multiply(g, output, scalar(g, outputScale)), scalar(g, outputShift));
}

export function convertMlpClassifier(
  g: GraphBuilder,
  { layers, parameters }: FittedMlpClassifier,
  features: GraphFeatures,
): Doubles {
  const scores = outputsOf(g, layers, parameters.activation, features);
  return probabilitiesOf(g, scores, layers[layers.length - 1].outputs);
}

function outputsOf(
  g: GraphBuilder,
  layers: readonly DenseLayer[],
  activation: string,
  { values }: GraphFeatures,
): Doubles {
  return layers.reduce(
    (from, { inputs, outputs, weights, biases }, l) => {
      const product = matMul(g, from, g.constant(doubles(weights, [inputs, outputs])));
      const sum = add(g, product, rowOf(g, biases));
      if (l === layers.length - 1) return sum;
      return activation === 'relu' ? maximum(g, sum, scalar(g, 0)) : tanh(g, sum);
    },
    roundToFloat(g, values),
  );
}
