// Cuts what is to be logged into requests that the server takes: MLflow's limits of one log-batch.

import type { MlflowMetric, MlflowParam, MlflowTag } from '../wire/mlflow-run.ts';

export interface RunBatch {
  readonly metrics?: readonly MlflowMetric[];
  readonly params?: readonly MlflowParam[];
  readonly tags?: readonly MlflowTag[];
}

const mostMetrics = 1000;
const mostParams = 100;
const mostTags = 100;

/** Batches in order, each of one kind and within the limits; none where there is nothing. */
export function cutBatches({ metrics, params, tags }: RunBatch): RunBatch[] {
  return [
    ...chunks(params, mostParams).map((chunk) => ({ params: chunk })),
    ...chunks(tags, mostTags).map((chunk) => ({ tags: chunk })),
    ...chunks(metrics, mostMetrics).map((chunk) => ({ metrics: chunk })),
  ];
}

function chunks<T>(items: readonly T[] = [], size: number): (readonly T[])[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, i) => items.slice(i * size, (i + 1) * size));
}
