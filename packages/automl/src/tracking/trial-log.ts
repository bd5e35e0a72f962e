// What is logged of one trial on its own run: parameters, metrics of every fold as steps, the curve
// as steps, times.
import type { Trial } from '../search/trial.ts';
import type { LoggedMetric, RunBatch } from './run-api.ts';

/** Before the name of a metric: its values by fold, as steps from 0. */
const foldPrefix = 'fold_';
const curveMetric = 'validation_loss';

export function trialName({ number, learner }: Trial): string {
  return `trial_${String(number).padStart(3, '0')}_${learner}`;
}

export function trialTags(trial: Trial): ReadonlyMap<string, string> {
  return new Map([
    ['ridgeline.automl.trial', String(trial.number)],
    ['ridgeline.automl.learner', trial.learner],
  ]);
}

/** What is known of a trial when it has ended. */
export function trialBatch(trial: Trial, timestamp: number): RunBatch {
  return {
    params: paramsOf(trial),
    metrics: [
      ...foldMetricsOf(trial, timestamp),
      ...curveOf(trial, timestamp),
      ...metricsOf(trial, timestamp),
    ],
    tags: new Map([
      ['ridgeline.automl.state', trial.state],
      ...(trial.error === null ? [] : ([['ridgeline.automl.error', trial.error]] as const)),
    ]),
  };
}

function paramsOf({ learner, description, parameters, sampleRows }: Trial) {
  const own = Object.entries(parameters).map(([name, value]) => [name, textOf(value)] as const);
  return new Map([
    ['learner', learner],
    ['description', description],
    ['sample_rows', String(sampleRows)],
    ...own,
  ]);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function metricsOf(trial: Trial, timestamp: number): readonly LoggedMetric[] {
  const { metrics, trainSeconds, predictMicrosecondsPerRow } = trial;
  const costs = new Map([['train_seconds', trainSeconds]]);
  if (predictMicrosecondsPerRow !== null) {
    costs.set('predict_microseconds_per_row', predictMicrosecondsPerRow);
  }
  return [...metrics, ...costs].map(([key, value]) => ({ key, value, step: 0, timestamp }));
}

function foldMetricsOf({ foldMetrics }: Trial, timestamp: number): readonly LoggedMetric[] {
  return [...foldMetrics].flatMap(([name, values]) =>
    values.map((value, step) => ({ key: foldPrefix + name, value, step, timestamp })),
  );
}

function curveOf({ curve }: Trial, timestamp: number): readonly LoggedMetric[] {
  return (curve ?? []).map(({ iteration, value }) => {
    return { key: curveMetric, value, step: iteration, timestamp };
  });
}
