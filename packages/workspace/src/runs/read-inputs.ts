// Reads the datasets that runs took in, within a transaction of the caller.
import type { Selectable, Transaction } from 'kysely';
import type { KeyValue } from '../key-values.ts';
import type { DatasetInput } from './run.ts';
import type { DatasetsTable, RunTables } from './run-tables.ts';

export interface InputOfRun {
  readonly runId: string;
  readonly input: DatasetInput;
}

export async function datasetInputsOf(
  reader: Transaction<RunTables>,
  runIds: readonly string[],
): Promise<readonly InputOfRun[]> {
  const rows = await reader
    .selectFrom('inputs')
    .innerJoin('datasets', 'datasets.dataset_uuid', 'inputs.source_id')
    .selectAll('datasets')
    .select(['inputs.input_uuid', 'inputs.destination_id'])
    .where('inputs.destination_type', '=', 'RUN')
    .where('inputs.destination_id', 'in', runIds)
    .where('inputs.source_type', '=', 'DATASET')
    .orderBy('datasets.name')
    .orderBy('datasets.digest')
    .execute();
  if (rows.length === 0) return [];
  const tags = await inputTags(reader, runIds);
  return rows.map((row) => ({
    runId: row.destination_id,
    input: { dataset: toDataset(row), tags: tags.get(row.input_uuid) ?? [] },
  }));
}

async function inputTags(
  reader: Transaction<RunTables>,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, readonly KeyValue[]>> {
  const rows = await reader
    .selectFrom('input_tags')
    .innerJoin('inputs', 'inputs.input_uuid', 'input_tags.input_uuid')
    .selectAll('input_tags')
    .where('inputs.destination_type', '=', 'RUN')
    .where('inputs.destination_id', 'in', runIds)
    .orderBy('input_tags.name')
    .execute();
  const byInput = Map.groupBy(rows, (row) => row.input_uuid);
  const pairs = [...byInput].map(([input, tags]): [string, readonly KeyValue[]] => [
    input,
    tags.map(({ name, value }) => ({ key: name, value })),
  ]);
  return new Map(pairs);
}

function toDataset(row: Selectable<DatasetsTable>): DatasetInput['dataset'] {
  return {
    name: row.name,
    digest: row.digest,
    source_type: row.dataset_source_type,
    source: row.dataset_source,
    ...(row.dataset_schema === null ? {} : { schema: row.dataset_schema }),
    ...(row.dataset_profile === null ? {} : { profile: row.dataset_profile }),
  };
}
