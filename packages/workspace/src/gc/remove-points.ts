// Removes what is left of a run that nobody sees any more: its points, of which there may be millions,
// some at a time, so that other writers are not kept waiting; at last its row.

import { setImmediate } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import { sql } from 'kysely';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import type { WorkspaceTables } from '../database/tables.ts';
import type { LatestMetricsTable } from '../runs/run-tables.ts';

/** A few hundredths of a second. */
const pointsAtOnce = 10_000;
const metricsAtOnce = 1_000;

type Writer = Transaction<WorkspaceTables>;
type MetricName = Pick<LatestMetricsTable, 'key' | 'series'>;

/** Nothing happens where there is nothing of it, as with a logged model. */
export async function removeRest(database: WorkspaceDatabase, runId: string): Promise<void> {
  // SQLite answers at once: without a pause no request would come to its turn until all is removed.
  while (await database.write((writer) => removeSome(writer, runId))) await setImmediate();
}

/** False where nothing was left. */
async function removeSome(writer: Writer, runId: string): Promise<boolean> {
  const metrics = await someMetrics(writer, runId);
  const [first] = metrics;
  if (first !== undefined && (await countPoints(writer, metrics)) === pointsAtOnce) {
    await removeFirstPoints(writer, runId, first);
    return true;
  }
  await removeMetrics(writer, runId, metrics);
  if (metrics.length === metricsAtOnce) return true;
  await removeRow(writer, runId);
  return false;
}

/** Of a run that has no metric any more. */
async function removeRow(writer: Writer, runId: string): Promise<void> {
  await writer
    .deleteFrom('runs')
    .where('run_uuid', '=', runId)
    .where(sql<boolean>`lifecycle_stage = 'removing'`)
    .execute();
}

async function someMetrics(writer: Writer, runId: string): Promise<readonly MetricName[]> {
  return writer
    .selectFrom('latest_metrics')
    .select(['key', 'series'])
    .where('run_uuid', '=', runId)
    .limit(metricsAtOnce)
    .execute();
}

/** No more than are removed at once. */
async function countPoints(writer: Writer, metrics: readonly MetricName[]): Promise<number> {
  const points = writer
    .selectFrom('metric_points')
    .select('step')
    .where('series', 'in', seriesOf(metrics))
    .limit(pointsAtOnce);
  const counted = writer
    .selectFrom(points.as('point'))
    .select(({ fn }) => fn.countAll().as('count'));
  return Number((await counted.executeTakeFirstOrThrow()).count);
}

async function removeFirstPoints(writer: Writer, runId: string, metric: MetricName): Promise<void> {
  const { series } = metric;
  const last = await writer
    .selectFrom('metric_points')
    .select(['timestamp', 'step', 'value'])
    .where('series', '=', series)
    .orderBy('timestamp')
    .orderBy('step')
    .orderBy('value')
    .offset(pointsAtOnce - 1)
    .limit(1)
    .executeTakeFirst();
  if (last === undefined) return removeMetrics(writer, runId, [metric]);
  const { timestamp, step, value } = last;
  await writer
    .deleteFrom('metric_points')
    .where('series', '=', series)
    .where(sql<boolean>`(timestamp, step, value) <= (${timestamp}, ${step}, ${value})`)
    .execute();
}

async function removeMetrics(
  writer: Writer,
  runId: string,
  metrics: readonly MetricName[],
): Promise<void> {
  const keys = metrics.map(({ key }) => key);
  await writer.deleteFrom('metric_points').where('series', 'in', seriesOf(metrics)).execute();
  await writer
    .deleteFrom('latest_metrics')
    .where('run_uuid', '=', runId)
    .where('key', 'in', keys)
    .execute();
}

function seriesOf(metrics: readonly MetricName[]): readonly number[] {
  return metrics.map(({ series }) => series);
}
