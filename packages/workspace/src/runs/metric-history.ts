// All points of one metric of one run, oldest first.
import type { Transaction } from 'kysely';
import { findPage, type Page, type PageRequest, pageWindow } from '../search/page.ts';
import { columnKey } from '../search/sort-key.ts';
import { pointsOf } from './metric-series.ts';
import { toMetric } from './metric-value.ts';
import type { Metric } from './run.ts';
import type { RunTables } from './run-tables.ts';

const keys = [
  columnKey('metric_points', 'timestamp'),
  columnKey('metric_points', 'step'),
  columnKey('metric_points', 'value'),
  columnKey('metric_points', 'is_nan', { type: 'boolean' }),
];
const pageBounds = { defaultResults: 25_000, maxResults: 25_000 };

export async function metricHistory(
  reader: Transaction<RunTables>,
  runId: string,
  key: string,
  request: PageRequest,
): Promise<Page<Metric>> {
  const window = pageWindow(request, pageBounds, { keys, asked: ['metric history', runId, key] });
  const points = pointsOf(reader, runId, key).select(['timestamp', 'step', 'value', 'is_nan']);
  const page = await findPage(points, window);
  return { ...page, items: page.items.map((point) => toMetric({ ...point, key })) };
}
