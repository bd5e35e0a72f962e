// Everything that one look at a pipeline has brought, written at once.
import type { DeliveryWriter } from '../../database/delivery-database.ts';
import type { Happening } from '../trigger-event.ts';
import { insertEvents } from './insert-events.ts';
import { putHeads } from './put-heads.ts';

export interface Findings {
  readonly happenings: readonly Happening[];
  /** Refs → their commits; null for one that is gone. */
  readonly heads: ReadonlyMap<string, string | null>;
  /** Refs → the commits that wait; null where nothing is waited for any more. The batch's build is
   * that of the happening of the ref in this look, else as before. */
  readonly batches: ReadonlyMap<string, readonly string[] | null>;
  /** Schedules on branches → when they were last looked at. */
  readonly schedules: ReadonlyMap<string, number>;
  /** Pull requests → what was seen of them; null for one that is gone. */
  readonly pulls: ReadonlyMap<number, SeenPull | null>;
  /** Aliases of other repositories → where they lie; null for one that is not watched any more. */
  readonly others: ReadonlyMap<string, string | null>;
}

export interface SeenPull {
  readonly tip: string;
  readonly decided: string;
}

export const noFindings: Findings = {
  happenings: [],
  heads: new Map(),
  batches: new Map(),
  schedules: new Map(),
  pulls: new Map(),
  others: new Map(),
};

export function isNothing(findings: Findings): boolean {
  const { happenings, heads, batches, schedules, pulls, others } = findings;
  const maps = [heads, batches, schedules, pulls, others];
  return happenings.length === 0 && maps.every((map) => map.size === 0);
}

export async function putFindings(
  tables: DeliveryWriter,
  pipelineId: number,
  findings: Findings,
  now: number,
): Promise<void> {
  const ids = await insertEvents(tables, pipelineId, findings.happenings, now);
  await putHeads(tables, pipelineId, findings.heads);
  await putBatches(tables, pipelineId, findings.batches, ids);
  for (const [source, looked_at] of findings.schedules) {
    await tables
      .insertInto('delivery_schedules')
      .values({ pipeline_id: pipelineId, source, looked_at })
      .onConflict((conflict) =>
        conflict.columns(['pipeline_id', 'source']).doUpdateSet({ looked_at }),
      )
      .execute();
  }
  await putPulls(tables, pipelineId, findings.pulls);
  await putOthers(tables, pipelineId, findings.others);
}

async function putBatches(
  tables: DeliveryWriter,
  pipelineId: number,
  batches: Findings['batches'],
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  for (const [ref, waiting] of batches) {
    const own = tables.selectFrom('delivery_batches').selectAll();
    const query = own.where('pipeline_id', '=', pipelineId).where('ref', '=', ref);
    const before = await query.executeTakeFirst();
    const old = tables.deleteFrom('delivery_batches').where('pipeline_id', '=', pipelineId);
    await old.where('ref', '=', ref).execute();
    const eventId = ids.get(`push ${ref}`) ?? before?.event_id;
    if (waiting === null || eventId === undefined) continue;
    const row = { pipeline_id: pipelineId, ref, event_id: eventId };
    const values = { ...row, waiting: JSON.stringify(waiting) };
    await tables.insertInto('delivery_batches').values(values).execute();
  }
}

/** What a hook has said of it stays. */
async function putPulls(
  tables: DeliveryWriter,
  pipelineId: number,
  pulls: Findings['pulls'],
): Promise<void> {
  for (const [number, seen] of pulls) {
    if (seen === null) {
      const old = tables.deleteFrom('delivery_pull_requests').where('number', '=', number);
      await old.where('pipeline_id', '=', pipelineId).execute();
      continue;
    }
    await tables
      .insertInto('delivery_pull_requests')
      .values({ pipeline_id: pipelineId, number, ...seen, facts: null, facts_at: 0 })
      .onConflict((conflict) => conflict.columns(['pipeline_id', 'number']).doUpdateSet(seen))
      .execute();
  }
}

async function putOthers(
  tables: DeliveryWriter,
  pipelineId: number,
  others: Findings['others'],
): Promise<void> {
  for (const [alias, repository] of others) {
    const old = tables.deleteFrom('delivery_other_watches').where('alias', '=', alias);
    await old.where('pipeline_id', '=', pipelineId).execute();
    if (repository === null) continue;
    const row = { pipeline_id: pipelineId, alias, repository };
    await tables.insertInto('delivery_other_watches').values(row).execute();
  }
}
