// The leaderboard as plain JSON, for programs and for the next release: names stay.
import type { SearchOutcome } from '../search/search-types.ts';
import type { Trial } from '../search/trial.ts';

export interface LeaderboardJson {
  readonly task: string;
  readonly primaryMetric: string;
  readonly metricDirection: 'maximize' | 'minimize';
  readonly targetColumn: string;
  readonly seed: number;
  readonly stopReason: string;
  readonly elapsedSeconds: number;
  /** The number of the trial whose model was chosen. */
  readonly best: number;
  readonly testMetrics: Readonly<Record<string, number | null>> | null;
  readonly notes: readonly { readonly code: string; readonly message: string }[];
  /** Best first. */
  readonly trials: readonly TrialJson[];
}

export interface TrialJson {
  readonly number: number;
  readonly learner: string;
  readonly description: string;
  readonly parameters: object;
  readonly state: string;
  readonly score: number | null;
  /** Null stands for a value that is no number. */
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly foldMetrics: Readonly<Record<string, readonly (number | null)[]>>;
  readonly trainSeconds: number;
  readonly predictMicrosecondsPerRow: number | null;
  readonly sampleRows: number;
  readonly error: string | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
}

export function leaderboardJson(result: SearchOutcome): LeaderboardJson {
  const { settings, testMetrics } = result;
  return {
    task: result.task,
    primaryMetric: result.primaryMetric,
    metricDirection: result.metricDirection,
    targetColumn: settings.targetColumn,
    seed: settings.seed,
    stopReason: result.stopReason,
    elapsedSeconds: result.elapsedSeconds,
    best: result.best.number,
    testMetrics: testMetrics === null ? null : numbersOf(testMetrics),
    notes: result.notes.map(({ code, message }) => ({ code, message })),
    trials: result.leaderboard.map(trialJson),
  };
}

function trialJson(trial: Trial): TrialJson {
  const { curve: _, metrics, foldMetrics, ...rest } = trial;
  return {
    ...rest,
    metrics: numbersOf(metrics),
    foldMetrics: Object.fromEntries(
      [...foldMetrics].map(([name, values]) => [name, values.map(finiteOrNull)]),
    ),
  };
}

function numbersOf(values: ReadonlyMap<string, number>): Readonly<Record<string, number | null>> {
  return Object.fromEntries([...values].map(([name, value]) => [name, finiteOrNull(value)]));
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
