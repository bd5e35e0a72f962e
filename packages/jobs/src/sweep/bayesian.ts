// Bayesian sampling: a Gaussian process of the objective, and the point where it expects the most
// improvement over the best so far (Jones, Schonlau and Welch, "Efficient global optimization of
// expensive black-box functions", 1998, equation 15). It begins with Sobol points.
import { fitGaussianProcess, type GaussianProcess } from './gaussian-process.ts';
import { normalDensity, normalProbability } from './normal-probability.ts';
import type { Parameters, SamplerSettings, TrialOutcome } from './sampler.ts';
import { maxSobolDimensions, shiftedSobolCoordinate } from './sobol.ts';
import { coordinatesOf, pointOf, type UnitPoint, valuesOf } from './unit-cube.ts';
import { unitNumber, unitNumbers } from './unit-number.ts';

const candidateCount = 1000;
/** Of the candidates, how many lie close to the best point so far. */
const nearCount = 300;
/** The time that a process takes grows with the cube of what it has seen. */
const maxSeen = 150;

interface Seen {
  readonly point: UnitPoint;
  /** The less the better; null for a trial that has come to nothing yet. */
  readonly loss: number | null;
}

export function suggestBayesian(
  settings: SamplerSettings,
  index: number,
  history: readonly TrialOutcome[],
): Parameters {
  const seen = seenPoints(settings, history);
  const known = seen.filter(({ loss }) => loss !== null);
  const initialCount = Math.max(5, 2 * settings.searchSpace.size);
  const point =
    index < initialCount || known.length < 3
      ? initialPoint(settings, index)
      : mostPromising(settings, index, seen);
  return valuesOf(settings.searchSpace, point, settings.sampling.logbase ?? Math.E);
}

function seenPoints(
  { searchSpace, sampling, goal }: SamplerSettings,
  history: readonly TrialOutcome[],
): readonly Seen[] {
  const base = sampling.logbase ?? Math.E;
  const sign = goal === 'minimize' ? 1 : -1;
  return history.map(({ parameters, objective }) => ({
    point: pointOf(searchSpace, parameters, base),
    loss: objective === null || !Number.isFinite(objective) ? null : sign * objective,
  }));
}

function initialPoint({ searchSpace, seed }: SamplerSettings, index: number): UnitPoint {
  return [...searchSpace.keys()].map((name, axis) =>
    axis < maxSobolDimensions
      ? shiftedSobolCoordinate(axis, index, unitNumber(seed, 'bayesian', name))
      : unitNumber(seed, 'bayesian', index, name),
  );
}

function mostPromising(settings: SamplerSettings, index: number, seen: readonly Seen[]): UnitPoint {
  const distributions = [...settings.searchSpace.values()];
  const known = bestAndLatest(seen.filter(({ loss }) => loss !== null));
  const best = known.reduce((a, b) => (lossOf(b) < lossOf(a) ? b : a));
  const pending = seen.filter(({ loss }) => loss === null).slice(-maxSeen);
  const process = withPending(
    known.map(({ point }) => coordinatesOf(distributions, point)),
    known.map(lossOf),
    pending.map(({ point }) => coordinatesOf(distributions, point)),
  );
  const candidates = candidatePoints(settings, index, best.point);
  const gains = candidates.map((point) =>
    expectedImprovement(process, coordinatesOf(distributions, point), lossOf(best)),
  );
  return candidates[gains.indexOf(Math.max(...gains))] ?? best.point;
}

// Trials that still run are taken to come to what is expected of them, so that those started
// meanwhile look elsewhere (the "Kriging believer" of Ginsbourger and others, 2010).
function withPending(
  points: ReadonlyArray<readonly number[]>,
  losses: readonly number[],
  pending: ReadonlyArray<readonly number[]>,
): GaussianProcess {
  const process = fitGaussianProcess(points, losses);
  if (pending.length === 0) return process;
  const believed = pending.map((point) => process.predict(point).mean);
  return fitGaussianProcess([...points, ...pending], [...losses, ...believed]);
}

function bestAndLatest(known: readonly Seen[]): readonly Seen[] {
  if (known.length <= maxSeen) return known;
  const best = [...known].sort((a, b) => lossOf(a) - lossOf(b)).slice(0, maxSeen / 2);
  const latest = known.slice(-maxSeen / 2);
  return known.filter((each) => best.includes(each) || latest.includes(each));
}

function lossOf({ loss }: Seen): number {
  return loss ?? Number.POSITIVE_INFINITY;
}

function candidatePoints(
  { searchSpace, seed }: SamplerSettings,
  index: number,
  best: UnitPoint,
): readonly UnitPoint[] {
  const next = unitNumbers(seed, 'candidates', index);
  return Array.from({ length: candidateCount }, (_, candidate) => {
    if (candidate >= nearCount) return [...searchSpace].map(() => inside(next()));
    const reach = 0.3 / (1 + (candidate % 10));
    return best.map((unit) => inside(unit + reach * (next() + next() - 1)));
  });
}

function inside(unit: number): number {
  return Math.min(1 - 2 ** -32, Math.max(2 ** -32, unit));
}

function expectedImprovement(
  process: GaussianProcess,
  coordinates: readonly number[],
  best: number,
): number {
  const { mean, deviation } = process.predict(coordinates);
  const z = (best - mean) / deviation;
  return (best - mean) * normalProbability(z) + deviation * normalDensity(z);
}
