// How often it was tried lately to be somebody, counted for all servers of a workspace: who guesses
// gets no more guesses by asking another one. What is counted by is kept as a digest, as people type
// passwords where names belong.
import type { Clock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import type { IdentityWriter } from './identity-limits.ts';
import { tokenHash } from './token.ts';

/** One of the ways in which a try is counted. */
export interface TryCounter {
  /** What for and whose, such as `sign-in ::1 ada`. */
  readonly key: string;
  readonly limit: number;
  /** From its first try on. */
  readonly windowMs: number;
}

/** The oldest go first: a crowd of names must not fill the disk. */
const maxCounters = 10_000;

export class SignInTries {
  readonly #database: WorkspaceDatabase;
  readonly #clock: Clock;

  constructor(database: WorkspaceDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Whether one of them is at its limit; counts nothing. */
  async isReached(counters: readonly TryCounter[]): Promise<boolean> {
    return this.#isReached(this.#database.kysely, counters);
  }

  /** Counts one try on all of them; on none, and false, where one is at its limit. */
  async take(counters: readonly TryCounter[]): Promise<boolean> {
    // The first costs no write, however often those ask who have no more tries.
    if (await this.isReached(counters)) return false;
    return this.#database.write(async (writer) => {
      if (await this.#isReached(writer, counters)) return false;
      await this.#makeRoom(writer, counters.length);
      for (const counter of counters) await this.#count(writer, counter);
      return true;
    });
  }

  /** What succeeded was no guess, nor was any before it. */
  async forget(counters: readonly TryCounter[]): Promise<void> {
    const keys = counters.map(({ key }) => tokenHash(key));
    await this.#database.write((writer) =>
      writer.deleteFrom('sign_in_tries').where('key', 'in', keys).execute(),
    );
  }

  /** What succeeded was no guess; those before it stay what they were. */
  async takeBack({ key }: TryCounter): Promise<void> {
    await this.#database.write((writer) =>
      writer
        .updateTable('sign_in_tries')
        .set(({ eb }) => ({ count: eb('count', '-', 1) }))
        .where('key', '=', tokenHash(key))
        .where('count', '>', 0)
        .execute(),
    );
  }

  async #isReached(
    reader: Pick<IdentityWriter, 'selectFrom'>,
    counters: readonly TryCounter[],
  ): Promise<boolean> {
    const limits = new Map(counters.map(({ key, limit }) => [tokenHash(key), limit]));
    const rows = await reader
      .selectFrom('sign_in_tries')
      .select(['key', 'count'])
      .where('key', 'in', [...limits.keys()])
      .where('ends_at', '>', this.#clock())
      .execute();
    return rows.some(({ key, count }) => count >= (limits.get(key) ?? 0));
  }

  async #count(writer: IdentityWriter, { key, windowMs }: TryCounter): Promise<void> {
    await writer
      .insertInto('sign_in_tries')
      .values({ key: tokenHash(key), count: 1, ends_at: this.#clock() + windowMs })
      .onConflict((conflict) =>
        conflict
          .column('key')
          .doUpdateSet(({ eb }) => ({ count: eb('sign_in_tries.count', '+', 1) })),
      )
      .execute();
  }

  async #makeRoom(writer: IdentityWriter, needed: number): Promise<void> {
    await writer.deleteFrom('sign_in_tries').where('ends_at', '<=', this.#clock()).execute();
    const { count } = await writer
      .selectFrom('sign_in_tries')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    const over = Number(count) + needed - maxCounters;
    if (over <= 0) return;
    const oldest = writer.selectFrom('sign_in_tries').select('key').orderBy('ends_at').limit(over);
    await writer.deleteFrom('sign_in_tries').where('key', 'in', oldest).execute();
  }
}
