// Reads experiments with their tags, within a transaction of the caller.
import type { Transaction } from 'kysely';
import { chunks } from '../database/chunks.ts';
import { RidgelineError } from '../errors.ts';
import type { KeyValue } from '../key-values.ts';
import {
  type Experiment,
  type ExperimentRow,
  experimentNumber,
  toExperiment,
} from './experiment.ts';
import type { ExperimentTables } from './experiment-tables.ts';

type Reader = Transaction<ExperimentTables>;

/** @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
export async function experimentRow(reader: Reader, id: string): Promise<ExperimentRow> {
  const experimentId = experimentNumber(id);
  const row =
    experimentId === null
      ? undefined
      : await reader
          .selectFrom('experiments')
          .selectAll()
          .where('experiment_id', '=', experimentId)
          .executeTakeFirst();
  if (row !== undefined) return row;
  const message = `No Experiment with id=${id} exists`;
  throw new RidgelineError('RESOURCE_DOES_NOT_EXIST', message);
}

/** @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE if it is deleted */
export async function activeExperimentRow(reader: Reader, id: string): Promise<ExperimentRow> {
  const row = await experimentRow(reader, id);
  if (row.lifecycle_stage === 'active') return row;
  const message =
    `The experiment ${id} must be in the 'active' state. Current state is ` +
    `${row.lifecycle_stage}; restore it first`;
  throw new RidgelineError('INVALID_PARAMETER_VALUE', message);
}

export async function experimentRowByName(
  reader: Reader,
  name: string,
): Promise<ExperimentRow | undefined> {
  return reader.selectFrom('experiments').selectAll().where('name', '=', name).executeTakeFirst();
}

export async function withTags(
  reader: Reader,
  rows: readonly ExperimentRow[],
): Promise<readonly Experiment[]> {
  const tags = new Map<number, KeyValue[]>(rows.map((row) => [row.experiment_id, []]));
  for (const ids of chunks([...tags.keys()])) {
    for (const { experiment_id, key, value } of await tagRows(reader, ids)) {
      tags.get(experiment_id)?.push({ key, value });
    }
  }
  return rows.map((row) => toExperiment(row, tags.get(row.experiment_id) ?? []));
}

async function tagRows(reader: Reader, ids: readonly number[]) {
  return reader
    .selectFrom('experiment_tags')
    .selectAll()
    .where('experiment_id', 'in', ids)
    .orderBy('experiment_id')
    .orderBy('key')
    .execute();
}
