// Where the branches and tags of a pipeline's repositories stood when they were last looked at.
import type { DeliveryWriter } from '../../database/delivery-database.ts';

/** Null: the ref is gone. */
export async function putHeads(
  tables: DeliveryWriter,
  pipelineId: number,
  heads: ReadonlyMap<string, string | null>,
): Promise<void> {
  for (const [ref, commit] of heads) {
    const old = tables.deleteFrom('delivery_heads').where('pipeline_id', '=', pipelineId);
    await old.where('ref', '=', ref).execute();
    if (commit === null) continue;
    const row = { pipeline_id: pipelineId, ref, commit_id: commit };
    await tables.insertInto('delivery_heads').values(row).execute();
  }
}
