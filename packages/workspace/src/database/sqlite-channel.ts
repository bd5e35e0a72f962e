// One SQLite connection with Kysely on top and a lock before it: the way in for reads, or for writes.
import { Kysely, type Transaction } from 'kysely';
import { ConnectionLock } from './connection-lock.ts';
import { defaultBusyTimeoutMs, SqliteConnection } from './sqlite-connection.ts';
import { NodeSqliteDialect } from './sqlite-dialect.ts';

export class SqliteChannel<Tables> {
  readonly kysely: Kysely<Tables>;
  readonly #connection: SqliteConnection;
  readonly #lock = new ConnectionLock();

  constructor(file: string, mode: 'readonly' | 'readwrite', busyTimeoutMs = defaultBusyTimeoutMs) {
    this.#connection = new SqliteConnection(file, { readOnly: mode === 'readonly', busyTimeoutMs });
    const dialect = new NodeSqliteDialect({
      connection: this.#connection,
      lock: this.#lock,
      begin: mode === 'readonly' ? 'deferred' : 'immediate',
    });
    this.kysely = new Kysely<Tables>({ dialect });
  }

  async transact<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.kysely
      .transaction()
      .execute((transaction) => this.#lock.hold(() => work(transaction)));
  }

  async close(): Promise<void> {
    await this.#lock.obtain();
    this.#connection.close();
    this.#lock.release();
  }
}
