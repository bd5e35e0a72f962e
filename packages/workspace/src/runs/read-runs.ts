// Reads runs with all that was logged to them, within a transaction of the caller.
import type { Transaction } from 'kysely';
import { chunks } from '../database/chunks.ts';
import { RidgelineError } from '../errors.ts';
import type { KeyValue } from '../key-values.ts';
import { modelsOfRuns } from './log-models.ts';
import { toMetric } from './metric-value.ts';
import { datasetInputsOf } from './read-inputs.ts';
import {
  type DatasetInput,
  type Metric,
  type ModelInput,
  type ModelOutput,
  type Run,
  toRunInfo,
} from './run.ts';
import { type RunRow, type RunTables, stagesThere } from './run-tables.ts';

type Reader = Transaction<RunTables>;

/** @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
export async function runRow(reader: Reader, runId: string): Promise<RunRow> {
  const row = await reader
    .selectFrom('runs')
    .selectAll()
    .where('run_uuid', '=', runId)
    .where('lifecycle_stage', 'in', stagesThere)
    .executeTakeFirst();
  if (row !== undefined) return row;
  throw new RidgelineError('RESOURCE_DOES_NOT_EXIST', `Run with id=${runId} not found`);
}

/** @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE if it is deleted */
export async function activeRunRow(reader: Reader, runId: string): Promise<RunRow> {
  const row = await runRow(reader, runId);
  if (row.lifecycle_stage === 'active') return row;
  const message =
    `The run ${runId} must be in the 'active' state. Current state is ${row.lifecycle_stage}; ` +
    'restore it first';
  throw new RidgelineError('INVALID_PARAMETER_VALUE', message);
}

/** The runs of these rows, in their order. */
export async function withData(reader: Reader, rows: readonly RunRow[]): Promise<readonly Run[]> {
  const parts = new Map(rows.map((row) => [row.run_uuid, new RunParts()]));
  for (const ids of chunks([...parts.keys()])) {
    for (const row of await metricRows(reader, ids)) {
      parts.get(row.run_uuid)?.metrics.push(toMetric(row));
    }
    for (const table of ['params', 'tags'] as const) {
      for (const { run_uuid, key, value } of await keyValueRows(reader, table, ids)) {
        parts.get(run_uuid)?.[table].push({ key, value });
      }
    }
    for (const { runId, input } of await datasetInputsOf(reader, ids)) {
      parts.get(runId)?.datasetInputs.push(input);
    }
    const models = await modelsOfRuns(reader, ids);
    for (const [runId, inputs] of models.inputs) parts.get(runId)?.modelInputs.push(...inputs);
    for (const [runId, outputs] of models.outputs) parts.get(runId)?.modelOutputs.push(...outputs);
  }
  return rows.map((row) => (parts.get(row.run_uuid) ?? new RunParts()).toRun(row));
}

/** Without the runs that do not have the tag. */
export async function tagValues(
  reader: Reader,
  runIds: readonly string[],
  key: string,
): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  for (const ids of chunks(runIds)) {
    const tags = reader.selectFrom('tags').select(['run_uuid', 'value']).where('key', '=', key);
    for (const { run_uuid, value } of await tags.where('run_uuid', 'in', ids).execute()) {
      values.set(run_uuid, value);
    }
  }
  return values;
}

/** What has been gathered of one run so far. */
class RunParts {
  readonly metrics: Metric[] = [];
  readonly params: KeyValue[] = [];
  readonly tags: KeyValue[] = [];
  readonly datasetInputs: DatasetInput[] = [];
  readonly modelInputs: ModelInput[] = [];
  readonly modelOutputs: ModelOutput[] = [];

  toRun(row: RunRow): Run {
    return {
      info: toRunInfo(row),
      data: { metrics: this.metrics, params: this.params, tags: this.tags },
      inputs: { dataset_inputs: this.datasetInputs, model_inputs: this.modelInputs },
      outputs: { model_outputs: this.modelOutputs },
    };
  }
}

async function metricRows(reader: Reader, runIds: readonly string[]) {
  return reader
    .selectFrom('latest_metrics')
    .select(['run_uuid', 'key', 'value', 'timestamp', 'step', 'is_nan'])
    .where('run_uuid', 'in', runIds)
    .orderBy('run_uuid')
    .orderBy('key')
    .execute();
}

async function keyValueRows(reader: Reader, table: 'params' | 'tags', runIds: readonly string[]) {
  return reader
    .selectFrom(table)
    .select(['run_uuid', 'key', 'value'])
    .where('run_uuid', 'in', runIds)
    .orderBy('run_uuid')
    .orderBy('key')
    .execute();
}
