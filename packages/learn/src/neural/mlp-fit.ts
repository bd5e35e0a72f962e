// The fit that both perceptrons share: rows of training and of validation below each other, and the
// training over them.

import type { Matrix } from '../matrix/matrix.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import type { mlpParameters } from './mlp-parameters.ts';
import type { OutputLoss } from './output-loss.ts';
import { type TrainedNetwork, trainNetwork } from './train-network.ts';
import { float32Rows, splitRows } from './training-data.ts';

export interface MlpTask {
  readonly x: Matrix;
  readonly weights: Float64Array | null;
  /** Rows to watch; the loss knows their targets behind those of `x`. */
  readonly watched: Matrix | null;
  readonly outputs: number;
  readonly loss: OutputLoss;
}

export function fitMlp(
  { x, weights, watched, outputs, loss }: MlpTask,
  parameters: ParameterValues<typeof mlpParameters>,
  shouldStop: (() => boolean) | undefined,
): TrainedNetwork {
  const watchedCount = watched?.rowCount ?? 0;
  const task = {
    x: watched === null ? float32Rows(x) : float32Rows(x, watched),
    columnCount: x.columnCount,
    outputs,
    weights: weights && joined(weights, new Float64Array(watchedCount).fill(1)),
    loss,
    ...splitRows(x.rowCount, watchedCount, parameters),
    shouldStop: shouldStop ?? (() => false),
  };
  return trainNetwork(task, parameters);
}

/** One vector after the other. */
export function joined(first: Float64Array, second: Float64Array): Float64Array {
  const both = new Float64Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
