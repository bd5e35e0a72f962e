// The database port on a SQLite file. Reads and writes go over connections of their own, so that a
// reader never sees a write that is under way; reads that may take long go over a third.
import type { Kysely } from 'kysely';
import type { DatabasePort, Work } from './database-port.ts';
import { type EngineLease, lockedByFolder } from './engine-lease.ts';
import { SqliteAside } from './sqlite-aside.ts';
import { SqliteChannel } from './sqlite-channel.ts';
import { defaultBusyTimeoutMs, SqliteConnection } from './sqlite-connection.ts';

export class SqlitePort<Tables> implements DatabasePort<Tables> {
  readonly #reader: SqliteChannel<Tables>;
  readonly #writer: SqliteChannel<Tables>;
  readonly #aside: SqliteChannel<Tables>;

  private constructor(
    reader: SqliteChannel<Tables>,
    writer: SqliteChannel<Tables>,
    aside: SqliteChannel<Tables>,
  ) {
    this.#reader = reader;
    this.#writer = writer;
    this.#aside = aside;
  }

  /** @throws RidgelineError DATABASE_CANNOT_OPEN, DATABASE_CORRUPT, DATABASE_BUSY */
  static async open<Tables>(
    file: string,
    busyTimeoutMs = defaultBusyTimeoutMs,
  ): Promise<SqlitePort<Tables>> {
    const connect = (readOnly: boolean) => new SqliteConnection(file, { readOnly, busyTimeoutMs });
    const writer = new SqliteChannel<Tables>(connect(false), 'immediate');
    try {
      const reader = new SqliteChannel<Tables>(connect(true), 'deferred');
      const aside = new SqliteChannel<Tables>(new SqliteAside({ file, busyTimeoutMs }), 'deferred');
      return new SqlitePort<Tables>(reader, writer, aside);
    } catch (error) {
      await writer.close();
      throw error;
    }
  }

  get kysely(): Kysely<Tables> {
    return this.#reader.kysely;
  }

  async write<T>(work: Work<Tables, T>): Promise<T> {
    return this.#writer.transact(work);
  }

  async read<T>(work: Work<Tables, T>): Promise<T> {
    return this.#reader.transact(work);
  }

  async readAside<T>(work: Work<Tables, T>): Promise<T> {
    return this.#aside.transact(work);
  }

  lease(): EngineLease {
    return lockedByFolder;
  }

  channel(): null {
    return null;
  }

  async close(): Promise<void> {
    await this.#aside.close();
    await this.#reader.close();
    await this.#writer.close();
  }
}
