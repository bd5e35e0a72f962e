// Logs metrics of many calls, of one run or of several, at once.
import type { Transaction } from 'kysely';
import { RidgelineError } from '../errors.ts';
import { activeRunRow } from './read-runs.ts';
import type { Metric } from './run.ts';
import type { RunKey, RunTables } from './run-tables.ts';
import { writeMetrics } from './write-metrics.ts';

export interface MetricsCall {
  readonly runId: string;
  readonly metrics: readonly Metric[];
}

/** Gives for each call null, or why it was refused. */
export async function logMetrics(
  writer: Transaction<RunTables>,
  calls: readonly MetricsCall[],
): Promise<ReadonlyArray<RidgelineError | null>> {
  const found = await activeRuns(writer, new Set(calls.map(({ runId }) => runId)));
  const writes = calls.flatMap(({ runId, metrics }) => {
    const run = found.get(runId);
    return run === undefined || run instanceof RidgelineError ? [] : [{ run, metrics }];
  });
  await writeMetrics(writer, writes);
  return calls.map(({ runId }) => {
    const run = found.get(runId);
    return run instanceof RidgelineError ? run : null;
  });
}

/** By id; of those that are not there, or deleted, the error. */
async function activeRuns(
  writer: Transaction<RunTables>,
  runIds: ReadonlySet<string>,
): Promise<ReadonlyMap<string, RunKey | RidgelineError>> {
  const active = await writer
    .selectFrom('runs')
    .select(['run_uuid', 'experiment_id'])
    .where('run_uuid', 'in', [...runIds])
    .where('lifecycle_stage', '=', 'active')
    .execute();
  const found = new Map<string, RunKey | RidgelineError>(active.map((run) => [run.run_uuid, run]));
  for (const runId of runIds) {
    if (!found.has(runId)) found.set(runId, await refusalOf(writer, runId));
  }
  return found;
}

async function refusalOf(writer: Transaction<RunTables>, runId: string): Promise<RidgelineError> {
  try {
    await activeRunRow(writer, runId);
  } catch (error) {
    if (error instanceof RidgelineError) return error;
    throw error;
  }
  throw new Error(`run ${runId} became active in the midst of a transaction`);
}
