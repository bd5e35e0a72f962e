// Keeps schedules and their firings. A firing and how far its schedule has looked are written in one
// transaction: what was seen is never seen again, and never forgotten.
import { randomUUID } from 'node:crypto';
import type { Workspace } from '@ridgeline/workspace';
import type { Kysely, Transaction } from 'kysely';
import type { ScheduleError } from './schedule.ts';
import {
  type FiringTable,
  type ScheduleTable,
  type ScheduleTables,
  scheduleMigrations,
} from './schedule-tables.ts';
import type { Happening } from './triggers/watch.ts';

export type ScheduleRow = Readonly<ScheduleTable>;
export type FiringRow = Readonly<FiringTable>;

/** So many are kept of each schedule, and all of the last day: older ones go. */
const maxKept = 1_000;
const keptMs = 86_400_000;

export class ScheduleStore {
  readonly #database: Workspace['database'];
  readonly #reader: Kysely<ScheduleTables>;

  private constructor(database: Workspace['database']) {
    this.#database = database;
    this.#reader = database.kysely.withTables<ScheduleTables>();
  }

  static async open(database: Workspace['database']): Promise<ScheduleStore> {
    await database.migrate('schedules', scheduleMigrations);
    return new ScheduleStore(database);
  }

  get reader(): Kysely<ScheduleTables> {
    return this.#reader;
  }

  async find(name: string): Promise<ScheduleRow | null> {
    const query = this.#reader.selectFrom('schedules').selectAll().where('name', '=', name);
    return (await query.executeTakeFirst()) ?? null;
  }

  /** By name. */
  async list(limit: number): Promise<readonly ScheduleRow[]> {
    return this.#reader.selectFrom('schedules').selectAll().orderBy('name').limit(limit).execute();
  }

  async put(row: ScheduleRow): Promise<void> {
    const { schedule_id, name, created_at, ...change } = row;
    await this.#write((tables) =>
      tables
        .insertInto('schedules')
        .values(row)
        .onConflict((conflict) => conflict.column('name').doUpdateSet(change))
        .execute(),
    );
  }

  async update(scheduleId: string, change: Partial<ScheduleTable>): Promise<void> {
    await this.#write((tables) =>
      tables.updateTable('schedules').set(change).where('schedule_id', '=', scheduleId).execute(),
    );
  }

  /** With its firings. */
  async delete(scheduleId: string): Promise<void> {
    await this.#write(async (tables) => {
      for (const table of ['schedule_firings', 'schedules'] as const) {
        await tables.deleteFrom(table).where('schedule_id', '=', scheduleId).execute();
      }
    });
  }

  /** Writes down what has happened and how far the schedule has looked. What is there already stays. */
  async note(
    scheduleId: string,
    happenings: readonly Happening[],
    cursor: string | null,
    now: number,
  ): Promise<void> {
    await this.#write(async (tables) => {
      let sequence = await lastSequence(tables);
      for (const happening of happenings) {
        sequence += 1;
        const row = firingRow(scheduleId, happening, sequence, now);
        const insert = tables.insertInto('schedule_firings').values(row);
        await insert.onConflict((conflict) => conflict.doNothing()).execute();
      }
      await this.#prune(tables, scheduleId, now);
      const change = { error_code: null, error_message: null, ...(cursor !== null && { cursor }) };
      const update = tables.updateTable('schedules').set(change);
      await update.where('schedule_id', '=', scheduleId).execute();
    });
  }

  async noteError(scheduleId: string, { code, message }: ScheduleError): Promise<void> {
    await this.update(scheduleId, { error_code: code, error_message: message });
  }

  /** Those after a sequence number that are to be carried out yet, the oldest first. */
  async pending(after: number, limit: number): Promise<readonly FiringRow[]> {
    const query = this.#reader.selectFrom('schedule_firings').selectAll();
    const found = query.where('status', '=', 'Pending').where('sequence', '>', after);
    return found.orderBy('sequence').limit(limit).execute();
  }

  async findById(scheduleId: string): Promise<ScheduleRow | null> {
    const query = this.#reader.selectFrom('schedules').selectAll();
    return (await query.where('schedule_id', '=', scheduleId).executeTakeFirst()) ?? null;
  }

  async updateFiring(firingId: string, change: Partial<FiringTable>): Promise<void> {
    await this.#write((tables) =>
      tables
        .updateTable('schedule_firings')
        .set(change)
        .where('firing_id', '=', firingId)
        .execute(),
    );
  }

  async findFiring(scheduleId: string, eventKey: string): Promise<FiringRow | null> {
    const query = this.#reader.selectFrom('schedule_firings').selectAll();
    const found = query.where('schedule_id', '=', scheduleId).where('event_key', '=', eventKey);
    return (await found.executeTakeFirst()) ?? null;
  }

  /** The newest first. */
  async firings(scheduleId: string, limit: number): Promise<readonly FiringRow[]> {
    const query = this.#reader.selectFrom('schedule_firings').selectAll();
    const found = query.where('schedule_id', '=', scheduleId);
    return found.orderBy('sequence', 'desc').limit(limit).execute();
  }

  /** The job of the newest firing that has made one. */
  async lastJobId(scheduleId: string): Promise<string | null> {
    const query = this.#reader.selectFrom('schedule_firings').select('job_id');
    const found = query.where('schedule_id', '=', scheduleId).where('job_id', 'is not', null);
    return (await found.orderBy('sequence', 'desc').executeTakeFirst())?.job_id ?? null;
  }

  async #prune(tables: Transaction<ScheduleTables>, scheduleId: string, now: number) {
    const newest = tables
      .selectFrom('schedule_firings')
      .select('sequence')
      .where('schedule_id', '=', scheduleId)
      .orderBy('sequence', 'desc');
    const oldestKept = await newest
      .offset(maxKept - 1)
      .limit(1)
      .executeTakeFirst();
    if (oldestKept === undefined) return;
    await tables
      .deleteFrom('schedule_firings')
      .where('schedule_id', '=', scheduleId)
      .where('sequence', '<', oldestKept.sequence)
      .where('noted_at', '<', now - keptMs)
      .where('status', '!=', 'Pending')
      .execute();
  }

  async #write<T>(work: (tables: Transaction<ScheduleTables>) => Promise<T>): Promise<T> {
    return this.#database.write((transaction) => work(transaction.withTables<ScheduleTables>()));
  }
}

async function lastSequence(tables: Transaction<ScheduleTables>): Promise<number> {
  const { last } = await tables
    .selectFrom('schedule_firings')
    .select(({ fn }) => fn.max('sequence').as('last'))
    .executeTakeFirstOrThrow();
  return Number(last ?? 0);
}

function firingRow(
  scheduleId: string,
  { key, dueAt, reason, facts, isSkipped }: Happening,
  sequence: number,
  now: number,
): FiringRow {
  return {
    firing_id: randomUUID().replaceAll('-', ''),
    sequence,
    schedule_id: scheduleId,
    event_key: key,
    status: isSkipped === true ? 'Skipped' : 'Pending',
    due_at: dueAt,
    noted_at: now,
    reason,
    facts: JSON.stringify(facts),
    job_id: null,
    error_code: null,
    error_message: null,
  };
}
