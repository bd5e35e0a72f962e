// What a search of forecasts tries, in order: baselines, exponential smoothing, learners by their usual
// settings, then learners by settings drawn from the seed.
import { type ForecasterSpec, type LearnedSpec, RandomState } from '@ridgeline/learn';
import type { ForecastProblem } from './forecast-problem.ts';
import type { ForecasterName } from './forecaster-names.ts';
import type { ForecastingSettings } from './forecasting-settings.ts';

export interface ForecastCandidate {
  readonly name: ForecasterName;
  readonly description: string;
  readonly spec: ForecasterSpec;
}

export interface CandidateRequest {
  readonly problem: Pick<ForecastProblem, 'season' | 'pastSteps' | 'known'>;
  readonly forecasting: Pick<ForecastingSettings, 'targetLags' | 'rollingWindow'>;
  readonly left: ReadonlySet<ForecasterName>;
  readonly seed: number;
}

const drawn = 24;

export function forecastCandidates(request: CandidateRequest): readonly ForecastCandidate[] {
  const { problem, left } = request;
  const all = [
    ...baselines(problem.season),
    ...smoothings(problem.season),
    ...learners(request),
    ...drawnLearners(request),
  ];
  return all.filter(({ name }) => left.has(name));
}

function baselines(season: number): readonly ForecastCandidate[] {
  const naive = { kind: 'seasonal_naive', period: 1 } as const;
  const seasonal = { kind: 'seasonal_naive', period: season } as const;
  return [
    { name: 'seasonal_naive', description: 'the value one season ago', spec: seasonal },
    ...(season === 1
      ? []
      : [{ name: 'naive', description: 'the last value', spec: naive } as const]),
  ];
}

function smoothings(season: number): readonly ForecastCandidate[] {
  const periods = season === 1 ? [1] : [season, 1];
  return periods.flatMap((period) =>
    (['none', 'damped', 'additive'] as const).map((trend) => ({
      name: 'exponential_smoothing' as const,
      description: `exponential smoothing, trend ${trend}, ${period === 1 ? 'no season' : `a season of ${period}`}`,
      spec: { kind: 'exponential_smoothing', trend, period } as const,
    })),
  );
}

function learners(request: CandidateRequest): readonly ForecastCandidate[] {
  return [
    ridge(request, 1),
    boosting(request, { learningRate: 0.1, maxIterations: 100, maxLeafNodes: 15 }),
    ridge(request, 0.01),
    boosting(request, { learningRate: 0.05, maxIterations: 200, maxLeafNodes: 8 }),
    ridge(request, 30),
  ];
}

/** Every third one linear; each learner's draws are the same whoever else is left. */
function drawnLearners(request: CandidateRequest): readonly ForecastCandidate[] {
  const random = new RandomState(request.seed);
  const share = () => random.nextUint32() / 2 ** 32;
  return Array.from({ length: drawn }, (_, i) => {
    const [a, b, c] = [share(), share(), share()];
    if (i % 3 === 2) return ridge(request, round(10 ** (5 * a - 3)));
    return boosting(request, {
      learningRate: round(0.02 * 10 ** a),
      maxIterations: Math.round(50 * 8 ** b),
      maxLeafNodes: Math.round(3 * 10 ** c),
    });
  });
}

function ridge(request: CandidateRequest, alpha: number): ForecastCandidate {
  const spec = learned(request, 'Ridge', { alpha });
  return { name: 'ridge', description: `ridge on lags, alpha ${alpha}`, spec };
}

interface BoostingChoice {
  readonly learningRate: number;
  readonly maxIterations: number;
  readonly maxLeafNodes: number;
}

function boosting(request: CandidateRequest, choice: BoostingChoice): ForecastCandidate {
  const { problem, seed } = request;
  const minSamplesLeaf = Math.max(2, Math.min(20, Math.floor(problem.known.length / 20)));
  const parameters = { ...choice, minSamplesLeaf, randomState: seed };
  const { maxIterations, maxLeafNodes, learningRate } = choice;
  return {
    name: 'gradient_boosting',
    description: `${maxIterations} trees of ${maxLeafNodes} leaves on lags, learning rate ${learningRate}`,
    spec: learned(request, 'GradientBoostingRegressor', parameters),
  };
}

function learned(
  { problem, forecasting }: CandidateRequest,
  learner: LearnedSpec['learner'],
  parameters: LearnedSpec['parameters'],
): LearnedSpec {
  const { season, pastSteps } = problem;
  const half = Math.max(1, Math.floor(pastSteps / 2));
  const { targetLags, rollingWindow } = forecasting;
  const window = rollingWindow === 'auto' || rollingWindow === null ? null : rollingWindow;
  return {
    ...{ kind: 'learned', learner, parameters, period: season },
    lags: targetLags === 'auto' || targetLags === null ? usualLags(season, half) : targetLags,
    window: window ?? Math.min(half, season > 1 ? season : 7),
  };
}

/** The nearest steps, and those around one and two seasons ago, as far as the past reaches. */
function usualLags(season: number, most: number): readonly number[] {
  const near = Array.from({ length: season > 1 ? Math.min(season, 12) : 6 }, (_, i) => i + 1);
  const far = season > 1 ? [season - 1, season, season + 1, 2 * season] : [];
  const lags = [...new Set([...near, ...far])].filter((lag) => lag >= 1 && lag <= most);
  return lags.sort((a, b) => a - b);
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
