// Writes checked metrics, params and tags to a run, within a transaction of the caller.
import type { Transaction } from 'kysely';
import { RidgelineError } from '../errors.ts';
import type { KeyValue } from '../key-values.ts';
import type { CheckedBatch } from './check-batch.ts';
import type { RunKey, RunTables } from './run-tables.ts';
import { writeMetrics } from './write-metrics.ts';

type Writer = Transaction<RunTables>;

/** MLflow keeps a run's name in a tag too; the two are always the same. */
export const runNameTag = 'mlflow.runName';

/** @throws RidgelineError INVALID_PARAMETER_VALUE for a param that has another value already */
export async function writeBatch(writer: Writer, run: RunKey, batch: CheckedBatch): Promise<void> {
  await writeMetrics(writer, [{ run, metrics: batch.metrics }]);
  await writeParams(writer, run, batch.params);
  await writeTags(writer, run, batch.tags);
}

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

function toPairRow({ run_uuid, experiment_id }: RunKey, { key, value }: KeyValue) {
  return { run_uuid, experiment_id, key, value };
}

function paramChanged(runId: string, stored: KeyValue, wanted: string): RidgelineError {
  const message =
    `Changing param values is not allowed. Param with key='${stored.key}' was already logged ` +
    `with value='${stored.value}' for run ID='${runId}'. Attempted logging new value '${wanted}'. ` +
    'Log it to another run, such as a child run, or under another key.';
  return new RidgelineError('INVALID_PARAMETER_VALUE', message);
}
