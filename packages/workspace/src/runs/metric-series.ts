// The series of points of each metric of a run. It has a number, under which its points lie, so that
// none of them repeats the run and the name; and one row that knows the point which counts as its value.
import { type Compilable, type CompiledQuery, sql, type Transaction } from 'kysely';
import { chunks } from '../database/chunks.ts';
import { rowInsert } from '../database/row-insert.ts';
import { rowStatement } from '../database/row-statement.ts';
import type { StoredPoint } from './metric-value.ts';
import type { Metric } from './run.ts';
import type { RunKey, RunTables } from './run-tables.ts';

type Writer = Transaction<RunTables>;

/** What is logged of one metric of one run. */
export interface LoggedMetric {
  readonly run: RunKey;
  readonly key: string;
  readonly points: readonly Metric[];
}

export interface LoggedSeries extends LoggedMetric {
  readonly series: number;
  /** Of the points that are there already, the one that counts as the value; null: there are none. */
  readonly latest: StoredPoint | null;
}

/** Those that are new get a number here, and their row by `setLatest`. */
export async function withSeries(
  writer: Writer,
  metrics: readonly LoggedMetric[],
): Promise<readonly LoggedSeries[]> {
  const known = new Map<string, Pick<LoggedSeries, 'series' | 'latest'>>();
  const wanted = metrics.map(({ run, key }) => ({ run_uuid: run.run_uuid, key }));
  for (const chunk of chunks(wanted)) {
    for (const { run_uuid, key, series, ...latest } of await findSeries(writer, chunk)) {
      known.set(nameOf(run_uuid, key), { series, latest });
    }
  }
  let next = await newNumbers(writer, metrics.length - known.size);
  return metrics.map(({ run, key, points }) => {
    const before = known.get(nameOf(run.run_uuid, key));
    const { series, latest } = before ?? { series: next++, latest: null };
    return { run, key, points, series, latest };
  });
}

export type LatestRow = RunKey & StoredPoint & { readonly key: string; readonly series: number };

export async function setLatest(writer: Writer, rows: readonly LatestRow[]): Promise<void> {
  for (const chunk of chunks(rows)) await upsertLatest(writer, chunk);
}

/** The points of one metric; none where the run has not logged it. */
export function pointsOf(reader: Writer, runId: string, key: string) {
  return reader
    .selectFrom('metric_points')
    .where('series', '=', ({ selectFrom }) =>
      selectFrom('latest_metrics')
        .select('series')
        .where('run_uuid', '=', runId)
        .where('key', '=', key),
    );
}

function nameOf(runId: string, key: string): string {
  return `${runId} ${key}`;
}

interface SeriesName {
  readonly run_uuid: string;
  readonly key: string;
}

const findSeries = rowStatement<Writer, SeriesName, SeriesName & StoredPoint & { series: number }>(
  { run_uuid: 'text', key: 'text' },
  (writer, source): CompiledQuery =>
    // SQLite takes the tables of a cross join in the order in which they stand here.
    sql`with wanted (run_uuid, key) as (${source})
      select known.run_uuid, known.key, series, timestamp, step, value, is_nan
      from wanted cross join latest_metrics as known
      where known.run_uuid = wanted.run_uuid and known.key = wanted.key`.compile(writer),
);

/** The first of so many that have never been given to any series. */
async function newNumbers(writer: Writer, count: number): Promise<number> {
  if (count === 0) return 0;
  const { last } = await writer
    .updateTable('metric_series')
    .set(({ eb }) => ({ last: eb('last', '+', count) }))
    .returning('last')
    .executeTakeFirstOrThrow();
  return last - count + 1;
}

const upsertLatest = rowInsert<RunTables, 'latest_metrics', LatestRow>(
  'latest_metrics',
  {
    run_uuid: 'text',
    key: 'text',
    series: 'bigint',
    value: 'double precision',
    timestamp: 'bigint',
    step: 'bigint',
    is_nan: 'boolean',
    experiment_id: 'bigint',
  },
  (insert): Compilable =>
    insert.onConflict((conflict) =>
      conflict.columns(['run_uuid', 'key']).doUpdateSet((row) => ({
        value: row.ref('excluded.value'),
        timestamp: row.ref('excluded.timestamp'),
        step: row.ref('excluded.step'),
        is_nan: row.ref('excluded.is_nan'),
      })),
    ),
);
