// Writes checked metrics to runs, within a transaction of the caller: each point once, and of each metric
// which point counts as its value.
import type { Transaction } from 'kysely';
import { chunks } from '../database/chunks.ts';
import { rowInsert } from '../database/row-insert.ts';
import {
  type LatestRow,
  type LoggedMetric,
  type LoggedSeries,
  setLatest,
  withSeries,
} from './metric-series.ts';
import { comparePoints, isLater, type StoredPoint, toStoredValue } from './metric-value.ts';
import type { Metric } from './run.ts';
import type { RunKey, RunTables } from './run-tables.ts';

type Writer = Transaction<RunTables>;

export interface MetricsOfRun {
  readonly run: RunKey;
  readonly metrics: readonly Metric[];
}

export async function writeMetrics(writer: Writer, of: readonly MetricsOfRun[]): Promise<void> {
  const logged = await withSeries(writer, byMetric(of));
  // In the order of the index, where neighbours are written together.
  const writes = logged.toSorted((a, b) => a.series - b.series).map(toWrite);
  const added = writes.flatMap((write) => write.added);
  const doubtful = writes.flatMap((write) => write.doubtful);
  for (const chunk of chunks(added)) await insertNew(writer, chunk);
  for (const chunk of chunks(doubtful)) await insertMissing(writer, chunk);
  await setLatest(
    writer,
    writes.flatMap((write) => write.latest ?? []),
  );
}

function byMetric(of: readonly MetricsOfRun[]): readonly LoggedMetric[] {
  const runs = new Map<string, Map<string, { run: RunKey; key: string; points: Metric[] }>>();
  for (const { run, metrics } of of) {
    const keys = runs.getOrInsertComputed(run.run_uuid, () => new Map());
    for (const metric of metrics) {
      const known = keys.get(metric.key);
      if (known === undefined) keys.set(metric.key, { run, key: metric.key, points: [metric] });
      else known.points.push(metric);
    }
  }
  return [...runs.values()].flatMap((keys) => [...keys.values()]);
}

type PointRow = StoredPoint & { readonly series: number };

interface SeriesWrite {
  /** Later than all that is there, so that none of them can be there already. */
  readonly added: readonly PointRow[];
  /** Sent before perhaps, by a client that never saw the answer: they are the same points then. */
  readonly doubtful: readonly PointRow[];
  /** What counts as the value from now on; null: what has counted so far. */
  readonly latest: LatestRow | null;
}

function toWrite({ run, key, points, series, latest }: LoggedSeries): SeriesWrite {
  const rows = eachOnce(points.map((point) => toRow(series, point)));
  const isNew = (row: PointRow) => latest === null || isLater(row, latest);
  const added = rows.filter(isNew);
  const doubtful = added.length === rows.length ? [] : rows.filter((row) => !isNew(row));
  const last = added.reduce((a, b) => (isLater(b, a) ? b : a), added[0]);
  if (last === undefined) return { added, doubtful, latest: null };
  const { value, timestamp, step, is_nan } = last;
  const { run_uuid, experiment_id } = run;
  const row = { run_uuid, experiment_id, key, series, value, timestamp, step, is_nan };
  return { added, doubtful, latest: row };
}

function toRow(series: number, { value, timestamp, step }: Metric): PointRow {
  const stored = toStoredValue(value);
  return { series, timestamp, step, value: stored.value, is_nan: stored.is_nan };
}

function eachOnce(rows: PointRow[]): readonly PointRow[] {
  if (rows.length === 1) return rows;
  rows.sort(comparePoints);
  return rows.filter((row, index) => {
    const before = rows[index - 1];
    return before === undefined || comparePoints(before, row) !== 0;
  });
}

const columns = {
  series: 'bigint',
  timestamp: 'bigint',
  step: 'bigint',
  value: 'double precision',
  is_nan: 'boolean',
} as const;

const insertNew = rowInsert<RunTables, 'metric_points', PointRow>(
  'metric_points',
  columns,
  (insert) => insert,
);

const insertMissing = rowInsert<RunTables, 'metric_points', PointRow>(
  'metric_points',
  columns,
  (insert) => insert.onConflict((conflict) => conflict.doNothing()),
);
