// One candidate at every origin: fitted on what was before it, judged by what came after.
import { evaluateRegression, type ForecastModel, fitForecast } from '@ridgeline/learn';
import type { ForecastCandidate } from './forecast-candidates.ts';
import type { ForecastProblem } from './forecast-problem.ts';

export interface JudgedForecast {
  /** Over the rows of all tests together. */
  readonly metrics: ReadonlyMap<string, number>;
  /** One value a fold. */
  readonly foldMetrics: ReadonlyMap<string, readonly number[]>;
  readonly validation: ForecastValidation;
}

/** What was said of the rows after each origin; those of the first origin first. */
export interface ForecastValidation {
  /** Row numbers of the table; a row after several origins comes once for each. */
  readonly rows: readonly number[];
  readonly truth: readonly number[];
  readonly predicted: readonly number[];
}

/** @throws ForecastFitStopped; what the fit throws. */
export function judgeCandidate(
  problem: ForecastProblem,
  { spec }: ForecastCandidate,
  shouldStop: () => boolean,
): JudgedForecast {
  const rows: number[] = [];
  const truths: number[] = [];
  const forecasts: number[] = [];
  const foldMetrics = new Map<string, number[]>();
  for (const { train, test } of problem.folds) {
    const model = fitOn(problem, spec, train, shouldStop);
    const predicted = model.predictSteps(problem.gridRows, test);
    const truth = Array.from(test, (row) => problem.values[row]);
    for (const [name, value] of metricsOf(problem, truth, predicted)) {
      foldMetrics.set(name, [...(foldMetrics.get(name) ?? []), value]);
    }
    for (const row of test) rows.push(row);
    for (const value of truth) truths.push(value);
    for (const value of predicted) forecasts.push(value);
  }
  const metrics = metricsOf(problem, truths, forecasts);
  return { metrics, foldMetrics, validation: { rows, truth: truths, predicted: forecasts } };
}

export function fitOn(
  { gridRows, values, columns, reading, targetName, horizon }: ForecastProblem,
  spec: ForecastCandidate['spec'],
  rows: Int32Array,
  shouldStop: () => boolean = () => false,
): ForecastModel {
  const about = { columns, reading, targetName, horizon };
  return fitForecast(spec, gridRows, values, rows, { ...about, shouldStop });
}

/** The normalized errors are in parts of the range of all values. */
export function metricsOf(
  { range }: Pick<ForecastProblem, 'range'>,
  truth: ArrayLike<number>,
  forecast: ArrayLike<number>,
): ReadonlyMap<string, number> {
  return evaluateRegression(truth, forecast, { trainRange: range });
}
