// The training: epochs of shuffled batches until the loss, of training or of rows held out, falls no
// more. Reads as: watch, shuffle, run the epoch, judge.

import { LearnError } from '../errors.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { RandomState } from '../random/random-state.ts';
import { type DenseLayer, layersOf } from './dense-layers.ts';
import type { mlpParameters } from './mlp-parameters.ts';
import { Network, padded } from './network.ts';
import { emptyNeuralBackend, type NeuralBackend } from './neural-kernels.ts';
import type { OutputLoss } from './output-loss.ts';

export interface TrainingTask {
  /** Row-major, each row padded to a multiple of 4. */
  readonly x: Float32Array;
  readonly columnCount: number;
  readonly outputs: number;
  readonly weights: Float64Array | null;
  readonly loss: OutputLoss;
  readonly training: Int32Array;
  /** Rows whose loss decides when to end; empty for none. */
  readonly heldOut: Int32Array;
  readonly shouldStop: () => boolean;
}

export interface TrainedNetwork {
  readonly layers: readonly DenseLayer[];
  /** The loss that decides, epoch by epoch. */
  readonly curve: readonly number[];
}

type MlpParameters = ParameterValues<typeof mlpParameters>;

/** @throws LearnError DATA_OUT_OF_RANGE when the loss is no longer a finite number. */
export function trainNetwork(
  task: TrainingTask,
  parameters: MlpParameters,
  backend: NeuralBackend = emptyNeuralBackend(),
): TrainedNetwork {
  const random = new RandomState(parameters.randomState);
  const widths = [task.columnCount, ...parameters.hiddenLayerSizes, task.outputs];
  const batchSize = Math.min(parameters.batchSize, task.training.length);
  const { activation } = parameters;
  const network = new Network(backend, widths, { batchSize, activation });
  network.initialize(random);
  const curve: number[] = [];
  let [best, bestAt] = [Number.POSITIVE_INFINITY, 0];
  let kept = layersOf(network);
  for (let epoch = 0; epoch < parameters.maxIterations; epoch++) {
    const trained = runEpoch(network, task, random, batchSize, parameters);
    const loss = task.heldOut.length === 0 ? trained : lossOf(network, task, batchSize);
    if (!Number.isFinite(loss)) throw diverged(epoch);
    curve.push(loss);
    if (loss < best - parameters.tol) bestAt = epoch;
    // Without held-out rows the last epoch is kept, as scikit-learn does.
    if (loss < best && task.heldOut.length > 0) kept = layersOf(network);
    best = Math.min(best, loss);
    if (epoch - bestAt >= parameters.nIterNoChange || task.shouldStop()) break;
  }
  return { layers: task.heldOut.length > 0 ? kept : layersOf(network), curve };
}

/** One pass over the training rows; gives their mean loss on the way. */
function runEpoch(
  network: Network,
  task: TrainingTask,
  random: RandomState,
  batchSize: number,
  { learningRateInit, alpha }: MlpParameters,
): number {
  const order = random.permutation(task.training.length).map((i) => task.training[i]);
  let [loss, total] = [0, 0];
  for (let from = 0; from < order.length; from += batchSize) {
    const rows = order.subarray(from, from + batchSize);
    const weight = weightOf(rows, task.weights);
    load(network, task, rows);
    network.forward(rows.length);
    loss += task.loss(network.output, rows, task.weights, 1 / weight);
    total += weight;
    network.backward(rows.length);
    network.step(learningRateInit, alpha / weight);
  }
  return loss / total;
}

function lossOf(network: Network, task: TrainingTask, batchSize: number): number {
  let loss = 0;
  for (let from = 0; from < task.heldOut.length; from += batchSize) {
    const rows = task.heldOut.subarray(from, from + batchSize);
    load(network, task, rows);
    network.forward(rows.length);
    loss += task.loss(network.output, rows, task.weights, 0);
  }
  return loss / weightOf(task.heldOut, task.weights);
}

function load(network: Network, { x, columnCount }: TrainingTask, rows: Int32Array): void {
  const width = padded(columnCount);
  rows.forEach((row, i) => {
    network.input.set(x.subarray(row * width, (row + 1) * width), i * width);
  });
}

function weightOf(rows: Int32Array, weights: Float64Array | null): number {
  return weights === null ? rows.length : rows.reduce((sum, row) => sum + weights[row], 0);
}

function diverged(epoch: number): LearnError {
  return new LearnError(
    'DATA_OUT_OF_RANGE',
    `the network's loss is no finite number after ${epoch + 1} epochs; bring the columns to a common ` +
      'scale with a StandardScaler, or lower learningRateInit',
  );
}
