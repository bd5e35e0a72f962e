// Kysely's SQLite dialect on node:sqlite: Kysely compiles, this opens, locks and begins.
// One dialect is one connection; the lock makes its users take turns.
import {
  CompiledQuery,
  type Dialect,
  type Driver,
  type Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
  type TableMetadata,
} from 'kysely';
import type { ConnectionLock } from './connection-lock.ts';
import type { SqliteExecutor } from './sqlite-connection.ts';

export interface NodeSqliteDialectConfig {
  readonly connection: SqliteExecutor;
  readonly lock: ConnectionLock;
  /** `immediate` takes the write lock at once, so that no transaction fails half way for want of it. */
  readonly begin: 'immediate' | 'deferred';
}

export class NodeSqliteDialect implements Dialect {
  readonly #config: NodeSqliteDialectConfig;

  constructor(config: NodeSqliteDialectConfig) {
    this.#config = config;
  }

  createDriver(): Driver {
    return new NodeSqliteDriver(this.#config);
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): SqliteAdapter {
    return new NodeSqliteAdapter();
  }

  createIntrospector(kysely: Kysely<unknown>): SqliteIntrospector {
    return new TableNames(kysely);
  }
}

/** Migrations ask only which tables there are; Kysely's own reads all columns of each. */
class TableNames extends SqliteIntrospector {
  readonly #kysely: Kysely<unknown>;

  constructor(kysely: Kysely<unknown>) {
    super(kysely);
    this.#kysely = kysely;
  }

  override async getTables(): Promise<TableMetadata[]> {
    const found = await sql<{ name: string }>`
      select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name`.execute(
      this.#kysely,
    );
    return found.rows.map(({ name }) => ({ name, isView: false, isForeign: false, columns: [] }));
  }
}

class NodeSqliteAdapter extends SqliteAdapter {
  // Kysely would queue users itself; the lock does that here because it also finds self-waiting.
  override get supportsMultipleConnections(): boolean {
    return true;
  }

  // SQLite rolls back schema changes too, so a migration that fails leaves nothing behind.
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class NodeSqliteDriver implements Driver {
  readonly #config: NodeSqliteDialectConfig;

  constructor(config: NodeSqliteDialectConfig) {
    this.#config = config;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<SqliteExecutor> {
    await this.#config.lock.obtain();
    return this.#config.connection;
  }

  async releaseConnection(): Promise<void> {
    this.#config.lock.release();
  }

  async beginTransaction(connection: SqliteExecutor): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`begin ${this.#config.begin}`));
  }

  async commitTransaction(connection: SqliteExecutor): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: SqliteExecutor): Promise<void> {
    // A full disk makes SQLite roll back by itself; a second rollback would hide that first error.
    if (connection.isTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  // Whoever opened the connection closes it; Kysely would do so only if it had ever been used.
  async destroy(): Promise<void> {}
}
