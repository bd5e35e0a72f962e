// The layers of a network after its training: float32 weights, and the pass forward in doubles, which
// no weight makes overflow.

import type { Matrix } from '../matrix/matrix.ts';
import { packFloat32, unpackFloat32 } from '../model-json/packed-array.ts';
import { integer, invalidField, list, record } from '../model-json/read-fields.ts';
import type { Activation, Network } from './network.ts';

export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** `inputs` rows of `outputs`, row-major. */
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

/** A copy of the network's layers, without their padding. */
export function layersOf(network: Network): readonly DenseLayer[] {
  return network.layers.map(({ inputs, outputs, width, weights, biases }) => {
    const dense = new Float32Array(inputs * outputs);
    for (let i = 0; i < inputs; i++) {
      dense.set(weights.subarray(i * width, i * width + outputs), i * outputs);
    }
    return {
      inputs,
      outputs,
      weights: dense,
      biases: Float32Array.from(biases.subarray(0, outputs)),
    };
  });
}

/** The last layer's outputs, row-major. */
export function runLayers(
  layers: readonly DenseLayer[],
  activation: Activation,
  x: Matrix,
): Float64Array {
  const widest = Math.max(...layers.map(({ outputs }) => outputs));
  const last = layers[layers.length - 1];
  const results = new Float64Array(x.rowCount * last.outputs);
  let [from, to] = [new Float64Array(Math.max(widest, x.columnCount)), new Float64Array(widest)];
  const other = to;
  const first = from;
  for (let i = 0; i < x.rowCount; i++) {
    [from, to] = [first, other];
    for (let j = 0; j < x.columnCount; j++) from[j] = Math.fround(x.values[i * x.columnCount + j]);
    for (const layer of layers) {
      runLayer(layer, from, to);
      if (layer !== last) activate(activation, to, layer.outputs);
      [from, to] = [to, from];
    }
    results.set(from.subarray(0, last.outputs), i * last.outputs);
  }
  return results;
}

function runLayer(
  { inputs, outputs, weights, biases }: DenseLayer,
  from: Float64Array,
  to: Float64Array,
) {
  for (let j = 0; j < outputs; j++) to[j] = biases[j];
  for (let i = 0, at = 0; i < inputs; i++) {
    const value = from[i];
    // Half of all rectified values are 0.
    if (value === 0) at += outputs;
    else for (let j = 0; j < outputs; j++, at++) to[j] += value * weights[at];
  }
}

function activate(activation: Activation, values: Float64Array, length: number): void {
  for (let j = 0; j < length; j++) {
    values[j] = activation === 'relu' ? Math.max(0, values[j]) : Math.tanh(values[j]);
  }
}

export function layersJson(layers: readonly DenseLayer[]) {
  return layers.map(({ inputs, outputs, weights, biases }) => {
    return { inputs, outputs, weights: packFloat32(weights), biases: packFloat32(biases) };
  });
}

/** @throws LearnError MODEL_INVALID unless the layers lead from `columnCount` to `outputs` numbers. */
export function readLayers(value: unknown, columnCount: number, outputs: number): DenseLayer[] {
  const layers = list(value, "'layers'", readLayer, { minLength: 1, maxLength: 9 });
  const widths = [columnCount, ...layers.map((layer) => layer.outputs)];
  const fits = layers.every((layer, l) => layer.inputs === widths[l]);
  if (fits && widths[layers.length] === outputs) return layers;
  throw invalidField("'layers' do not lead from the columns to the outputs");
}

function readLayer(value: unknown, what: string): DenseLayer {
  const fields = record(value, what);
  const inputs = integer(fields.inputs, `'inputs' of ${what}`, { min: 1 });
  const outputs = integer(fields.outputs, `'outputs' of ${what}`, { min: 1 });
  const length = inputs * outputs;
  const weights = unpackFloat32(fields.weights, `'weights' of ${what}`, { length });
  const biases = unpackFloat32(fields.biases, `'biases' of ${what}`, { length: outputs });
  return { inputs, outputs, weights, biases };
}
