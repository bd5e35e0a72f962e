// The database port on a SQLite file. Reads and writes go over two connections, so that a reader
// never sees a write that is under way.
import type { Kysely } from 'kysely';
import type { DatabasePort, Work } from './database-port.ts';
import { type EngineLease, lockedByFolder } from './engine-lease.ts';
import { SqliteChannel } from './sqlite-channel.ts';

export class SqlitePort<Tables> implements DatabasePort<Tables> {
  readonly schema = undefined;
  readonly #reader: SqliteChannel<Tables>;
  readonly #writer: SqliteChannel<Tables>;

  private constructor(reader: SqliteChannel<Tables>, writer: SqliteChannel<Tables>) {
    this.#reader = reader;
    this.#writer = writer;
  }

  /** @throws RidgelineError DATABASE_CANNOT_OPEN, DATABASE_CORRUPT, DATABASE_BUSY */
  static async open<Tables>(file: string, busyTimeoutMs?: number): Promise<SqlitePort<Tables>> {
    const writer = new SqliteChannel<Tables>(file, 'readwrite', busyTimeoutMs);
    try {
      const reader = new SqliteChannel<Tables>(file, 'readonly', busyTimeoutMs);
      return new SqlitePort<Tables>(reader, writer);
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

  lease(): EngineLease {
    return lockedByFolder;
  }

  channel(): null {
    return null;
  }

  async close(): Promise<void> {
    await this.#reader.close();
    await this.#writer.close();
  }
}
