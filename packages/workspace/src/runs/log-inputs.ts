// Records which datasets a run took in. A dataset is known by its name and digest within an
// experiment, and is stored once however many runs use it.
import type { Transaction } from 'kysely';
import { checkName, checkText, invalid } from '../checks/check-text.ts';
import { limits } from '../checks/limits.ts';
import { type KeyValue, type KeyValues, lastOfEachKey, toPairs } from '../key-values.ts';
import { checkCount } from './check-batch.ts';
import type { Dataset } from './run.ts';
import type { RunRow, RunTables } from './run-tables.ts';

type Writer = Transaction<RunTables>;

export interface NewDatasetInput {
  readonly dataset: Dataset;
  /** Such as `mlflow.data.context` with the value `training`. */
  readonly tags?: KeyValues;
}

export interface CheckedDatasetInput {
  readonly dataset: Dataset;
  readonly tags: readonly KeyValue[];
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkInputs(inputs: readonly NewDatasetInput[]): readonly CheckedDatasetInput[] {
  checkCount('datasets', inputs.length, limits.datasetsPerRequest);
  return inputs.map((input) => ({
    dataset: checkDataset(input.dataset),
    tags: lastOfEachKey(toPairs('input tags', input.tags).map(checkInputTag)),
  }));
}

export async function writeInputs(
  writer: Writer,
  run: RunRow,
  inputs: readonly CheckedDatasetInput[],
  newId: () => string,
): Promise<void> {
  for (const input of inputs) {
    const datasetId = await datasetIdOf(writer, run.experiment_id, input.dataset, newId);
    const inputId = newId();
    const inserted = await writer
      .insertInto('inputs')
      .values({
        input_uuid: inputId,
        source_type: 'DATASET',
        source_id: datasetId,
        destination_type: 'RUN',
        destination_id: run.run_uuid,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    // As in MLflow: an input that the run has already keeps the tags that it has.
    if (inserted.numInsertedOrUpdatedRows === 0n || input.tags.length === 0) continue;
    const tags = input.tags.map(({ key, value }) => ({ input_uuid: inputId, name: key, value }));
    await writer.insertInto('input_tags').values(tags).execute();
  }
}

async function datasetIdOf(
  writer: Writer,
  experimentId: number,
  dataset: Dataset,
  newId: () => string,
): Promise<string> {
  const row = {
    dataset_uuid: newId(),
    experiment_id: experimentId,
    name: dataset.name,
    digest: dataset.digest,
    dataset_source_type: dataset.source_type,
    dataset_source: dataset.source,
    dataset_schema: dataset.schema ?? null,
    dataset_profile: dataset.profile ?? null,
  };
  await writer
    .insertInto('datasets')
    .values(row)
    .onConflict((conflict) => conflict.columns(['experiment_id', 'name', 'digest']).doNothing())
    .execute();
  const { dataset_uuid } = await writer
    .selectFrom('datasets')
    .select('dataset_uuid')
    .where('experiment_id', '=', experimentId)
    .where('name', '=', dataset.name)
    .where('digest', '=', dataset.digest)
    .executeTakeFirstOrThrow();
  return dataset_uuid;
}

function checkDataset(dataset: Dataset | undefined): Dataset {
  if (typeof dataset !== 'object' || dataset === null) throw invalid('Dataset cannot be None');
  const { schema, profile } = dataset;
  return {
    name: checkName('dataset name', dataset.name, limits.datasetNameLength),
    digest: checkName('dataset digest', dataset.digest, limits.datasetDigestLength),
    source_type: checkName('dataset source_type', dataset.source_type, 36),
    source: checkText('dataset source', dataset.source, limits.datasetSourceLength),
    ...optional('schema', schema, limits.datasetSchemaLength),
    ...optional('profile', profile, limits.datasetProfileLength),
  };
}

function optional(name: 'schema' | 'profile', value: string | undefined, limit: number) {
  return value === undefined ? {} : { [name]: checkText(`dataset ${name}`, value, limit) };
}

function checkInputTag(tag: KeyValue): KeyValue {
  const key = checkName('input tag key', tag.key, limits.inputTagKeyLength);
  return { key, value: checkText(`input tag ${key}`, tag.value, limits.inputTagValueLength) };
}
