// A picture of one metric of several runs: so many points of each, taken evenly over all that it
// logged, the first and the last among them.
import { type RawBuilder, type SqlBool, sql, type Transaction } from 'kysely';
import { checkInteger, checkText, invalid } from '../checks/check-text.ts';
import { limits } from '../checks/limits.ts';
import { pointsOf } from './metric-series.ts';
import { toMetric } from './metric-value.ts';
import { runRow } from './read-runs.ts';
import type { Metric } from './run.ts';
import type { RunTables } from './run-tables.ts';

export interface MetricSampling {
  readonly runIds: readonly string[];
  readonly key: string;
  /** The first and the last step; default: all. */
  readonly steps?: readonly [number, number] | undefined;
  /** Points of each run; default and at most 2,500. */
  readonly maxResults?: number | undefined;
}

export interface MetricOfRun extends Metric {
  readonly run_id: string;
}

const maxRuns = 100;
const maxPoints = 2_500;
const manyPoints = 50_000;

/** Run by run in the order asked for, the lowest step first. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
export async function sampleMetrics(
  reader: Transaction<RunTables>,
  { runIds, key, steps, maxResults = maxPoints }: MetricSampling,
): Promise<readonly MetricOfRun[]> {
  if (runIds.length === 0) throw invalid("Missing value for required parameter 'run_ids'");
  if (runIds.length > maxRuns) {
    throw invalid(`at most ${maxRuns} run_ids are allowed, got ${runIds.length}`);
  }
  checkText('metric_key', key, limits.keyLength);
  const limit = checkInteger('max_results', maxResults, 1, maxPoints);
  const [from, to] = steps ?? [];
  if (from !== undefined && to !== undefined && from > to) {
    throw invalid(`end_step must not be below start_step, got ${from} and ${to}`);
  }
  for (const id of runIds) await runRow(reader, id);
  const sampled: MetricOfRun[] = [];
  for (const id of runIds) sampled.push(...(await samplesOf(reader, id, key, steps, limit)));
  return sampled;
}

/** Whether there are so many points that to look at all of them takes long. */
export async function isLongSample(
  reader: Transaction<RunTables>,
  { runIds, key }: MetricSampling,
): Promise<boolean> {
  if (runIds.length > maxRuns) return false;
  const series = reader
    .selectFrom('latest_metrics')
    .select('series')
    .where('run_uuid', 'in', runIds)
    .where('key', '=', key);
  const points = reader
    .selectFrom('metric_points')
    .select('step')
    .where('series', 'in', series)
    .limit(manyPoints);
  const counted = reader
    .selectFrom(points.as('point'))
    .select(({ fn }) => fn.countAll().as('count'));
  return Number((await counted.executeTakeFirstOrThrow()).count) === manyPoints;
}

async function samplesOf(
  reader: Transaction<RunTables>,
  runId: string,
  key: string,
  steps: readonly [number, number] | undefined,
  limit: number,
): Promise<readonly MetricOfRun[]> {
  const { count } = await pointsWithin(reader, runId, key, steps)
    .select(({ fn }) => fn.countAll<number | string | bigint>().as('count'))
    .executeTakeFirstOrThrow();
  const total = Number(count);
  const numbered = pointsWithin(reader, runId, key, steps)
    // No more than it takes: all of them are sorted.
    .select(['step', 'timestamp', 'value', 'is_nan'])
    .select(
      sql<number>`row_number() over (order by step, timestamp, value, is_nan) - 1`.as('place'),
    );
  let query = reader.selectFrom(numbered.as('point')).selectAll();
  if (total > limit) query = query.where(isTaken(total, limit));
  const rows = await query.orderBy('place').execute();
  return rows.map((row) => ({ ...toMetric({ ...row, key }), run_id: runId }));
}

function pointsWithin(
  reader: Transaction<RunTables>,
  runId: string,
  key: string,
  steps: readonly [number, number] | undefined,
) {
  const query = pointsOf(reader, runId, key);
  if (steps === undefined) return query;
  return query.where('step', '>=', steps[0]).where('step', '<=', steps[1]);
}

/**
 * Whether a point's place, from 0, is one of `count` that lie evenly among `total`: round(i * step) for
 * an i, in whole numbers, as a list of so many would have to be searched for each point. Of one, the last.
 */
function isTaken(total: number, count: number): RawBuilder<SqlBool> {
  const last = sql.lit(total - 1);
  if (count === 1) return sql`place = ${last}`;
  const gaps = sql.lit(count - 1);
  const nearest = sql`(2 * place * ${gaps} + ${last}) / (2 * ${last})`;
  return sql`(2 * (${nearest}) * ${last} + ${gaps}) / (2 * ${gaps}) = place`;
}
