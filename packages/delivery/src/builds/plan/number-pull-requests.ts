// Numbers for pull requests that no server has numbered: two branches of a pipeline's repository keep
// theirs from build to build.
import type { DeliveryDatabase } from '../../database/delivery-database.ts';

export async function numberOf(
  database: DeliveryDatabase,
  pipelineId: number,
  { source, target }: { readonly source: string; readonly target: string },
): Promise<number> {
  return database.write(async (tables) => {
    const all = tables.selectFrom('delivery_local_pull_requests');
    const own = all.select('number').where('pipeline_id', '=', pipelineId);
    const same = own.where('source', '=', source).where('target', '=', target);
    const known = await same.executeTakeFirst();
    if (known !== undefined) return known.number;
    const last = await own.orderBy('number', 'desc').limit(1).executeTakeFirst();
    const row = { pipeline_id: pipelineId, number: (last?.number ?? 0) + 1, source, target };
    await tables.insertInto('delivery_local_pull_requests').values(row).execute();
    return row.number;
  });
}
