// A network while it trains: weights, gradients and Adam's moments of every layer in the kernels'
// memory, and the pass forward, the pass back and the step. What the loss is, and which rows come when,
// is for others.

import { LearnError } from '../errors.ts';
import type { RandomState } from '../random/random-state.ts';
import type { NeuralBackend } from './neural-kernels.ts';

export type Activation = 'relu' | 'tanh';

/** One layer's arrays. Rows are padded with zeros to a multiple of 4, which no arithmetic changes. */
export interface TrainedLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** `outputs` padded: the stride of all that follows but the biases. */
  readonly width: number;
  /** `inputs` rows. */
  readonly weights: Float32Array;
  readonly biases: Float32Array;
  /** The slope of the loss by each weight, after the pass back. */
  readonly weightGradient: Float32Array;
  /** One row a row of the batch. */
  readonly values: Float32Array;
  readonly slopes: Float32Array;
}

interface Layer extends TrainedLayer {
  readonly weightState: AdamState;
  readonly biasState: AdamState;
  /** The weights the other way round, for the pass back. */
  readonly transposed: Float32Array;
}

interface AdamState {
  readonly values: Float32Array;
  readonly gradient: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];
const maxBytes = 2 ** 31;

export class Network {
  /** The batch, row-major; rows are `inputWidth` wide. */
  readonly input: Float32Array;
  readonly inputWidth: number;
  readonly output: TrainedLayer;
  readonly #layers: readonly Layer[];
  readonly #backend: NeuralBackend;
  readonly #activation: Activation;
  readonly #ones: Float32Array;
  #steps = 0;

  /**
   * @param widths of the input, of the hidden layers, and of the output.
   * @throws LearnError DATA_OUT_OF_RANGE for a network that would take more than 2 GiB.
   */
  constructor(
    backend: NeuralBackend,
    widths: readonly number[],
    { batchSize, activation }: { readonly batchSize: number; readonly activation: Activation },
  ) {
    checkSize(widths, batchSize);
    this.#backend = backend;
    this.#activation = activation;
    this.inputWidth = padded(widths[0]);
    this.input = zeros(backend, batchSize * this.inputWidth);
    this.#ones = zeros(backend, batchSize).fill(1);
    this.#layers = widths.slice(1).map((outputs, l) => {
      return makeLayer(backend, widths[l], outputs, batchSize);
    });
    this.output = this.#layers[this.#layers.length - 1];
  }

  get layers(): readonly TrainedLayer[] {
    return this.#layers;
  }

  /** Uniform weights and biases of the size that Glorot and Bengio (2010) give, as scikit-learn's. */
  initialize(random: RandomState): void {
    for (const { inputs, outputs, width, weights, biases } of this.#layers) {
      const bound = Math.sqrt(6 / (inputs + outputs));
      const draw = () => (random.nextUint32() / 2 ** 31 - 1) * bound;
      for (let i = 0; i < inputs; i++) {
        for (let j = 0; j < outputs; j++) weights[i * width + j] = draw();
      }
      for (let j = 0; j < outputs; j++) biases[j] = draw();
    }
  }

  /** Leaves the output of the first `rows` rows of `input` in `output.values`. */
  forward(rows: number): void {
    let [values, width] = [this.input, this.inputWidth];
    for (const layer of this.#layers) {
      for (let i = 0; i < rows; i++) layer.values.set(layer.biases, i * layer.width);
      this.#multiply(values, width, 1, layer.weights, layer.values, [
        rows,
        layer.inputs,
        layer.width,
      ]);
      if (layer !== this.output) this.#activate(layer.values, rows * layer.width);
      [values, width] = [layer.values, layer.width];
    }
  }

  /** From the slopes of the loss in `output.slopes` to the gradient of every weight. */
  backward(rows: number): void {
    for (let l = this.#layers.length - 1; l >= 0; l--) {
      const layer = this.#layers[l];
      const before = this.#layers[l - 1];
      const [values, width] = before
        ? [before.values, before.width]
        : [this.input, this.inputWidth];
      layer.weightState.gradient.fill(0);
      layer.biasState.gradient.fill(0);
      const shape = [layer.inputs, rows, layer.width] as const;
      this.#multiply(values, 1, width, layer.slopes, layer.weightState.gradient, shape);
      const ones = [1, rows, layer.width] as const;
      this.#multiply(this.#ones, 0, 1, layer.slopes, layer.biasState.gradient, ones);
      if (before === undefined) return;
      transpose(layer, before.width);
      before.slopes.fill(0, 0, rows * before.width);
      const back = [rows, layer.outputs, before.width] as const;
      this.#multiply(layer.slopes, layer.width, 1, layer.transposed, before.slopes, back);
      this.#deactivate(before, rows * before.width);
    }
  }

  /** One step of Adam down the gradient, with `decay` times the weights added to theirs. */
  step(learningRate: number, decay: number): void {
    this.#steps++;
    const correction = Math.sqrt(1 - beta2 ** this.#steps) / (1 - beta1 ** this.#steps);
    for (const { weightState, biasState } of this.#layers) {
      this.#adam(weightState, decay, learningRate * correction);
      this.#adam(biasState, 0, learningRate * correction);
    }
  }

  #adam({ values, gradient, first, second }: AdamState, decay: number, rate: number): void {
    this.#backend.kernels.adam(
      values.byteOffset,
      gradient.byteOffset,
      first.byteOffset,
      second.byteOffset,
      values.length,
      decay,
      rate,
      beta1,
      beta2,
      epsilon,
    );
  }

  /** c += a b, where element (i, k) of `a` is at `row * i + column * k`. */
  #multiply(
    a: Float32Array,
    row: number,
    column: number,
    b: Float32Array,
    c: Float32Array,
    [rows, inner, width]: readonly [number, number, number],
  ): void {
    const { kernels } = this.#backend;
    const [aAt, bAt, cAt] = [a.byteOffset, b.byteOffset, c.byteOffset];
    kernels.multiply(aAt, 4 * row, 4 * column, bAt, cAt, rows, inner, width);
  }

  #activate(values: Float32Array, length: number): void {
    if (this.#activation === 'relu') this.#backend.kernels.rectify(values.byteOffset, length);
    else for (let i = 0; i < length; i++) values[i] = Math.tanh(values[i]);
  }

  #deactivate({ slopes, values }: Layer, length: number): void {
    if (this.#activation === 'relu') {
      this.#backend.kernels.rectifySlopes(slopes.byteOffset, values.byteOffset, length);
    } else for (let i = 0; i < length; i++) slopes[i] *= 1 - values[i] * values[i];
  }
}

export function padded(width: number): number {
  return Math.ceil(width / 4) * 4;
}

function makeLayer(
  backend: NeuralBackend,
  inputs: number,
  outputs: number,
  batchSize: number,
): Layer {
  const width = padded(outputs);
  const weightState = makeState(backend, inputs * width);
  const biasState = makeState(backend, width);
  return {
    inputs,
    outputs,
    width,
    weights: weightState.values,
    biases: biasState.values,
    weightGradient: weightState.gradient,
    values: zeros(backend, batchSize * width),
    slopes: zeros(backend, batchSize * width),
    weightState,
    biasState,
    transposed: zeros(backend, outputs * padded(inputs)),
  };
}

function makeState(backend: NeuralBackend, length: number): AdamState {
  return {
    values: zeros(backend, length),
    gradient: zeros(backend, length),
    first: zeros(backend, length),
    second: zeros(backend, length),
  };
}

function zeros({ memory }: NeuralBackend, length: number): Float32Array {
  return memory.float32(length).fill(0);
}

function transpose({ inputs, outputs, width, weights, transposed }: Layer, stride: number): void {
  for (let i = 0; i < inputs; i++) {
    for (let j = 0; j < outputs; j++) transposed[j * stride + i] = weights[i * width + j];
  }
}

function checkSize(widths: readonly number[], batchSize: number): void {
  let numbers = batchSize * padded(widths[0]);
  for (let l = 1; l < widths.length; l++) {
    numbers += padded(widths[l]) * (5 * padded(widths[l - 1]) + 2 * batchSize);
  }
  if (4 * numbers <= maxBytes) return;
  throw new LearnError(
    'DATA_OUT_OF_RANGE',
    `a network of the widths ${widths.join(', ')} takes ${Math.ceil((4 * numbers) / 2 ** 30)} GiB, ` +
      'and 2 are allowed; take narrower layers, smaller batches or fewer columns',
  );
}
