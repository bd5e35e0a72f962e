// The database of a workspace as the nouns see it: read, write, migrate. Knows no table by itself.
// Reads and writes go over two connections, so that a reader never sees a write that is under way.
import type { Kysely, Transaction } from 'kysely';
import { type Migration, runMigrations } from './migrate.ts';
import { SqliteChannel } from './sqlite-channel.ts';
import { WriteBatches } from './write-batches.ts';

export interface DatabaseOptions {
  /** How long to wait for a lock that another process holds; default 5,000. */
  readonly busyTimeoutMs?: number;
}

export class Database<Tables> {
  readonly #reader: SqliteChannel<Tables>;
  readonly #writer: SqliteChannel<Tables>;
  readonly #writes: WriteBatches<Tables>;

  private constructor(reader: SqliteChannel<Tables>, writer: SqliteChannel<Tables>) {
    this.#reader = reader;
    this.#writer = writer;
    this.#writes = new WriteBatches((work) => writer.transact(work));
  }

  /**
   * Opens the SQLite file, making it if it is not there.
   * @throws RidgelineError DATABASE_CANNOT_OPEN, DATABASE_CORRUPT, DATABASE_BUSY
   */
  static async open<Tables>(
    file: string,
    options: DatabaseOptions = {},
  ): Promise<Database<Tables>> {
    const writer = new SqliteChannel<Tables>(file, 'readwrite', options.busyTimeoutMs);
    try {
      const reader = new SqliteChannel<Tables>(file, 'readonly', options.busyTimeoutMs);
      return new Database<Tables>(reader, writer);
    } catch (error) {
      await writer.close();
      throw error;
    }
  }

  /** For reading only; each query sees the last commit. A write through it fails. */
  get kysely(): Kysely<Tables> {
    return this.#reader.kysely;
  }

  /**
   * Runs `work` as one transaction. Writers take turns in the order of their calls. When the
   * promise resolves, all of it is on disk; when it rejects, none of it happened. Writes that wait
   * at the same time share a commit.
   * `work` must query through its argument only; calling `write` inside `write` is an error.
   */
  async write<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.#writes.write(work);
  }

  /** Runs several reads that all see the same commit. `work` must query through its argument only. */
  async read<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.#reader.transact(work);
  }

  /**
   * Runs those migrations of `namespace` that have not run yet, all or none.
   * @throws RidgelineError DATABASE_TOO_NEW, MIGRATION_FAILED
   */
  async migrate(namespace: string, migrations: readonly Migration[]): Promise<void> {
    await this.write((transaction) => runMigrations(transaction, namespace, migrations));
  }

  /** Waits for the reads and writes that were asked for, then closes the file. */
  async close(): Promise<void> {
    await this.#reader.close();
    await this.#writes.idle();
    // The last connection to close moves the write-ahead log into the file; only a writer can.
    await this.#writer.close();
  }
}
