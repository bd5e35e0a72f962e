// What the folds' fits come to: predictions for the rows held out, metrics of each fold and of all.
import type { Judge } from '../evaluation/judge.ts';
import type { Plan } from '../evaluation/plan.ts';
import type { Candidate } from '../learners/learner.ts';
import type { FitResult } from '../pool/messages.ts';
import { lossOf } from '../settings/primary-metric.ts';
import type { Evaluated } from './evaluated.ts';
import type { CurvePoint, Trial } from './trial.ts';

interface Surroundings {
  readonly plan: Plan;
  readonly judge: Judge;
}

/** @param results one a fold, in the plan's order. */
export function judgeFolds(
  { plan, judge }: Surroundings,
  candidate: Candidate,
  trial: Trial,
  results: readonly FitResult[],
): Evaluated {
  const predictions = pooled(plan, judge.outputs, results);
  const metrics = judge.metrics(plan.judged, predictions);
  const score = metrics.get(judge.metric.name) ?? Number.NaN;
  const fitMs = sum(results.map((result) => result.fitMs));
  const iterations = results.map((result) => result.iterations).filter((each) => each !== null);
  return {
    trial: {
      ...trial,
      state: 'completed',
      score: Number.isNaN(score) ? null : score,
      metrics,
      foldMetrics: foldMetrics(plan, judge, results),
      curve: results[0].curve?.map(toPoint) ?? null,
      trainSeconds: fitMs / 1000,
      predictMicrosecondsPerRow: leastMicrosecondsPerRow(plan, results),
    },
    candidate,
    loss: lossOf(judge.metric, score),
    foldLosses: results.map((result, i) => judge.loss(plan.folds[i].valid, result.predictions)),
    predictions,
    models: results.map((result) => result.model),
    iterations: iterations.length === 0 ? null : sum(iterations) / iterations.length,
    fitMs,
  };
}

/** Of the quickest fold: what else runs on the machine only adds. */
function leastMicrosecondsPerRow({ folds }: Plan, results: readonly FitResult[]): number {
  return Math.min(
    ...results.map(({ predictMs }, i) => (1000 * predictMs) / Math.max(1, folds[i].valid.length)),
  );
}

/** A row that several folds judge (repeats) gets the mean of their models' predictions. */
function pooled(plan: Plan, outputs: number, results: readonly FitResult[]): Float32Array {
  const { judged, folds } = plan;
  const places = new Int32Array((judged.at(-1) ?? 0) + 1);
  judged.forEach((row, at) => {
    places[row] = at;
  });
  const sums = new Float64Array(judged.length * outputs);
  const counts = new Int32Array(judged.length);
  folds.forEach(({ valid }, fold) => {
    const { predictions } = results[fold];
    valid.forEach((row, i) => {
      const at = places[row];
      counts[at]++;
      for (let k = 0; k < outputs; k++) sums[at * outputs + k] += predictions[i * outputs + k];
    });
  });
  return Float32Array.from(sums, (value, i) => value / counts[Math.floor(i / outputs)]);
}

function foldMetrics(plan: Plan, judge: Judge, results: readonly FitResult[]) {
  const all = new Map<string, number[]>();
  plan.folds.forEach(({ valid }, fold) => {
    for (const [name, value] of judge.metrics(valid, results[fold].predictions)) {
      all.set(name, [...(all.get(name) ?? []), value]);
    }
  });
  return all;
}

function toPoint(value: number, i: number): CurvePoint {
  return { iteration: i + 1, value };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
