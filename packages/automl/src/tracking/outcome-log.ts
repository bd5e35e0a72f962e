// What a search logs on the run of its step when it has ended: how it was asked, what was best.
import type { SearchOutcome } from '../search/search-types.ts';
import type { RunBatch } from './run-api.ts';

/** Azure ML's tag that names the run of the best trial. */
const bestRunTag = 'automl_best_child_run_id';

interface OutcomeOptions {
  readonly bestRunId: string | null;
  readonly step: number;
  readonly timestamp: number;
}

export function outcomeBatch(result: SearchOutcome, options: OutcomeOptions): RunBatch {
  const { step, timestamp } = options;
  const metrics = [...result.best.metrics, ...testMetricsOf(result)];
  return {
    params: paramsOf(result),
    metrics: metrics.map(([key, value]) => ({ key, value, step, timestamp })),
    tags: new Map([
      ['ridgeline.automl.stop_reason', result.stopReason],
      ['ridgeline.automl.trials', String(result.leaderboard.length)],
      ['ridgeline.automl.best_trial', String(result.best.number)],
      ['ridgeline.automl.best_learner', result.best.learner],
      ...(options.bestRunId === null ? [] : ([[bestRunTag, options.bestRunId]] as const)),
    ]),
  };
}

function testMetricsOf({ testMetrics }: SearchOutcome): readonly (readonly [string, number])[] {
  return [...(testMetrics ?? [])].map(([name, value]) => [`test_${name}`, value] as const);
}

function paramsOf({ settings }: SearchOutcome): ReadonlyMap<string, string> {
  const given: ReadonlyArray<readonly [string, unknown]> = [
    ['task', settings.task],
    ['target_column_name', settings.targetColumn],
    ['primary_metric', settings.primaryMetric],
    ['timeout_seconds', settings.timeBudgetSeconds],
    ['max_trials', settings.maxTrials],
    ['preset', settings.preset],
    ['seed', settings.seed],
    ['n_cross_validations', settings.crossValidations],
    ['featurization', settings.featurization.mode],
  ];
  return new Map(
    given.flatMap(([name, value]) => (value === null ? [] : [[name, String(value)] as const])),
  );
}
