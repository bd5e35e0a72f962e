// Reads logged models with their params, tags and metrics, within a transaction of the caller.
import { type Selectable, sql, type Transaction } from 'kysely';
import { chunks } from '../database/chunks.ts';
import { RidgelineError } from '../errors.ts';
import type { KeyValue } from '../key-values.ts';
import { type LoggedModel, type LoggedModelMetric, toLoggedModel } from './logged-model.ts';
import type {
  LoggedModelMetricsTable,
  LoggedModelRow,
  LoggedModelTables,
} from './logged-model-tables.ts';

type Reader = Transaction<LoggedModelTables>;

/** Of each model, so that one that was evaluated a million times can still be shown. */
const maxPoints = 1_000;

/** @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
export async function loggedModelRow(reader: Reader, modelId: string): Promise<LoggedModelRow> {
  const row = await reader
    .selectFrom('logged_models')
    .selectAll()
    .where('model_id', '=', modelId)
    .executeTakeFirst();
  if (row !== undefined) return row;
  throw noLoggedModel(modelId);
}

/** @throws RidgelineError RESOURCE_DOES_NOT_EXIST for one that is deleted, too */
export async function activeLoggedModelRow(
  reader: Reader,
  modelId: string,
): Promise<LoggedModelRow> {
  const row = await loggedModelRow(reader, modelId);
  if (row.lifecycle_stage === 'active') return row;
  throw noLoggedModel(modelId);
}

/** The models of these rows, in their order. */
export async function loggedModelsOf(
  reader: Reader,
  rows: readonly LoggedModelRow[],
): Promise<readonly LoggedModel[]> {
  const models: LoggedModel[] = [];
  for (const chunk of chunks(rows)) {
    const ids = chunk.map((row) => row.model_id);
    const params = await pairsByModel(reader, 'logged_model_params', ids);
    const tags = await pairsByModel(reader, 'logged_model_tags', ids);
    const metrics = Map.groupBy(await latestPoints(reader, ids), (row) => row.model_id);
    for (const row of chunk) {
      const id = row.model_id;
      const points = metrics.get(id)?.map(toMetric) ?? [];
      const parts = { params: params.get(id) ?? [], tags: tags.get(id) ?? [], metrics: points };
      models.push(toLoggedModel(row, parts));
    }
  }
  return models;
}

async function pairsByModel(
  reader: Reader,
  table: 'logged_model_params' | 'logged_model_tags',
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly KeyValue[]>> {
  const rows = await reader
    .selectFrom(table)
    .selectAll()
    .where('model_id', 'in', ids)
    .orderBy('key')
    .execute();
  const byModel = new Map<string, KeyValue[]>(ids.map((id) => [id, []]));
  for (const { model_id, key, value } of rows) byModel.get(model_id)?.push({ key, value });
  return byModel;
}

type MetricRow = Selectable<LoggedModelMetricsTable>;

async function latestPoints(reader: Reader, ids: readonly string[]): Promise<readonly MetricRow[]> {
  return reader
    .selectFrom(
      reader
        .selectFrom('logged_model_metrics')
        .selectAll()
        .select(
          sql<number>`row_number() over (partition by model_id order by timestamp desc, step desc,
            key, run_id)`.as('place'),
        )
        .where('model_id', 'in', ids)
        .as('point'),
    )
    .selectAll()
    .where('place', '<=', maxPoints)
    .orderBy('timestamp')
    .orderBy('step')
    .orderBy('key')
    .orderBy('run_id')
    .execute();
}

function toMetric(row: MetricRow): LoggedModelMetric {
  return {
    key: row.key,
    value: row.is_nan ? Number.NaN : row.value,
    timestamp: row.timestamp,
    step: row.step,
    model_id: row.model_id,
    run_id: row.run_id,
    ...(row.dataset_name === null ? {} : { dataset_name: row.dataset_name }),
    ...(row.dataset_digest === null ? {} : { dataset_digest: row.dataset_digest }),
  };
}

function noLoggedModel(modelId: string): RidgelineError {
  const message = `Logged model with ID '${modelId}' not found.`;
  return new RidgelineError('RESOURCE_DOES_NOT_EXIST', message);
}
