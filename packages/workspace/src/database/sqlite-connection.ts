// One connection to a SQLite file through node:sqlite, in the shape that Kysely's drivers use.
// Its settings are the durability promise of the workspace: a commit that returned is on disk.
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import { translateSqliteError } from './sqlite-errors.ts';

/** How long a statement waits for a lock that another process holds, before DATABASE_BUSY. */
export const defaultBusyTimeoutMs = 5_000;

const statementCacheSize = 300;
// Longer statements are inserts of many rows: rarely the same twice, and large to keep.
const longestCachedSql = 5_000;

export interface SqliteConnectionOptions {
  readonly readOnly: boolean;
  readonly busyTimeoutMs: number;
}

interface CachedStatement {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
}

/** What a channel asks of its connection, whatever thread that is in. */
export interface SqliteExecutor extends DatabaseConnection {
  readonly isTransaction: boolean;
  close(): void | Promise<void>;
}

export class SqliteConnection implements SqliteExecutor {
  readonly #file: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, CachedStatement>();

  /** @throws RidgelineError DATABASE_CANNOT_OPEN, DATABASE_CORRUPT, DATABASE_BUSY */
  constructor(file: string, options: SqliteConnectionOptions) {
    this.#file = file;
    this.#database = this.#run(() => openFile(file, options));
  }

  get isTransaction(): boolean {
    return this.#database.isTransaction;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.#run(() => {
      const { statement, returnsRows } = this.#prepare(query.sql);
      const parameters = query.parameters.map(toSqliteValue);
      if (returnsRows) return { rows: statement.all(...parameters) as R[] };
      const { changes, lastInsertRowid } = statement.run(...parameters);
      return { rows: [], insertId: BigInt(lastInsertRowid), numAffectedRows: BigInt(changes) };
    });
  }

  streamQuery(): never {
    // A stream would keep the connection from all others for as long as its consumer likes.
    throw new Error('streaming is not supported; read page by page');
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  #prepare(sql: string): CachedStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) {
      // Taken out and put back in, so that the first key is always the least recently used.
      this.#statements.delete(sql);
      this.#statements.set(sql, known);
      return known;
    }
    const statement = this.#database.prepare(sql);
    const prepared = { statement, returnsRows: statement.columns().length > 0 };
    if (sql.length <= longestCachedSql) this.#remember(sql, prepared);
    return prepared;
  }

  #remember(sql: string, prepared: CachedStatement): void {
    this.#statements.set(sql, prepared);
    if (this.#statements.size <= statementCacheSize) return;
    const [oldest] = this.#statements.keys();
    if (oldest !== undefined) this.#statements.delete(oldest);
  }

  #run<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw translateSqliteError(error, this.#file);
    }
  }
}

function openFile(file: string, options: SqliteConnectionOptions): DatabaseSync {
  const database = new DatabaseSync(file, {
    readOnly: options.readOnly,
    timeout: options.busyTimeoutMs,
    enableForeignKeyConstraints: true,
  });
  try {
    if (!options.readOnly) database.exec('pragma journal_mode = wal');
    // With FULL, a commit in WAL mode returns only after the log has been synced to disk.
    database.exec('pragma synchronous = full');
    // As in Postgres, and as MLflow sets it: LIKE minds case, ILIKE does not.
    database.exec('pragma case_sensitive_like = true');
    // The first read of the file: a file that is no database fails here, not in the first query.
    database.exec('select count(*) from sqlite_schema');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

export function toSqliteValue(value: unknown): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value as SQLInputValue;
}
