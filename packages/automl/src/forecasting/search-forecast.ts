// The search of a forecast: settings, problem, candidates one after the other, the best fitted again on
// all of the past.
import type { ForecastModel } from '@ridgeline/learn';
import { AutoMLError } from '../errors.ts';
import { Budget } from '../search/budget.ts';
import type {
  SearchHooks,
  SearchInput,
  SearchNote,
  SearchOutcome,
  StopReason,
} from '../search/search-types.ts';
import { systemClock } from '../search/system-clock.ts';
import type { Trial } from '../search/trial.ts';
import type { AutoMLSettings } from '../settings/automl-settings.ts';
import type { ResolvedMetric } from '../settings/primary-metric.ts';
import type { GivenSettings } from '../settings/resolve-settings.ts';
import { checkForecast } from './check-forecast.ts';
import { forecastCandidates } from './forecast-candidates.ts';
import { type ForecastProblem, makeForecastProblem } from './forecast-problem.ts';
import type { ForecastResult } from './forecast-result.ts';
import type { GivenForecasting } from './forecasting-settings.ts';
import { fitOn } from './judge-candidate.ts';
import { type ForecastTrial, runForecastTrial } from './run-forecast-trial.ts';
import { seriesPaths } from './series-paths.ts';
import { forecastTestMetrics } from './test-forecast.ts';
import { notesOnSettings, refuseSettings } from './unused-settings.ts';

/**
 * Finds the best forecaster of `settings.targetColumn`.
 * @throws AutoMLError, LearnError or TabularError for settings and data that cannot be worked with;
 * AutoMLError NO_MODEL_FOUND when no candidate could be fitted.
 */
export async function searchForecast(
  input: SearchInput,
  given: GivenSettings,
  givenForecasting: GivenForecasting,
  hooks: SearchHooks = {},
): Promise<ForecastResult> {
  refuseSettings(input, given);
  const { settings, forecasting, metric, left } = checkForecast(given, givenForecasting);
  const budget = new Budget(hooks.clock ?? systemClock, settings, input.test?.rowCount ?? 0);
  const problem = makeForecastProblem(input.train, settings, forecasting);
  const candidates = forecastCandidates({ problem, forecasting, left, seed: settings.seed });
  const run = await runAll({ problem, candidates, settings, metric, budget, hooks });
  const [best] = run.ranked;
  if (best === undefined || best.validation === null) throw noModel(run.ranked);
  const model = fitOn(problem, best.candidate.spec, problem.known);
  const tested = forecastTestMetrics(input.test, model, problem);
  const notes = [
    ...problem.notes,
    ...notesOnSettings(given),
    ...seasonNote(problem),
    ...tested.notes,
  ];
  return outcomeOf(
    { settings, metric, run, model, notes, budget, hooks },
    {
      testMetrics: tested.metrics,
      forecasting,
      season: problem.season,
      validation: best.validation,
      paths: seriesPaths(problem, best.validation, model),
    },
  );
}

interface Run {
  /** Best first; those without a score last. */
  readonly ranked: readonly ForecastTrial[];
  readonly stopReason: StopReason;
}

interface RunParts {
  readonly problem: ForecastProblem;
  readonly candidates: ReturnType<typeof forecastCandidates>;
  readonly settings: AutoMLSettings;
  readonly metric: ResolvedMetric;
  readonly budget: Budget;
  readonly hooks: SearchHooks;
}

async function runAll(parts: RunParts): Promise<Run> {
  const { candidates, settings, budget, hooks } = parts;
  const done: ForecastTrial[] = [];
  for (const [at, candidate] of candidates.entries()) {
    const reason = at === 0 ? null : whyEnd(parts, done);
    if (reason !== null) return { ranked: ranked(done), stopReason: reason };
    hooks.onProgress?.(progressOf(done, budget, 'portfolio'));
    // The first has no limit, so that there is a model whatever happens.
    const startedAtMs = budget.elapsedMs;
    const most = (settings.trialTimeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000;
    const shouldStop = () =>
      at > 0 &&
      (hooks.signal?.aborted === true ||
        budget.elapsedMs - startedAtMs > most ||
        budget.trialMs < reserveMs(parts, done));
    done.push(runForecastTrial({ ...parts, candidate, number: at + 1, shouldStop }));
    // Whoever wants to stop the search, or is told of it, has a turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { ranked: ranked(done), stopReason: whyEnd(parts, done) ?? 'exhausted' };
}

function whyEnd(parts: RunParts, done: readonly ForecastTrial[]) {
  const { settings, budget, hooks, metric } = parts;
  const { maxTrials, exitScore } = settings;
  if (hooks.signal?.aborted === true) return 'cancelled';
  if (maxTrials !== null && done.length >= maxTrials) return 'max_trials';
  const [best] = ranked(done);
  const sign = metric.direction === 'minimize' ? 1 : -1;
  if (exitScore !== null && best.loss <= sign * exitScore) return 'exit_score';
  return budget.trialMs < reserveMs(parts, done) ? 'time_budget' : null;
}

/** The best is to be fitted once more, on somewhat more than each of its folds had. */
function reserveMs({ problem }: RunParts, done: readonly ForecastTrial[]): number {
  const [best] = ranked(done);
  return best === undefined ? 0 : (best.trial.trainSeconds * 1_500) / problem.folds.length;
}

function ranked(trials: readonly ForecastTrial[]): readonly ForecastTrial[] {
  return trials.toSorted((a, b) => {
    return a.loss === b.loss ? a.trial.number - b.trial.number : a.loss < b.loss ? -1 : 1;
  });
}

function progressOf(done: readonly ForecastTrial[], budget: Budget, phase: 'portfolio' | 'done') {
  return {
    elapsedSeconds: budget.elapsedMs / 1000,
    remainingSeconds: budget.totalMs === null ? null : Math.max(0, budget.remainingMs / 1000),
    trialsDone: done.length,
    bestScore: ranked(done)[0]?.trial.score ?? null,
    phase,
  };
}

interface OutcomeParts extends Pick<RunParts, 'settings' | 'metric' | 'budget' | 'hooks'> {
  readonly run: Run;
  readonly model: ForecastModel;
  readonly notes: readonly SearchNote[];
}

function outcomeOf(
  { settings, metric, run, model, notes, budget, hooks }: OutcomeParts,
  own: Omit<ForecastResult, keyof SearchOutcome | 'model'> & Pick<ForecastResult, 'testMetrics'>,
): ForecastResult {
  hooks.onProgress?.(progressOf(run.ranked, budget, 'done'));
  const leaderboard: readonly Trial[] = run.ranked.map(({ trial }) => trial);
  return {
    ...own,
    task: settings.task,
    primaryMetric: metric.name,
    metricDirection: metric.direction,
    leaderboard,
    best: leaderboard[0],
    model,
    notes,
    settings,
    stopReason: run.stopReason,
    elapsedSeconds: budget.elapsedMs / 1000,
  };
}

function seasonNote({ season, gridRows }: ForecastProblem): readonly SearchNote[] {
  const { unit, step, isDate } = gridRows.grid;
  const length = unit === 'month' ? `${step} month(s)` : isDate ? `${step / 1000} s` : `${step}`;
  const message = `a step is ${length}, and ${season === 1 ? 'there is no season' : `a season has ${season} steps`}`;
  return [{ code: 'season', column: null, message }];
}

function noModel(trials: readonly ForecastTrial[]): AutoMLError {
  const reason = trials.find(({ trial }) => trial.error !== null)?.trial.error ?? 'none was tried';
  return new AutoMLError('NO_MODEL_FOUND', `no forecaster could be fitted: ${reason}`);
}
