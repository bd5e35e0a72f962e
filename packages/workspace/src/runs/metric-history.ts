// All points of one metric of one run, oldest first.
import type { Transaction } from 'kysely';
import { type Page, type PageRequest, pageWindow, toPage } from '../search/page.ts';
import { pointsOf } from './metric-series.ts';
import { toMetric } from './metric-value.ts';
import type { Metric } from './run.ts';
import type { RunTables } from './run-tables.ts';

const pageBounds = { defaultResults: 25_000, maxResults: 25_000 };

export async function metricHistory(
  reader: Transaction<RunTables>,
  runId: string,
  key: string,
  request: PageRequest,
): Promise<Page<Metric>> {
  const window = pageWindow(request, pageBounds);
  const rows = await pointsOf(reader, runId, key)
    .select(['timestamp', 'step', 'value', 'is_nan'])
    .orderBy('timestamp')
    .orderBy('step')
    .orderBy('value')
    .orderBy('is_nan')
    .limit(window.limit + 1)
    .offset(window.offset)
    .execute();
  const page = toPage(rows, window);
  return { ...page, items: page.items.map((point) => toMetric({ ...point, key })) };
}
