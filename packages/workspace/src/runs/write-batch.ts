// Writes checked metrics, params and tags to a run, within a transaction of the caller.
import { type Insertable, sql, type Transaction } from 'kysely';
import { chunks } from '../database/chunks.ts';
import { rowInsert } from '../database/row-insert.ts';
import { RidgelineError } from '../errors.ts';
import type { KeyValue } from '../key-values.ts';
import type { CheckedBatch } from './check-batch.ts';
import { isLater, type StoredMetric, toStoredValue } from './metric-value.ts';
import type { Metric } from './run.ts';
import type { MetricsTable, RunKey, RunTables } from './run-tables.ts';

type Writer = Transaction<RunTables>;

/** MLflow keeps a run's name in a tag too; the two are always the same. */
export const runNameTag = 'mlflow.runName';

/** @throws RidgelineError INVALID_PARAMETER_VALUE for a param that has another value already */
export async function writeBatch(writer: Writer, run: RunKey, batch: CheckedBatch): Promise<void> {
  await writeMetrics(writer, [{ run, metrics: batch.metrics }]);
  await writeParams(writer, run, batch.params);
  await writeTags(writer, run, batch.tags);
}

export interface MetricsOfRun {
  readonly run: RunKey;
  readonly metrics: readonly Metric[];
}

export async function writeMetrics(writer: Writer, of: readonly MetricsOfRun[]): Promise<void> {
  const rows = of.flatMap(({ run, metrics }) => metrics.map((metric) => toRow(run, metric)));
  for (const chunk of chunks(rows)) await insertPoints(writer, chunk);
  for (const chunk of chunks(latestOfEachKey(rows))) await insertLatest(writer, chunk);
}

const pointColumns = {
  run_uuid: 'text',
  key: 'text',
  value: 'double precision',
  timestamp: 'bigint',
  step: 'bigint',
  is_nan: 'boolean',
} as const;

const insertPoints = rowInsert<RunTables, 'metrics', Insertable<MetricsTable>>(
  'metrics',
  pointColumns,
  // A point that is sent again, by a client that never saw the answer, is the same point.
  (insert) => insert.onConflict((conflict) => conflict.doNothing()),
);

const insertLatest = rowInsert<RunTables, 'latest_metrics', MetricRow>(
  'latest_metrics',
  { ...pointColumns, experiment_id: 'bigint' },
  (insert) =>
    insert.onConflict((conflict) =>
      conflict
        .columns(['run_uuid', 'key'])
        .doUpdateSet((row) => ({
          value: row.ref('excluded.value'),
          timestamp: row.ref('excluded.timestamp'),
          step: row.ref('excluded.step'),
          is_nan: row.ref('excluded.is_nan'),
        }))
        .where(
          sql<boolean>`(excluded.step, excluded.timestamp, excluded.value) >
            (latest_metrics.step, latest_metrics.timestamp, latest_metrics.value)`,
        ),
    ),
);

async function writeParams(
  writer: Writer,
  run: RunKey,
  params: readonly KeyValue[],
): Promise<void> {
  if (params.length === 0) return;
  await writer
    .insertInto('params')
    .values(params.map((param) => toPairRow(run, param)))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  // What is there now is what was there before or what was sent: only the first may differ.
  const stored = await writer
    .selectFrom('params')
    .select(['key', 'value'])
    .where('run_uuid', '=', run.run_uuid)
    .where(
      'key',
      'in',
      params.map((param) => param.key),
    )
    .execute();
  const wanted = new Map(params.map((param) => [param.key, param.value]));
  const changed = stored.find(({ key, value }) => wanted.get(key) !== value);
  if (changed !== undefined)
    throw paramChanged(run.run_uuid, changed, wanted.get(changed.key) ?? '');
}

export async function writeTags(
  writer: Writer,
  run: RunKey,
  tags: readonly KeyValue[],
): Promise<void> {
  if (tags.length === 0) return;
  await writer
    .insertInto('tags')
    .values(tags.map((tag) => toPairRow(run, tag)))
    .onConflict((conflict) =>
      conflict
        .columns(['run_uuid', 'key'])
        .doUpdateSet((row) => ({ value: row.ref('excluded.value') })),
    )
    .execute();
  const name = tags.find((tag) => tag.key === runNameTag)?.value;
  if (name === undefined) return;
  await writer.updateTable('runs').set({ name }).where('run_uuid', '=', run.run_uuid).execute();
}

type MetricRow = StoredMetric & RunKey & { readonly is_nan: boolean };

function toRow(run: RunKey, { key, value, timestamp, step }: Metric): MetricRow {
  return { ...keyOf(run), key, timestamp, step, ...toStoredValue(value) };
}

function toPairRow(run: RunKey, { key, value }: KeyValue) {
  return { ...keyOf(run), key, value };
}

function keyOf({ run_uuid, experiment_id }: RunKey): RunKey {
  return { run_uuid, experiment_id };
}

function latestOfEachKey(rows: readonly MetricRow[]): readonly MetricRow[] {
  const latest = new Map<string, MetricRow>();
  for (const row of rows) {
    const id = `${row.run_uuid} ${row.key}`;
    const known = latest.get(id);
    if (known === undefined || isLater(row, known)) latest.set(id, row);
  }
  return [...latest.values()];
}

function paramChanged(runId: string, stored: KeyValue, wanted: string): RidgelineError {
  const message =
    `Changing param values is not allowed. Param with key='${stored.key}' was already logged ` +
    `with value='${stored.value}' for run ID='${runId}'. Attempted logging new value '${wanted}'. ` +
    'Log it to another run, such as a child run, or under another key.';
  return new RidgelineError('INVALID_PARAMETER_VALUE', message);
}
