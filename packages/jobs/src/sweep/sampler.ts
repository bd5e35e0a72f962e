// Which values the next trial of a sweep tries: a function of the sweep's settings, of the trial's
// number, and of what the trials before have come to. It keeps nothing.
import type { Distribution, LiteralValue, SweepStep } from '@ridgeline/azureml-yaml';
import { suggestBayesian } from './bayesian.ts';
import { drawValue } from './draw-value.ts';
import { gridPoint, gridSize } from './grid.ts';
import { shiftedSobolCoordinate } from './sobol.ts';
import { unitNumber } from './unit-number.ts';

export type SearchSpace = ReadonlyMap<string, Distribution>;
export type Parameters = Readonly<Record<string, LiteralValue>>;

export interface TrialOutcome {
  readonly parameters: Parameters;
  /** The primary metric, null while the trial has none. */
  readonly objective: number | null;
}

export interface SamplerSettings {
  readonly searchSpace: SearchSpace;
  readonly sampling: SweepStep['sampling'];
  readonly goal: SweepStep['objective']['goal'];
  /** What all chance comes from. */
  readonly seed: string;
}

/** How many trials there can be; infinite for all but a grid. */
export function trialCount({ searchSpace, sampling }: SamplerSettings): number {
  return sampling.algorithm === 'grid' ? gridSize(searchSpace) : Number.POSITIVE_INFINITY;
}

/**
 * @param index of the trial, from 0
 * @param history of the trials before it, in their order
 */
export function nextParameters(
  settings: SamplerSettings,
  index: number,
  history: readonly TrialOutcome[],
): Parameters {
  switch (settings.sampling.algorithm) {
    case 'grid':
      return gridPoint(settings.searchSpace, index);
    case 'random':
      return drawAll(settings, (name, dimension) => unitOf(settings, index, name, dimension));
    case 'bayesian':
      return suggestBayesian(settings, index, history);
  }
}

function drawAll(
  { searchSpace, sampling }: SamplerSettings,
  unit: (name: string, dimension: number) => number,
): Parameters {
  const base = sampling.logbase ?? Math.E;
  const values = [...searchSpace].map(
    ([name, distribution], dimension) =>
      [name, drawValue(distribution, unit(name, dimension), base)] as const,
  );
  return Object.fromEntries(values);
}

function unitOf(
  { sampling, seed }: SamplerSettings,
  index: number,
  name: string,
  dimension: number,
): number {
  if (sampling.rule !== 'sobol') return unitNumber(seed, 'random', index, name);
  return shiftedSobolCoordinate(dimension, index, unitNumber(seed, 'sobol', name));
}
