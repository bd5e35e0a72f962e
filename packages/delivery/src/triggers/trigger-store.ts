// Keeps what the triggers have seen and what came of it. What has happened and how far a pipeline
// has looked are written in one transaction: nothing is seen twice, and nothing is forgotten.
import { randomUUID } from 'node:crypto';
import type { DeliveryDatabase, DeliveryWriter } from '../database/delivery-database.ts';
import type { TriggerEventTable } from '../database/trigger-tables.ts';
import type { Happening, TriggerError } from './trigger-event.ts';

export type EventRow = Readonly<TriggerEventTable>;

/** Everything that one look at a pipeline has brought. */
export interface Findings {
  readonly happenings: readonly Happening[];
  /** Refs → their commits; null for one that is gone. */
  readonly heads: ReadonlyMap<string, string | null>;
  /** Refs → the commits that wait; null where nothing is waited for any more. The batch's build is
   * that of the happening of the ref in this look, else as before. */
  readonly batches: ReadonlyMap<string, readonly string[] | null>;
  /** Schedules on branches → when they were last looked at. */
  readonly schedules: ReadonlyMap<string, number>;
}

/** So many events are kept of each pipeline. */
const maxKept = 1_000;

export class TriggerStore {
  readonly #database: DeliveryDatabase;

  constructor(database: DeliveryDatabase) {
    this.#database = database;
  }

  async watchOf(pipelineId: number) {
    const query = this.#database.reader.selectFrom('delivery_watches').selectAll();
    return (await query.where('pipeline_id', '=', pipelineId).executeTakeFirst()) ?? null;
  }

  /** Begins anew: what is there now does not count. */
  async watch(
    pipelineId: number,
    repository: string,
    heads: ReadonlyMap<string, string>,
    now: number,
  ): Promise<void> {
    await this.#database.write(async (tables) => {
      await forget(tables, pipelineId);
      const error = { error_code: null, error_message: null };
      const row = { pipeline_id: pipelineId, repository, since: now, ...error };
      await tables.insertInto('delivery_watches').values(row).execute();
      await putHeads(tables, pipelineId, heads);
    });
  }

  /** Of a pipeline that is disabled or gone. Its events stay. */
  async unwatch(pipelineId: number): Promise<void> {
    await this.#database.write((tables) => forget(tables, pipelineId));
  }

  async watchedIds(): Promise<readonly number[]> {
    const query = this.#database.reader.selectFrom('delivery_watches').select('pipeline_id');
    return (await query.execute()).map((row) => row.pipeline_id);
  }

  async headsOf(pipelineId: number): Promise<ReadonlyMap<string, string>> {
    const query = this.#database.reader.selectFrom('delivery_heads').selectAll();
    const rows = await query.where('pipeline_id', '=', pipelineId).execute();
    return new Map(rows.map((row) => [row.ref, row.commit_id]));
  }

  /** Refs → the event whose build is waited for, and the commits that wait. */
  async batchesOf(pipelineId: number) {
    const query = this.#database.reader.selectFrom('delivery_batches').selectAll();
    const rows = await query.where('pipeline_id', '=', pipelineId).execute();
    return new Map(
      rows.map(({ ref, event_id, waiting }) => {
        const commits: readonly string[] = JSON.parse(waiting);
        return [ref, { eventId: event_id, waiting: commits }] as const;
      }),
    );
  }

  async schedulesOf(pipelineId: number): Promise<ReadonlyMap<string, number>> {
    const query = this.#database.reader.selectFrom('delivery_schedules').selectAll();
    const rows = await query.where('pipeline_id', '=', pipelineId).execute();
    return new Map(rows.map((row) => [row.source, row.looked_at]));
  }

  /** Also of a pipeline whose first look failed, which then still begins anew. */
  async noteError(pipelineId: number, error: TriggerError | null, now: number): Promise<void> {
    const change = { error_code: error?.code ?? null, error_message: error?.message ?? null };
    const row = { pipeline_id: pipelineId, repository: '', since: now, ...change };
    await this.#database.write((tables) =>
      tables
        .insertInto('delivery_watches')
        .values(row)
        .onConflict((conflict) => conflict.column('pipeline_id').doUpdateSet(change))
        .execute(),
    );
  }

  async note(pipelineId: number, findings: Findings, now: number): Promise<void> {
    await this.#database.write(async (tables) => {
      const ids = await insertEvents(tables, pipelineId, findings.happenings, now);
      await putHeads(tables, pipelineId, findings.heads);
      await putBatches(tables, pipelineId, findings.batches, ids);
      for (const [source, looked_at] of findings.schedules) {
        await tables
          .insertInto('delivery_schedules')
          .values({ pipeline_id: pipelineId, source, looked_at })
          .onConflict((conflict) => conflict.doUpdateSet({ looked_at }))
          .execute();
      }
    });
  }

  /** Where the ends of builds are looked at next; null before the first look. */
  async completionCursor(): Promise<number | null> {
    const query = this.#database.reader.selectFrom('delivery_completions').selectAll();
    return (await query.executeTakeFirst())?.sequence ?? null;
  }

  /** What the end of a build has brought, pipeline by pipeline. */
  async noteCompletions(
    happenings: ReadonlyMap<number, readonly Happening[]>,
    sequence: number,
    now: number,
  ): Promise<void> {
    await this.#database.write(async (tables) => {
      for (const [pipelineId, each] of happenings) {
        await insertEvents(tables, pipelineId, each, now);
      }
      await tables
        .insertInto('delivery_completions')
        .values({ id: 1, sequence })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ sequence }))
        .execute();
    });
  }

  /** To be carried out yet, the oldest first. */
  async pending(): Promise<readonly EventRow[]> {
    const query = this.#database.reader.selectFrom('delivery_trigger_events').selectAll();
    return query.where('status', '=', 'Pending').orderBy('sequence').limit(maxKept).execute();
  }

  async settle(eventId: string, outcome: number | TriggerError): Promise<void> {
    const change =
      typeof outcome === 'number'
        ? { status: 'Queued' as const, build_id: outcome }
        : {
            status: 'Failed' as const,
            error_code: outcome.code,
            error_message: outcome.message,
          };
    await this.#database.write((tables) =>
      tables
        .updateTable('delivery_trigger_events')
        .set(change)
        .where('event_id', '=', eventId)
        .execute(),
    );
  }

  async find(eventId: string): Promise<EventRow | null> {
    const query = this.#database.reader.selectFrom('delivery_trigger_events').selectAll();
    return (await query.where('event_id', '=', eventId).executeTakeFirst()) ?? null;
  }

  /** The newest first; `source`: only those of one. */
  async events(pipelineId: number, limit: number, source?: string): Promise<readonly EventRow[]> {
    const query = this.#database.reader.selectFrom('delivery_trigger_events').selectAll();
    const found = query.where('pipeline_id', '=', pipelineId);
    const narrowed = source === undefined ? found : found.where('source', '=', source);
    return narrowed.orderBy('sequence', 'desc').limit(limit).execute();
  }
}

async function forget(tables: DeliveryWriter, pipelineId: number): Promise<void> {
  for (const table of [
    'delivery_watches',
    'delivery_heads',
    'delivery_batches',
    'delivery_schedules',
  ] as const) {
    await tables.deleteFrom(table).where('pipeline_id', '=', pipelineId).execute();
  }
}

async function putHeads(
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

/** Source → id of the event. What is there already stays. */
async function insertEvents(
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
  if (happenings.length > 0) await prune(tables, pipelineId);
  return ids;
}

async function lastSequence(tables: DeliveryWriter): Promise<number> {
  const { last } = await tables
    .selectFrom('delivery_trigger_events')
    .select(({ fn }) => fn.max('sequence').as('last'))
    .executeTakeFirstOrThrow();
  return Number(last ?? 0);
}

async function prune(tables: DeliveryWriter, pipelineId: number): Promise<void> {
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
