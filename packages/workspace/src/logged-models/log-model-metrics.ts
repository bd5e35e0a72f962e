// Points of metrics that a run measures on a logged model: they are the run's, and the model's too.
import type { Transaction } from 'kysely';
import { chunks } from '../database/chunks.ts';
import { toStoredValue } from '../runs/metric-value.ts';
import type { Metric, MetricOrigin } from '../runs/run.ts';
import type { LoggedModelTables } from './logged-model-tables.ts';
import { activeLoggedModelRow } from './read-logged-models.ts';

/** @throws RidgelineError RESOURCE_DOES_NOT_EXIST for a model */
export async function writeModelMetrics(
  writer: Transaction<LoggedModelTables>,
  runId: string,
  metrics: readonly (Metric & MetricOrigin)[],
): Promise<void> {
  const rows = metrics.flatMap(({ modelId, datasetName, datasetDigest, ...metric }) => {
    if (!modelId) return [];
    const { key, timestamp, step, value } = metric;
    const data = { dataset_name: datasetName ?? null, dataset_digest: datasetDigest ?? null };
    const point = { key, timestamp, step, ...toStoredValue(value) };
    return [{ model_id: modelId, run_id: runId, ...point, ...data }];
  });
  for (const id of new Set(rows.map((row) => row.model_id))) await activeLoggedModelRow(writer, id);
  for (const chunk of chunks(rows)) {
    await writer
      .insertInto('logged_model_metrics')
      .values(chunk)
      // A point that is sent again, by a client that never saw the answer, is the same point.
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
