// The search space as a cube of numbers from 0 to 1, in which nearness means likeness: an axis for
// each number, and one for each value of a choice, between which there is no order.
import type { Distribution, LiteralValue } from '@ridgeline/azureml-yaml';
import { drawValue } from './draw-value.ts';
import { normalProbability } from './normal-probability.ts';

/** A point before it becomes values: one number a parameter, above 0 and below 1. */
export type UnitPoint = readonly number[];

export function valuesOf(
  searchSpace: ReadonlyMap<string, Distribution>,
  point: UnitPoint,
  logBase: number,
): Readonly<Record<string, LiteralValue>> {
  const values = [...searchSpace].map(
    ([name, distribution], axis) =>
      [name, drawValue(distribution, point[axis] ?? 0.5, logBase)] as const,
  );
  return Object.fromEntries(values);
}

/** The point that has become these values; between equal ones, the middle. */
export function pointOf(
  searchSpace: ReadonlyMap<string, Distribution>,
  values: Readonly<Record<string, LiteralValue>>,
  logBase: number,
): UnitPoint {
  return [...searchSpace].map(([name, distribution]) =>
    clamp(unitOf(distribution, values[name] ?? 0, logBase)),
  );
}

function unitOf(distribution: Distribution, value: LiteralValue, logBase: number): number {
  switch (distribution.type) {
    case 'choice':
      return (distribution.values.indexOf(value) + 0.5) / distribution.values.length;
    case 'randint':
      return (Number(value) + 0.5) / distribution.upper;
    case 'uniform':
    case 'quniform':
      return within(distribution, Number(value));
    case 'loguniform':
    case 'qloguniform':
      return within(distribution, Math.log(Number(value)) / Math.log(logBase));
    case 'normal':
    case 'qnormal':
      return normalProbability((Number(value) - distribution.mu) / distribution.sigma);
    case 'lognormal':
    case 'qlognormal':
      return normalProbability((Math.log(Number(value)) - distribution.mu) / distribution.sigma);
  }
}

function within(
  { minValue, maxValue }: { readonly minValue: number; readonly maxValue: number },
  value: number,
): number {
  return maxValue === minValue ? 0.5 : (value - minValue) / (maxValue - minValue);
}

// A quantised value can lie outside of the range that it was drawn from; 0 has no logarithm.
function clamp(unit: number): number {
  return Math.min(1 - 2 ** -32, Math.max(2 ** -32, Number.isNaN(unit) ? 0.5 : unit));
}

/** Where a point lies for one who measures distances. */
export function coordinatesOf(
  distributions: readonly Distribution[],
  point: UnitPoint,
): readonly number[] {
  return distributions.flatMap((distribution, axis) => {
    const unit = point[axis] ?? 0.5;
    if (distribution.type !== 'choice') return [unit];
    const chosen = Math.floor(unit * distribution.values.length);
    return distribution.values.map((_, index) => (index === chosen ? Math.SQRT1_2 : 0));
  });
}
