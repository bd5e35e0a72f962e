// The scores of the chosen model, with their spread over the folds.
import { metricsOf } from '@ridgeline/learn';
import type { SearchResult } from '../../search/search-types.ts';
import { shortNumber } from '../svg/scale.ts';
import { table } from './markdown.ts';

export function scoreSection({
  task,
  best,
  primaryMetric,
  metricDirection,
  testMetrics,
}: SearchResult): string {
  const describing = new Set(
    metricsOf(task)
      .filter(({ direction }) => direction === null)
      .map(({ name }) => name),
  );
  const others = [...best.metrics.keys()].filter(
    (name) => name !== primaryMetric && !describing.has(name),
  );
  const rows = [primaryMetric, ...others].map((name) => [
    name === primaryMetric ? `**${name}**` : name,
    shownValue(best.metrics.get(name)),
    foldsOf(best.foldMetrics.get(name)),
    ...(testMetrics === null ? [] : [shownValue(testMetrics.get(name))]),
  ]);
  const way = metricDirection === 'maximize' ? 'more is better' : 'less is better';
  const head = [
    'metric',
    'held out',
    'mean ± deviation of the folds',
    ...(testMetrics === null ? [] : ['test']),
  ];
  return `## Scores\n\nChosen by ${primaryMetric} (${way}).\n\n${table(head, rows)}`;
}

function shownValue(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? 'not defined' : shortNumber(value);
}

function foldsOf(values: readonly number[] | undefined): string {
  const known = values?.filter((value) => Number.isFinite(value)) ?? [];
  if (known.length === 0) return '';
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const spread = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length;
  return `${shortNumber(mean)} ± ${shortNumber(Math.sqrt(spread))} (${known.length})`;
}
