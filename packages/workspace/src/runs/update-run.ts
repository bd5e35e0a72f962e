// The changes to a run itself: its status, its end, its name, a tag that goes, and whether it is shown.
import type { Transaction } from 'kysely';
import { checkOneOf, checkTime, invalid } from '../checks/check-text.ts';
import { RidgelineError } from '../errors.ts';
import type { KeyValue } from '../key-values.ts';
import { checkRunName } from './create-run.ts';
import { activeRunRow, runRow } from './read-runs.ts';
import { type RunStatus, type RunTables, runStatuses } from './run-tables.ts';
import { runNameTag, writeTags } from './write-batch.ts';

type Writer = Transaction<RunTables>;

/** What is left out stays as it is. */
export interface UpdateRun {
  readonly status?: RunStatus;
  /** Milliseconds since the epoch. */
  readonly endTime?: number;
  readonly runName?: string;
}

export interface CheckedUpdate {
  readonly columns: { readonly status?: RunStatus; readonly end_time?: number };
  /** The name, which is changed by its tag. */
  readonly tags: readonly KeyValue[];
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkUpdate({ status, endTime, runName }: UpdateRun): CheckedUpdate {
  return {
    columns: {
      ...(status === undefined ? {} : { status: checkOneOf('status', status, runStatuses) }),
      ...(endTime === undefined ? {} : { end_time: checkTime('end_time', endTime) }),
    },
    tags: runName === undefined ? [] : [{ key: runNameTag, value: checkRunName(runName) }],
  };
}

/** @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE if it is deleted */
export async function updateRun(
  writer: Writer,
  runId: string,
  change: CheckedUpdate,
): Promise<void> {
  const run = await activeRunRow(writer, runId);
  await writeTags(writer, run, change.tags);
  if (Object.keys(change.columns).length === 0) return;
  await writer.updateTable('runs').set(change.columns).where('run_uuid', '=', runId).execute();
}

/** @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE if it is deleted already */
export async function deleteRun(writer: Writer, runId: string, now: number): Promise<void> {
  await activeRunRow(writer, runId);
  await writer
    .updateTable('runs')
    .set({ lifecycle_stage: 'deleted', deleted_time: now })
    .where('run_uuid', '=', runId)
    .execute();
}

/** @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE if it is not deleted */
export async function restoreRun(writer: Writer, runId: string): Promise<void> {
  const row = await runRow(writer, runId);
  if (row.lifecycle_stage === 'active') {
    throw invalid(`The run ${runId} must be in the 'deleted' state. Current state is active.`);
  }
  await writer
    .updateTable('runs')
    .set({ lifecycle_stage: 'active', deleted_time: null })
    .where('run_uuid', '=', runId)
    .execute();
}

/** @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE if the run is deleted */
export async function deleteTag(writer: Writer, runId: string, key: string): Promise<void> {
  await activeRunRow(writer, runId);
  const { numDeletedRows } = await writer
    .deleteFrom('tags')
    .where('run_uuid', '=', runId)
    .where('key', '=', key)
    .executeTakeFirst();
  if (numDeletedRows > 0n) return;
  const message = `No tag with name: ${key} in run with id ${runId}`;
  throw new RidgelineError('RESOURCE_DOES_NOT_EXIST', message);
}
