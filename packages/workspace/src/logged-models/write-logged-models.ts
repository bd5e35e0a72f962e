// The changes to logged models, each within a transaction of the caller.
import type { Transaction } from 'kysely';
import { invalid, quote } from '../checks/check-text.ts';
import type { WorkspaceTables } from '../database/tables.ts';
import { RidgelineError } from '../errors.ts';
import { activeExperimentRow } from '../experiments/read-experiments.ts';
import type { KeyValue } from '../key-values.ts';
import { runRow } from '../runs/read-runs.ts';
import type { CheckedLoggedModel } from './check-logged-model.ts';
import type { LoggedModelRow, LoggedModelTables } from './logged-model-tables.ts';

type Writer = Transaction<LoggedModelTables>;

/** @throws RidgelineError RESOURCE_DOES_NOT_EXIST for the experiment, or for the run */
export async function insertLoggedModel(
  writer: Transaction<WorkspaceTables>,
  modelId: string,
  model: CheckedLoggedModel,
  now: number,
): Promise<LoggedModelRow> {
  const experiment = await activeExperimentRow(writer, model.experimentId);
  if (model.sourceRunId !== null) await runRow(writer, model.sourceRunId);
  const row = {
    model_id: modelId,
    experiment_id: experiment.experiment_id,
    name: model.name,
    artifact_location: `${experiment.artifact_location}/models/${modelId}/artifacts`,
    creation_timestamp_ms: now,
    last_updated_timestamp_ms: now,
    status: 'PENDING',
    lifecycle_stage: 'active',
    model_type: model.modelType,
    source_run_id: model.sourceRunId,
    status_message: null,
  } as const;
  await writer.insertInto('logged_models').values(row).execute();
  await insertLoggedModelParams(writer, modelId, model.params);
  await putLoggedModelTags(writer, modelId, model.tags);
  return row;
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE for a param that has another value already */
export async function insertLoggedModelParams(
  writer: Writer,
  modelId: string,
  params: readonly KeyValue[],
): Promise<void> {
  if (params.length === 0) return;
  await writer
    .insertInto('logged_model_params')
    .values(params.map((param) => ({ model_id: modelId, ...param })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const wanted = new Map(params.map(({ key, value }) => [key, value]));
  const stored = await writer
    .selectFrom('logged_model_params')
    .selectAll()
    .where('model_id', '=', modelId)
    .where('key', 'in', [...wanted.keys()])
    .execute();
  const changed = stored.find(({ key, value }) => wanted.get(key) !== value);
  if (changed === undefined) return;
  throw invalid(
    `param ${quote(changed.key)} of logged model ${modelId} has the value ` +
      `${quote(changed.value)} already, and params are written once`,
  );
}

export async function putLoggedModelTags(
  writer: Writer,
  modelId: string,
  tags: readonly KeyValue[],
): Promise<void> {
  if (tags.length === 0) return;
  await writer
    .insertInto('logged_model_tags')
    .values(tags.map((tag) => ({ model_id: modelId, ...tag })))
    .onConflict((conflict) =>
      conflict
        .columns(['model_id', 'key'])
        .doUpdateSet((row) => ({ value: row.ref('excluded.value') })),
    )
    .execute();
}

export async function updateLoggedModel(
  writer: Writer,
  modelId: string,
  change: Partial<Pick<LoggedModelRow, 'status' | 'lifecycle_stage'>>,
  now: number,
): Promise<void> {
  await writer
    .updateTable('logged_models')
    .set({ ...change, last_updated_timestamp_ms: now })
    .where('model_id', '=', modelId)
    .execute();
}

/** @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
export async function deleteLoggedModelTag(
  writer: Writer,
  modelId: string,
  key: string,
): Promise<void> {
  const { numDeletedRows } = await writer
    .deleteFrom('logged_model_tags')
    .where('model_id', '=', modelId)
    .where('key', '=', key)
    .executeTakeFirst();
  if (numDeletedRows > 0n) return;
  const message = `No tag with key '${key}' found for model with ID '${modelId}'.`;
  throw new RidgelineError('RESOURCE_DOES_NOT_EXIST', message);
}
