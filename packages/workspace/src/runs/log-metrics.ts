// Logs metrics of many calls, of one run or of several, at once.
import type { Transaction } from 'kysely';
import { RidgelineError } from '../errors.ts';
import { activeRunRow } from './read-runs.ts';
import type { RunTables } from './run-tables.ts';
import { type MetricsOfRun, writeMetrics } from './write-batch.ts';

/** Gives for each call null, or why it was refused. */
export async function logMetrics(
  writer: Transaction<RunTables>,
  calls: readonly MetricsOfRun[],
): Promise<ReadonlyArray<RidgelineError | null>> {
  const refusals = await refusalsOf(writer, new Set(calls.map(({ runId }) => runId)));
  await writeMetrics(
    writer,
    calls.filter(({ runId }) => !refusals.has(runId)),
  );
  return calls.map(({ runId }) => refusals.get(runId) ?? null);
}

async function refusalsOf(
  writer: Transaction<RunTables>,
  runIds: ReadonlySet<string>,
): Promise<ReadonlyMap<string, RidgelineError>> {
  const active = await writer
    .selectFrom('runs')
    .select('run_uuid')
    .where('run_uuid', 'in', [...runIds])
    .where('lifecycle_stage', '=', 'active')
    .execute();
  const others = runIds.difference(new Set(active.map((row) => row.run_uuid)));
  const refusals = new Map<string, RidgelineError>();
  for (const runId of others) refusals.set(runId, await refusalOf(writer, runId));
  return refusals;
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
