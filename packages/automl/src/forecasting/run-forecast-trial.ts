// A trial of a forecast: a candidate judged, or why it could not be.
import { ForecastFitStopped, type Parameters } from '@ridgeline/learn';
import type { Budget } from '../search/budget.ts';
import type { SearchHooks } from '../search/search-types.ts';
import { newTrial } from '../search/started-trial.ts';
import { systemClock } from '../search/system-clock.ts';
import type { Trial } from '../search/trial.ts';
import { lossOf, type ResolvedMetric } from '../settings/primary-metric.ts';
import type { ForecastCandidate } from './forecast-candidates.ts';
import type { ForecastProblem } from './forecast-problem.ts';
import { type ForecastValidation, judgeCandidate } from './judge-candidate.ts';

export interface ForecastTrial {
  readonly candidate: ForecastCandidate;
  readonly trial: Trial;
  /** To be made small; infinite without a score. */
  readonly loss: number;
  /** Null without a score. */
  readonly validation: ForecastValidation | null;
}

export interface ForecastTrialParts {
  readonly problem: ForecastProblem;
  readonly candidate: ForecastCandidate;
  readonly number: number;
  readonly metric: ResolvedMetric;
  readonly budget: Budget;
  readonly hooks: SearchHooks;
  readonly shouldStop: () => boolean;
}

export function runForecastTrial(parts: ForecastTrialParts): ForecastTrial {
  const { problem, candidate, number, hooks, budget } = parts;
  const clock = hooks.clock ?? systemClock;
  const startedAtMs = budget.elapsedMs;
  const started = newTrial({
    number,
    learner: candidate.name,
    description: candidate.description,
    parameters: parametersOf(candidate),
    sampleRows: problem.known.length,
    startedAt: new Date(clock.now()).toISOString(),
  });
  hooks.onTrialStart?.(started);
  const { change, loss, validation } = judged(parts);
  const trial = {
    ...started,
    ...change,
    trainSeconds: (budget.elapsedMs - startedAtMs) / 1000,
    endedAt: new Date(clock.now()).toISOString(),
  };
  hooks.onTrialEnd?.(trial);
  return { candidate, trial, loss, validation };
}

interface Judged extends Pick<ForecastTrial, 'loss' | 'validation'> {
  readonly change: Partial<Trial>;
}

function judged({ problem, candidate, metric, shouldStop }: ForecastTrialParts): Judged {
  const none = { loss: Number.POSITIVE_INFINITY, validation: null };
  try {
    const { metrics, foldMetrics, validation } = judgeCandidate(problem, candidate, shouldStop);
    // A learner that is asked to end gives what it has, which is not what was to be tried.
    if (shouldStop()) return { ...none, change: { state: 'stopped' } };
    const score = metrics.get(metric.name) ?? Number.NaN;
    return {
      change: {
        state: 'completed',
        score: Number.isNaN(score) ? null : score,
        metrics,
        foldMetrics,
      },
      loss: lossOf(metric, score),
      validation,
    };
  } catch (error) {
    if (error instanceof ForecastFitStopped) return { ...none, change: { state: 'stopped' } };
    const message = error instanceof Error ? error.message : String(error);
    return { ...none, change: { state: 'failed', error: message } };
  }
}

/** The candidate as data, whatever its kind of forecaster is. */
function parametersOf({ spec }: ForecastCandidate): Parameters {
  const { kind: _, parameters = {}, ...rest } = { parameters: undefined, ...spec };
  return { ...rest, ...parameters } as Parameters;
}
