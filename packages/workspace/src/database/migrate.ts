// Brings the tables of one namespace up to date. A namespace (workspace, jobs, endpoints) has its
// own list of migrations and its own record of which have run, so that packages never meet here.
import { type Kysely, sql, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import { RidgelineError } from '../errors.ts';

/** One step of a schema. Once released it never changes; a later change is a later migration. */
export interface Migration {
  /** Such as `0003_models`: names sort in the order in which the migrations run. */
  readonly name: string;
  up(database: Kysely<unknown>): Promise<void>;
}

/**
 * @param schema where the tables lie; undefined where a database has one place only.
 * @throws RidgelineError DATABASE_TOO_NEW, MIGRATION_FAILED
 */
export async function runMigrations<Tables>(
  transaction: Transaction<Tables>,
  schema: string | undefined,
  namespace: string,
  migrations: readonly Migration[],
): Promise<void> {
  assertWellNamed(namespace, migrations);
  // Large tables take their time; only Postgres has a limit to lift.
  if (schema !== undefined) await sql`set local statement_timeout = 0`.execute(transaction);
  const tableName = `${namespace}_migrations`;
  await assertNotNewer(transaction, tableName, migrations);
  const { error, results } = await migrator(
    transaction,
    schema,
    tableName,
    migrations,
  ).migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName;
  const reason = error instanceof Error ? error.message : String(error);
  const message = `migration ${failed ?? 'set'} of '${namespace}' failed: ${reason}; nothing was changed`;
  throw new RidgelineError('MIGRATION_FAILED', message, { cause: error });
}

function migrator<Tables>(
  transaction: Transaction<Tables>,
  schema: string | undefined,
  tableName: string,
  migrations: readonly Migration[],
): Migrator {
  return new Migrator({
    db: transaction,
    provider: { getMigrations: async () => Object.fromEntries(migrations.map((m) => [m.name, m])) },
    ...(schema !== undefined && { migrationTableSchema: schema }),
    migrationTableName: tableName,
    migrationLockTableName: `${tableName}_lock`,
  });
}

function assertWellNamed(namespace: string, migrations: readonly Migration[]): void {
  const names = migrations.map((migration) => migration.name);
  // Kysely runs them sorted by name: a list in another order, or a name used twice, is our mistake.
  const sorted = [...new Set(names)].sort();
  if (sorted.length !== names.length || sorted.some((name, index) => name !== names[index])) {
    throw new Error(`migrations of '${namespace}' must be unique and sorted by name: ${names}`);
  }
}

async function assertNotNewer<Tables>(
  transaction: Transaction<Tables>,
  tableName: string,
  migrations: readonly Migration[],
): Promise<void> {
  const tables = await transaction.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === tableName)) return;
  const query = sql<{ name: string }>`select name from ${sql.table(tableName)} order by name`;
  const executed = await query.execute(transaction);
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = executed.rows.map((row) => row.name).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new RidgelineError(
    'DATABASE_TOO_NEW',
    `this database was written by a newer Ridgeline (it has run ${unknown.join(', ')}, which this ` +
      'version does not know); update Ridgeline, or restore a backup made by this version',
  );
}
