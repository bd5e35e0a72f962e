// Points of metrics move to a table without the names of their run and their metric, which each of them
// had twice: in the row and in its key. They have the number of their series instead.
import { type CreateTableBuilder, type Kysely, SqliteAdapter, sql } from 'kysely';
import type { Migration } from '../database/migrate.ts';

export const metricPointsMigration: Migration = {
  name: '0020_metric_points',
  async up(database) {
    await numberSeries(database);
    await createPoints(database);
    // Points of a run that is half removed have no series any more; nobody has seen them since.
    await sql`insert into metric_points (series, timestamp, step, value, is_nan)
      select series, point.timestamp, point.step, point.value, point.is_nan
      from metrics as point
      join latest_metrics as latest on latest.run_uuid = point.run_uuid and latest.key = point.key
      order by series, point.timestamp, point.step, point.value, point.is_nan`.execute(database);
    await database.schema.dropTable('metrics').execute();
  },
};

async function numberSeries(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .alterTable('latest_metrics')
    .addColumn('series', 'bigint', (column) => column.notNull().defaultTo(-1))
    .execute();
  await sql`update latest_metrics set series = numbered.series
    from (
      select run_uuid, key, row_number() over (order by run_uuid, key) as series
      from latest_metrics
    ) as numbered
    where latest_metrics.run_uuid = numbered.run_uuid and latest_metrics.key = numbered.key`.execute(
    database,
  );
  await database.schema
    .createTable('metric_series')
    .addColumn('last', 'bigint', (column) => column.notNull())
    .execute();
  await sql`insert into metric_series (last)
    select coalesce(max(series), 0) from latest_metrics`.execute(database);
}

/** A point sent twice is one point, because all of it is its identity. */
const identity = ['series', 'timestamp', 'step', 'value', 'is_nan'] as const;

async function createPoints(database: Kysely<unknown>): Promise<void> {
  const table = database.schema
    .createTable('metric_points')
    .addColumn('series', 'bigint', (column) => column.notNull())
    .addColumn('timestamp', 'bigint', (column) => column.notNull())
    .addColumn('step', 'bigint', (column) => column.notNull())
    .addColumn('value', 'double precision', (column) => column.notNull())
    .addColumn('is_nan', 'boolean', (column) => column.notNull())
    .addPrimaryKeyConstraint('metric_point_pk', [...identity]);
  await keptInItsKey(database, table).execute();
}

/** SQLite would keep each row twice; Postgres has no such tables. */
function keptInItsKey<Table extends string, Column extends string>(
  database: Kysely<unknown>,
  table: CreateTableBuilder<Table, Column>,
): CreateTableBuilder<Table, Column> {
  const isSqlite = database.getExecutor().adapter instanceof SqliteAdapter;
  return isSqlite ? table.modifyEnd(sql`without rowid`) : table;
}
