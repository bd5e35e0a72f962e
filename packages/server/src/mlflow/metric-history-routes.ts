// MLflow's routes of the points of metrics: of one run, or of many to draw them.
import type { MetricOfRun, Workspace } from '@ridgeline/workspace';
import Type from 'typebox';
import { touch } from '../auth/touch.ts';
import { ServerError } from '../errors/server-error.ts';
import { type MlflowRoute, mlflowRoute } from './mlflow-route.ts';
import { ofRun } from './mlflow-touches.ts';
import { runIdOf, runRef, toNumber, toWireMetric, toWirePage, WholeNumber } from './wire.ts';

const History = Type.Object({
  ...runRef,
  metric_key: Type.String(),
  max_results: Type.Optional(WholeNumber),
  page_token: Type.Optional(Type.String()),
});
// In a query, a list of one is a text.
const RunIds = Type.Union([Type.Array(Type.String()), Type.String()]);
const Bulk = Type.Object({
  run_id: RunIds,
  metric_key: Type.String(),
  max_results: Type.Optional(WholeNumber),
});
const Interval = Type.Object({
  run_ids: RunIds,
  metric_key: Type.String(),
  start_step: Type.Optional(WholeNumber),
  end_step: Type.Optional(WholeNumber),
  max_results: Type.Optional(WholeNumber),
});

const maxBulkPoints = 25_000;
const maxBulkRuns = 100;

export function metricHistoryRoutes({ runs }: Workspace): readonly MlflowRoute[] {
  return [
    mlflowRoute({
      method: 'GET',
      path: 'metrics/get-history',
      access: 'readerOrStep',
      touches: [ofRun('read')],
      summary: 'All points of a metric of a run, the oldest first',
      input: History,
      handle: async (query) => {
        const page = await runs.metricHistory(runIdOf(query), query.metric_key, {
          maxResults: toNumber(query.max_results),
          pageToken: query.page_token,
        });
        return toWirePage('metrics', { ...page, items: page.items.map(toWireMetric) });
      },
    }),
    mlflowRoute({
      method: 'GET',
      path: 'metrics/get-history-bulk',
      access: 'readerOrStep',
      touches: [ofRun('read')],
      summary: 'The first points of a metric of several runs, the oldest first',
      input: Bulk,
      handle: async (query) => {
        const ids = [...new Set([query.run_id].flat())].toSorted();
        if (ids.length > maxBulkRuns) {
          const message = `at most ${maxBulkRuns} run_ids are allowed, got ${ids.length}`;
          throw new ServerError('INVALID_PARAMETER_VALUE', message);
        }
        const limit = Math.min(toNumber(query.max_results) ?? maxBulkPoints, maxBulkPoints);
        const metrics: MetricOfRun[] = [];
        for (const run_id of ids) {
          if (metrics.length >= limit) break;
          const room = { maxResults: limit - metrics.length };
          const { items } = await runs.metricHistory(run_id, query.metric_key, room);
          metrics.push(...items.map((metric) => ({ ...metric, run_id })));
        }
        return { metrics: metrics.map(toWireMetric) };
      },
    }),
    mlflowRoute({
      method: 'GET',
      path: 'metrics/get-history-bulk-interval',
      access: 'readerOrStep',
      touches: [touch('read', 'run', 'run_ids')],
      summary: 'Points of a metric of several runs, taken evenly over their steps',
      input: Interval,
      handle: async ({ run_ids, metric_key: key, start_step, end_step, max_results }) => {
        const metrics = await runs.sampleMetrics({
          runIds: [run_ids].flat(),
          key,
          steps: stepsOf(toNumber(start_step), toNumber(end_step)),
          maxResults: toNumber(max_results),
        });
        return { metrics: metrics.map(toWireMetric) };
      },
    }),
  ];
}

function stepsOf(
  from: number | undefined,
  to: number | undefined,
): readonly [number, number] | undefined {
  if (from === undefined && to === undefined) return undefined;
  if (from !== undefined && to !== undefined) return [from, to];
  const message = 'start_step and end_step are given together, or neither of them';
  throw new ServerError('INVALID_PARAMETER_VALUE', message);
}
