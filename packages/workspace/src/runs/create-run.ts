// Begins a run: its id, its name, its place for artifacts, its first tags.
import type { Transaction } from 'kysely';
import { checkName, checkText, checkTime, invalid, quote } from '../checks/check-text.ts';
import { limits } from '../checks/limits.ts';
import type { WorkspaceTables } from '../database/tables.ts';
import { RidgelineError } from '../errors.ts';
import { activeExperimentRow } from '../experiments/read-experiments.ts';
import { type KeyValue, type KeyValues, lastOfEachKey, toPairs } from '../key-values.ts';
import { checkTag } from './check-batch.ts';
import { runRow } from './read-runs.ts';
import { runNameTag, writeTags } from './write-batch.ts';

/** The tag by which a child run names its parent. */
export const parentRunTag = 'mlflow.parentRunId';

export interface CreateRun {
  readonly experimentId: string;
  /**
   * 32 hexadecimal digits; default: a new id. For a caller that must write the id down before the
   * run is there, so as to know it again after a crash.
   */
  readonly runId?: string;
  /** Default: `run-` and the first digits of the id. */
  readonly runName?: string;
  /** Milliseconds since the epoch; default: now. */
  readonly startTime?: number;
  readonly tags?: KeyValues;
  /** Must exist; kept as the tag `mlflow.parentRunId`. */
  readonly parentRunId?: string;
  readonly userId?: string;
}

export interface CheckedRun {
  readonly experimentId: string;
  readonly name: string;
  readonly startTime: number;
  readonly userId: string;
  readonly parentRunId: string | undefined;
  readonly tags: readonly KeyValue[];
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkRun(run: CreateRun, runId: string, now: number): CheckedRun {
  const tags = lastOfEachKey(toPairs('tags', run.tags).map(checkTag));
  const name = agreed(tags, runNameTag, 'runName', run.runName || undefined);
  const parentRunId = agreed(tags, parentRunTag, 'parentRunId', run.parentRunId);
  const checkedName = checkRunName(name ?? `run-${runId.slice(0, 8)}`);
  const named = [...tags, { key: runNameTag, value: checkedName }];
  const parented = parentRunId === undefined ? [] : [{ key: parentRunTag, value: parentRunId }];
  return {
    experimentId: run.experimentId,
    name: checkedName,
    startTime: checkTime('start_time', run.startTime ?? now),
    userId: checkText('user_id', run.userId ?? '', limits.keyLength),
    parentRunId: run.parentRunId,
    tags: lastOfEachKey([...named, ...parented]),
  };
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkRunName(name: unknown): string {
  return checkName('run name', name, limits.keyLength);
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkRunId(runId: string): string {
  if (/^[0-9a-f]{32}$/.test(runId)) return runId;
  throw invalid(`run id ${quote(runId)} must have 32 hexadecimal digits, a to f in lower case`);
}

/**
 * @throws RidgelineError RESOURCE_DOES_NOT_EXIST for the experiment, or for the parent,
 *   RESOURCE_ALREADY_EXISTS for a run of that id
 */
export async function insertRun(
  writer: Transaction<WorkspaceTables>,
  runId: string,
  run: CheckedRun,
): Promise<void> {
  const experiment = await activeExperimentRow(writer, run.experimentId);
  if (run.parentRunId !== undefined) await runRow(writer, run.parentRunId);
  const row = {
    run_uuid: runId,
    name: run.name,
    source_type: 'UNKNOWN',
    source_name: '',
    entry_point_name: '',
    user_id: run.userId,
    status: 'RUNNING',
    start_time: run.startTime,
    end_time: null,
    deleted_time: null,
    source_version: '',
    lifecycle_stage: 'active',
    artifact_uri: `${experiment.artifact_location}/${runId}/artifacts`,
    experiment_id: experiment.experiment_id,
  } as const;
  const inserted = await writer
    .insertInto('runs')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 0n) {
    throw new RidgelineError('RESOURCE_ALREADY_EXISTS', `Run with id=${runId} already exists`);
  }
  await writeTags(writer, row, run.tags);
}

/** What the argument and the tag say, which must not be two things. */
function agreed(
  tags: readonly KeyValue[],
  tagKey: string,
  argument: string,
  value: string | undefined,
): string | undefined {
  const tagged = tags.find((tag) => tag.key === tagKey)?.value;
  if (value === undefined || tagged === undefined || tagged === value) return value ?? tagged;
  throw invalid(
    `Both '${argument}' argument and '${tagKey}' tag are specified, but with different values ` +
      `(${quote(value)} and ${quote(tagged)}); leave one out`,
  );
}
