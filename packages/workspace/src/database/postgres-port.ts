// The database port on a schema of a Postgres database. Many may read at once; a writer holds the
// schema's lock, so that writers of all servers take turns and each finds what it read unchanged.
import { Kysely, type Transaction } from 'kysely';
import { RidgelineError } from '../errors.ts';
import type { DatabasePort, Work } from './database-port.ts';
import type { EngineLease } from './engine-lease.ts';
import type { PostgresAddress } from './postgres-address.ts';
import { PostgresChannel } from './postgres-channel.ts';
import { RidgelinePostgresDialect } from './postgres-dialect.ts';
import { handleEmptyLists } from './postgres-empty-lists.ts';
import { PostgresLease } from './postgres-lease.ts';
import { lockKey } from './postgres-lock-key.ts';
import { PostgresPool } from './postgres-pool.ts';
import { prepareSchema } from './postgres-schema.ts';
import { SelfWait } from './self-wait.ts';
import type { ServerChannel } from './server-channel.ts';

/** How long a statement may take, or wait for other writers, before DATABASE_BUSY. */
export const defaultStatementTimeoutMs = 30_000;

/** How long a restart of the database may take without any request failing of those that come then. */
const defaultReconnectMs = 5_000;

const maxReaders = 8;
const defaultConnectTimeoutMs = 10_000;

export interface PostgresPortOptions {
  readonly statementTimeoutMs?: number;
  readonly reconnectMs?: number;
  readonly connectTimeoutMs?: number;
}

export class PostgresPort<Tables> implements DatabasePort<Tables> {
  readonly kysely: Kysely<Tables>;
  readonly #address: PostgresAddress;
  readonly #writer: Kysely<Tables>;
  readonly #pools: readonly PostgresPool[];
  readonly #selfWait: SelfWait;

  private constructor(
    address: PostgresAddress,
    pools: { readonly reader: PostgresPool; readonly writer: PostgresPool },
    selfWait: SelfWait,
  ) {
    const { schema } = address;
    this.#address = address;
    this.#selfWait = selfWait;
    this.#pools = [pools.reader, pools.writer];
    this.kysely = kyselyOn(pools.reader);
    this.#writer = kyselyOn(pools.writer, `select pg_advisory_xact_lock(${lockKey(schema)})`);
  }

  /** @throws RidgelineError DATABASE_UNREACHABLE, DATABASE_CANNOT_OPEN */
  static async open<Tables>(
    address: PostgresAddress,
    {
      statementTimeoutMs = defaultStatementTimeoutMs,
      reconnectMs = defaultReconnectMs,
      connectTimeoutMs = defaultConnectTimeoutMs,
    }: PostgresPortOptions = {},
  ): Promise<PostgresPort<Tables>> {
    const selfWait = new SelfWait();
    const options = { address, statementTimeoutMs, reconnectMs, connectTimeoutMs };
    const writer = new PostgresPool({ ...options, readOnly: false, maxConnections: 1 });
    // Reads within a read would wait for a connection that their own kind may hold all of.
    const reader = new PostgresPool(
      { ...options, readOnly: true, maxConnections: maxReaders },
      () => selfWait.assertOutside(),
    );
    try {
      // To sign in takes longest, so both do it at once.
      await Promise.all([prepareSchema(writer, address), reader.warmUp()]);
    } catch (error) {
      await Promise.all([writer.end(), reader.end()]);
      throw error;
    }
    return new PostgresPort<Tables>(address, { reader, writer }, selfWait);
  }

  async write<T>(work: Work<Tables, T>): Promise<T> {
    return once(work, (held) => this.#writer.transaction().execute(held));
  }

  async read<T>(work: Work<Tables, T>): Promise<T> {
    const begin = this.kysely.transaction().setIsolationLevel('repeatable read');
    const held = (transaction: Transaction<Tables>) => this.#selfWait.hold(() => work(transaction));
    return once(held, (each) => begin.setAccessMode('read only').execute(each));
  }

  // A query of Postgres keeps nobody waiting but who asks.
  async readAside<T>(work: Work<Tables, T>): Promise<T> {
    return this.read(work);
  }

  lease(): EngineLease {
    return new PostgresLease(this.#address);
  }

  channel(): ServerChannel {
    return new PostgresChannel(this.#address);
  }

  async close(): Promise<void> {
    for (const pool of this.#pools) await pool.end();
  }
}

/** Runs a transaction; again on another connection, where one was lost before `work` had begun. */
async function once<Tables, T>(
  work: Work<Tables, T>,
  transact: (work: Work<Tables, T>) => Promise<T>,
): Promise<T> {
  let hasBegun = false;
  const begun: Work<Tables, T> = (transaction) => {
    hasBegun = true;
    return work(transaction);
  };
  try {
    return await transact(begun);
  } catch (error) {
    const wasLost = error instanceof RidgelineError && error.code === 'DATABASE_UNREACHABLE';
    if (hasBegun || !wasLost) throw error;
    return transact(begun);
  }
}

function kyselyOn<Tables>(pool: PostgresPool, afterBegin?: string): Kysely<Tables> {
  const dialect = new RidgelinePostgresDialect({
    pool,
    ...(afterBegin !== undefined && { afterBegin }),
  });
  return new Kysely<Tables>({ dialect, plugins: [handleEmptyLists] });
}
