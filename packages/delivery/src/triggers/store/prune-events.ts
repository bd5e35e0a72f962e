// How many events of the triggers stay: of each pipeline the newest, and all that wait.
import type { DeliveryWriter } from '../../database/delivery-database.ts';

/** So many events are kept of each pipeline. */
export const maxKept = 1_000;

export async function pruneEvents(tables: DeliveryWriter, pipelineId: number): Promise<void> {
  const own = tables.selectFrom('delivery_trigger_events').select('sequence');
  const newest = own.where('pipeline_id', '=', pipelineId).orderBy('sequence', 'desc');
  const oldestKept = await newest
    .offset(maxKept - 1)
    .limit(1)
    .executeTakeFirst();
  if (oldestKept === undefined) return;
  await tables
    .deleteFrom('delivery_trigger_events')
    .where('pipeline_id', '=', pipelineId)
    .where('sequence', '<', oldestKept.sequence)
    .where('status', '!=', 'Pending')
    .execute();
}
