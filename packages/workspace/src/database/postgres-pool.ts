// Connections to Postgres in the shape that Kysely's driver uses, with our settings on each of them
// and errors that carry a code.
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool, type PoolClient, type QueryConfig, type QueryResult, types } from 'pg';
import type { PostgresAddress } from './postgres-address.ts';
import { gatherDefinitions } from './postgres-definitions.ts';
import { isConnectionLost, translatePostgresError } from './postgres-errors.ts';
import { liftTimeLimit, PostgresStatements, unlimited } from './postgres-statements.ts';

export interface PostgresPoolOptions {
  readonly address: PostgresAddress;
  readonly readOnly: boolean;
  readonly maxConnections: number;
  readonly statementTimeoutMs: number;
  /** How long to try to connect again where it was possible before; see `DatabaseOptions`. */
  readonly reconnectMs: number;
  /** How long to wait for a new connection, or for one that others have. */
  readonly connectTimeoutMs: number;
}

const reconnectPauseMs = 100;
/** One connection, lent. */
export interface PostgresClient {
  query(sql: string, parameters: readonly unknown[]): Promise<QueryResult>;
  release(): void;
}

export class PostgresPool {
  readonly #address: string;
  readonly #reconnectMs: number;
  #hasConnected = false;
  readonly #pool: Pool;
  readonly #statements = new PostgresStatements();
  readonly #sockets = new Set<Socket>();
  /** Called before a connection is lent. */
  readonly #beforeLending: () => void;

  constructor(options: PostgresPoolOptions, beforeLending: () => void = () => {}) {
    this.#address = options.address.text;
    this.#reconnectMs = options.reconnectMs;
    this.#beforeLending = beforeLending;
    this.#pool = new Pool({
      connectionString: options.address.connectionString,
      max: options.maxConnections,
      application_name: `ridgeline ${options.address.schema}`,
      connectionTimeoutMillis: options.connectTimeoutMs,
      keepAlive: true,
      // A server that is gone without a word is noticed here, a little after it should have answered.
      query_timeout: options.statementTimeoutMs + options.connectTimeoutMs,
      options: settings(options),
      types: { getTypeParser },
      stream: () => this.#newSocket(),
    });
    // A connection that breaks while it rests is replaced; while it is lent, its query says so.
    this.#pool.on('error', () => {});
    this.#pool.on('connect', (client) => client.on('error', () => {}));
  }

  /** @throws RidgelineError DATABASE_UNREACHABLE, DATABASE_CANNOT_OPEN, DATABASE_BUSY */
  async connect(): Promise<PostgresClient> {
    this.#beforeLending();
    const giveUpAt = performance.now() + (this.#hasConnected ? this.#reconnectMs : 0);
    for (;;) {
      try {
        const client = await this.#pool.connect();
        this.#hasConnected = true;
        return this.#lent(client);
      } catch (error) {
        if (!isConnectionLost(error) || performance.now() >= giveUpAt) {
          // Those that come next need not wait as long only to hear the same.
          this.#hasConnected = false;
          throw translatePostgresError(error, this.#address);
        }
        await sleep(reconnectPauseMs);
      }
    }
  }

  /** Opens a connection before it is needed. */
  async warmUp(): Promise<void> {
    (await this.connect()).release();
  }

  /** May be called again. */
  async end(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end();
    // The driver forgets those on which it could not sign in.
    for (const socket of this.#sockets) socket.destroy();
  }

  #newSocket(): Socket {
    const socket = new Socket();
    this.#sockets.add(socket);
    return socket.once('close', () => this.#sockets.delete(socket));
  }

  #lent(client: PoolClient): PostgresClient {
    let isBroken = false;
    const send = async (query: QueryConfig & { readonly query_timeout?: number }) => {
      try {
        return await client.query(query);
      } catch (error) {
        isBroken ||= isConnectionLost(error);
        throw translatePostgresError(error, this.#address);
      }
    };
    const release = () => client.release(isBroken);
    const toQuery = (text: string, parameters: readonly unknown[]) =>
      this.#statements.toQuery(text, parameters);
    const migrating = gatherDefinitions({
      query: (text, parameters) => send({ ...toQuery(text, parameters), ...unlimited }),
      release,
    });
    let isMigrating = false;
    return {
      query: (text, parameters) => {
        isMigrating ||= text === liftTimeLimit;
        if (isMigrating) return migrating.query(text, parameters);
        return send(toQuery(text, parameters));
      },
      release,
    };
  }
}

// In the connection's first message, so that no connection is ever without them.
function settings({ address, readOnly, statementTimeoutMs }: PostgresPoolOptions): string {
  const all = {
    search_path: address.schema,
    statement_timeout: statementTimeoutMs,
    // A server that is stopped in the middle of a write must not keep all others waiting.
    idle_in_transaction_session_timeout: statementTimeoutMs,
    default_transaction_read_only: readOnly ? 'on' : 'off',
    // A commit that returned is on disk, whatever the database's own default.
    ...(!readOnly && { synchronous_commit: 'on' }),
    timezone: 'UTC',
  };
  return Object.entries(all)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
}

const int8 = 20;
const numeric = 1700;

// Whole numbers of 64 bits come as text by default. Ours are times, sizes and counts: all of them fit.
function getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (oid === int8 || oid === numeric) return Number;
  return types.getTypeParser(oid, format as 'text') as (text: string) => unknown;
}
