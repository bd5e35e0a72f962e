// Writes down what has happened, in the transaction of whoever has seen it.
import { randomUUID } from 'node:crypto';
import type { DeliveryWriter } from '../../database/delivery-database.ts';
import type { TriggerEventTable } from '../../database/trigger-tables.ts';
import type { Happening } from '../trigger-event.ts';
import { pruneEvents } from './prune-events.ts';

export type EventRow = Readonly<TriggerEventTable>;

/** Source → id of the event. What is there already stays. */
export async function insertEvents(
  tables: DeliveryWriter,
  pipelineId: number,
  happenings: readonly Happening[],
  now: number,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  let sequence = await lastSequence(tables);
  for (const happening of happenings) {
    sequence += 1;
    const row = eventRow(pipelineId, happening, sequence, now);
    ids.set(happening.source, row.event_id);
    const insert = tables.insertInto('delivery_trigger_events').values(row);
    await insert.onConflict((conflict) => conflict.doNothing()).execute();
  }
  if (happenings.length > 0) await pruneEvents(tables, pipelineId);
  return ids;
}

async function lastSequence(tables: DeliveryWriter): Promise<number> {
  const { last } = await tables
    .selectFrom('delivery_trigger_events')
    .select(({ fn }) => fn.max('sequence').as('last'))
    .executeTakeFirstOrThrow();
  return Number(last ?? 0);
}

function eventRow(
  pipelineId: number,
  happening: Happening,
  sequence: number,
  now: number,
): EventRow {
  const { key, source, kind, branch, commit, reason, why, facts, error } = happening;
  return {
    event_id: randomUUID().replaceAll('-', ''),
    sequence,
    pipeline_id: pipelineId,
    event_key: key,
    source,
    kind,
    status: error === undefined ? 'Pending' : 'Failed',
    branch,
    commit_id: commit,
    reason,
    why,
    facts: JSON.stringify(facts),
    noted_at: now,
    build_id: null,
    error_code: error?.code ?? null,
    error_message: error?.message ?? null,
  };
}
