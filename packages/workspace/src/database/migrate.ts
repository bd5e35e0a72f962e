// Brings the tables of one namespace up to date. A namespace (workspace, jobs, endpoints) has its
// own list of migrations and its own record of which have run, so that packages never meet here.
import { type Kysely, PostgresAdapter, sql, type Transaction } from 'kysely';
import { RidgelineError } from '../errors.ts';
import { liftTimeLimit } from './postgres-statements.ts';

/** One step of a schema. Once released it never changes; a later change is a later migration. */
export interface Migration {
  /** Such as `0003_models`: names sort in the order in which the migrations run. */
  readonly name: string;
  up(database: Kysely<unknown>): Promise<void>;
}

/** Whether all of them have run; quickly, as most starts find it so. */
export async function haveRun<Tables>(
  reader: Kysely<Tables>,
  namespace: string,
  migrations: readonly Migration[],
): Promise<boolean> {
  assertWellNamed(namespace, migrations);
  const tables = await reader.introspection.getTables();
  if (!tables.some(({ name }) => name === recordOf(namespace))) return false;
  const done = await namesIn(reader, recordOf(namespace));
  const isSame = migrations.every(({ name }, index) => done[index] === name);
  return isSame && done.length === migrations.length;
}

/** @throws RidgelineError DATABASE_TOO_NEW, MIGRATION_FAILED */
export async function runMigrations<Tables>(
  transaction: Transaction<Tables>,
  namespace: string,
  migrations: readonly Migration[],
): Promise<void> {
  assertWellNamed(namespace, migrations);
  const { adapter } = transaction.getExecutor();
  // Large tables take their time; only Postgres has a limit to lift.
  if (adapter instanceof PostgresAdapter) await sql.raw(liftTimeLimit).execute(transaction);
  await makeRecord(transaction, recordOf(namespace));
  const done = await namesIn(transaction, recordOf(namespace));
  assertNotNewer(done, migrations);
  const due = migrations.filter(({ name }) => !done.includes(name));
  for (const migration of due) await runOne(transaction, namespace, migration, done);
}

function recordOf(namespace: string): string {
  return `${namespace}_migrations`;
}

async function makeRecord<Tables>(transaction: Transaction<Tables>, record: string): Promise<void> {
  await transaction.schema
    .createTable(record)
    .ifNotExists()
    .addColumn('name', 'varchar(255)', (column) => column.notNull().primaryKey())
    .addColumn('timestamp', 'varchar(255)', (column) => column.notNull())
    .execute();
}

async function namesIn<Tables>(reader: Kysely<Tables>, record: string): Promise<readonly string[]> {
  const query = sql<{ name: string }>`select name from ${sql.table(record)} order by name`;
  return (await query.execute(reader)).rows.map(({ name }) => name);
}

async function runOne<Tables>(
  transaction: Transaction<Tables>,
  namespace: string,
  { name, up }: Migration,
  done: readonly string[],
): Promise<void> {
  try {
    const last = done.at(-1);
    if (last !== undefined && name < last)
      throw new Error(`it comes before ${last}, which has run`);
    // It is about tables that no type knows yet, or not any more.
    await up(transaction as unknown as Kysely<unknown>);
    await note(transaction, recordOf(namespace), name);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `migration ${name} of '${namespace}' failed: ${reason}; nothing was changed`;
    throw new RidgelineError('MIGRATION_FAILED', message, { cause: error });
  }
}

/** Without parameters, so that Postgres gets it together with what the migration has defined. */
async function note<Tables>(
  transaction: Transaction<Tables>,
  record: string,
  name: string,
): Promise<void> {
  const row = sql`${sql.lit(name)}, ${sql.lit(new Date().toISOString())}`;
  await sql`insert into ${sql.table(record)} (name, timestamp) values (${row})`.execute(
    transaction,
  );
}

function assertWellNamed(namespace: string, migrations: readonly Migration[]): void {
  const names = migrations.map((migration) => migration.name);
  // Their names are their order: a list in another one, or a name used twice, is our mistake.
  const sorted = [...new Set(names)].sort();
  if (sorted.length !== names.length || sorted.some((name, index) => name !== names[index])) {
    throw new Error(`migrations of '${namespace}' must be unique and sorted by name: ${names}`);
  }
}

function assertNotNewer(done: readonly string[], migrations: readonly Migration[]): void {
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = done.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new RidgelineError(
    'DATABASE_TOO_NEW',
    `this database was written by a newer Ridgeline (it has run ${unknown.join(', ')}, which this ` +
      'version does not know); update Ridgeline, or restore a backup made by this version',
  );
}
