// The output `metrics_data`, as Azure ML's AutoML step writes it: the metrics of each trial by the id
// of its run, each metric a list.
import type { SearchOutcome } from '../search/search-types.ts';
import type { Trial } from '../search/trial.ts';

export type MetricsData = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

/**
 * Trials whose metrics can be compared: completed, and judged on as many rows as the best one. The
 * best comes last, so that it also wins a tie by the rule "the last of the best".
 * @param runIdOf the id of a trial's own run; outside a job, its name
 */
export async function metricsData(
  { leaderboard, best }: SearchOutcome,
  runIdOf: (trial: Trial) => Promise<string>,
): Promise<MetricsData> {
  const comparable = leaderboard.filter(
    ({ state, sampleRows }) => state === 'completed' && sampleRows >= best.sampleRows,
  );
  const entries: [string, Record<string, number[]>][] = [];
  for (const trial of comparable.toReversed()) {
    entries.push([await runIdOf(trial), listsOf(trial.metrics)]);
  }
  return Object.fromEntries(entries);
}

/** JSON has no word for NaN and the infinities: such a value is left out. */
function listsOf(metrics: ReadonlyMap<string, number>): Record<string, number[]> {
  const finite = [...metrics].filter(([, value]) => Number.isFinite(value));
  return Object.fromEntries(finite.map(([name, value]) => [name, [value]]));
}
