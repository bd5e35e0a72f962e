// The database of a workspace as the nouns see it: read, write, migrate. Knows no table by itself,
// and of the database system beneath only that it keeps the port's promises.
import type { Kysely, Transaction } from 'kysely';
import type { DatabasePort } from './database-port.ts';
import type { EngineLease } from './engine-lease.ts';
import { haveRun, type Migration, runMigrations } from './migrate.ts';
import { isPostgresAddress, parsePostgresAddress } from './postgres-address.ts';
import type { ServerChannel } from './server-channel.ts';
import { SqlitePort } from './sqlite-port.ts';
import { WriteBatches } from './write-batches.ts';
import { type WriteAll, writeTogether } from './write-together.ts';

export interface DatabaseOptions {
  /** How long SQLite waits for a lock that another process holds; default 5,000. */
  readonly busyTimeoutMs?: number;
  /** How long a statement of Postgres may take or wait for other writers; default 30,000. */
  readonly statementTimeoutMs?: number;
  /** How long to try to reach a Postgres again that was lost, before DATABASE_UNREACHABLE; default 5,000. */
  readonly reconnectMs?: number;
  /** How long a read of Postgres waits for a connection; default 10,000. */
  readonly connectTimeoutMs?: number;
}

export class Database<Tables> {
  readonly #port: DatabasePort<Tables>;
  readonly #writes: WriteBatches<Tables>;
  /** Several ask for the same. */
  readonly #upToDate = new Set<readonly Migration[]>();
  #revision = 0;

  private constructor(port: DatabasePort<Tables>) {
    this.#port = port;
    this.#writes = new WriteBatches((work) => port.write(work));
  }

  /**
   * @param place path of a SQLite file, made if it is not there, or `postgres://…`: see
   *   postgres-address.ts.
   * @throws RidgelineError DATABASE_CANNOT_OPEN, DATABASE_CORRUPT, DATABASE_BUSY,
   *   DATABASE_ADDRESS_INVALID, DATABASE_UNREACHABLE
   */
  static async open<Tables>(
    place: string,
    options: DatabaseOptions = {},
  ): Promise<Database<Tables>> {
    return new Database<Tables>(await openPort(place, options));
  }

  /** For reading only; each query sees the last commit. A write through it fails. */
  get kysely(): Kysely<Tables> {
    return this.#port.kysely;
  }

  /**
   * Runs `work` as one transaction. Writers take turns in the order of their calls. When the
   * promise resolves, all of it is on disk; when it rejects, none of it happened. Writes that wait
   * at the same time share a commit.
   * `work` must query through its argument only; calling `write` inside `write` is an error.
   */
  async write<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    try {
      return await this.#writes.write(work);
    } finally {
      this.#revision += 1;
    }
  }

  /**
   * Another number after each `write` of this process, so that what was read before may be kept until
   * then. Those of `writeTogether` do not count, nor do those of other processes.
   */
  get revision(): number {
    return this.#revision;
  }

  /**
   * As `write`, for writes of one kind that many ask for one by one: those that wait at the same time
   * are handed to `writeAll` at once.
   */
  writeTogether<Item>(writeAll: WriteAll<Tables, Item>): (item: Item) => Promise<void> {
    return writeTogether(this.#writes, writeAll);
  }

  /** Runs several reads that all see the same commit. `work` must query through its argument only. */
  async read<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.#port.read(work);
  }

  /** As `read`, for what may take long. It begins a little later, and keeps nobody else waiting. */
  async readAside<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.#port.readAside(work);
  }

  /**
   * Runs those migrations of `namespace` that have not run yet, all or none.
   * @throws RidgelineError DATABASE_TOO_NEW, MIGRATION_FAILED
   */
  async migrate(namespace: string, migrations: readonly Migration[]): Promise<void> {
    if (this.#upToDate.has(migrations)) return;
    if (!(await haveRun(this.kysely, namespace, migrations))) {
      await this.write((transaction) => runMigrations(transaction, namespace, migrations));
    }
    this.#upToDate.add(migrations);
  }

  /** The right to run the engines on it, which one process has at a time. */
  lease(): EngineLease {
    return this.#port.lease();
  }

  /** To the other servers that have it open; null where none can. */
  channel(): ServerChannel | null {
    return this.#port.channel();
  }

  /** Waits for the reads and writes that were asked for, then closes. */
  async close(): Promise<void> {
    await this.#writes.idle();
    await this.#port.close();
  }
}

async function openPort<Tables>(
  place: string,
  options: DatabaseOptions,
): Promise<DatabasePort<Tables>> {
  if (!isPostgresAddress(place)) return SqlitePort.open(place, options.busyTimeoutMs);
  const address = parsePostgresAddress(place);
  // Only now: its driver is not for the start of those who have no Postgres.
  const { PostgresPort } = await import('./postgres-port.ts');
  return PostgresPort.open(address, options);
}
