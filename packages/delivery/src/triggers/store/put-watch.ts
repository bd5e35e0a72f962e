// The beginning and the end of a pipeline's watch.
import type { DeliveryWriter } from '../../database/delivery-database.ts';
import { putHeads } from './put-heads.ts';

/** What is there when nobody has looked before. */
export interface FirstSight {
  readonly repository: string;
  readonly heads: ReadonlyMap<string, string>;
  /** Pull requests → what is published of them, and their heads. */
  readonly pulls: ReadonlyMap<number, { readonly tip: string; readonly decided: string }>;
}

export async function putFirstSight(
  tables: DeliveryWriter,
  pipelineId: number,
  { repository, heads, pulls }: FirstSight,
  now: number,
): Promise<void> {
  await forget(tables, pipelineId);
  const error = { error_code: null, error_message: null };
  const row = { pipeline_id: pipelineId, repository, since: now, ...error };
  await tables.insertInto('delivery_watches').values(row).execute();
  await putHeads(tables, pipelineId, heads);
  for (const [number, seen] of pulls) {
    const pull = { pipeline_id: pipelineId, number, ...seen, facts: null, facts_at: 0 };
    await tables.insertInto('delivery_pull_requests').values(pull).execute();
  }
}

export async function forget(tables: DeliveryWriter, pipelineId: number): Promise<void> {
  for (const table of [
    'delivery_watches',
    'delivery_heads',
    'delivery_batches',
    'delivery_schedules',
    'delivery_pull_requests',
    'delivery_other_watches',
  ] as const) {
    await tables.deleteFrom(table).where('pipeline_id', '=', pipelineId).execute();
  }
}
