// One SQLite connection with Kysely on top and a lock before it: the way in for reads, or for writes.
import { Kysely, type Transaction } from 'kysely';
import { ConnectionLock } from './connection-lock.ts';
import type { SqliteExecutor } from './sqlite-connection.ts';
import { NodeSqliteDialect } from './sqlite-dialect.ts';

export class SqliteChannel<Tables> {
  readonly kysely: Kysely<Tables>;
  readonly #connection: SqliteExecutor;
  readonly #lock = new ConnectionLock();

  constructor(connection: SqliteExecutor, begin: 'immediate' | 'deferred') {
    this.#connection = connection;
    const dialect = new NodeSqliteDialect({
      connection: this.#connection,
      lock: this.#lock,
      begin,
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
    await this.#connection.close();
    this.#lock.release();
  }
}
