// Removes what is left of a run that nobody sees any more: its points, of which there may be millions,
// some at a time, so that other writers are not kept waiting; at last its row.

import { setImmediate } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import { sql } from 'kysely';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import type { WorkspaceTables } from '../database/tables.ts';

/** A few hundredths of a second. */
const pointsAtOnce = 10_000;

/** Nothing happens where there is nothing of it, as with a logged model. */
export async function removeRest(database: WorkspaceDatabase, runId: string): Promise<void> {
  // SQLite answers at once: without a pause no request would come to its turn until all is removed.
  while (await database.write((writer) => removeSome(writer, runId))) await setImmediate();
}

/** False where nothing was left. */
async function removeSome(writer: Transaction<WorkspaceTables>, runId: string): Promise<boolean> {
  const last = await writer
    .selectFrom('metrics')
    .select(['key', 'timestamp', 'step', 'value'])
    .where('run_uuid', '=', runId)
    .orderBy('key')
    .orderBy('timestamp')
    .orderBy('step')
    .orderBy('value')
    .offset(pointsAtOnce - 1)
    .limit(1)
    .executeTakeFirst();
  const points = writer.deleteFrom('metrics').where('run_uuid', '=', runId);
  if (last !== undefined) {
    const { key, timestamp, step, value } = last;
    const upTo = sql<boolean>`(key, timestamp, step, value) <= (${key}, ${timestamp}, ${step}, ${value})`;
    await points.where(upTo).execute();
    return true;
  }
  await points.execute();
  await writer
    .deleteFrom('runs')
    .where('run_uuid', '=', runId)
    .where(sql<boolean>`lifecycle_stage = 'removing'`)
    .execute();
  return false;
}
