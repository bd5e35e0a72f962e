// From a number of the unit interval to a value of a parameter, by the distributions as Azure ML
// defines them: the quantile of each, so that even numbers give evenly likely values.
import type { Distribution, LiteralValue } from '@ridgeline/azureml-yaml';
import { normalQuantile } from './normal-quantile.ts';

/**
 * @param unit above 0 and below 1
 * @param logBase of `loguniform` and its like; default e
 */
export function drawValue(
  distribution: Distribution,
  unit: number,
  logBase = Math.E,
): LiteralValue {
  switch (distribution.type) {
    case 'choice':
      return distribution.values[Math.floor(unit * distribution.values.length)] as LiteralValue;
    case 'randint':
      return Math.floor(unit * distribution.upper);
    case 'uniform':
      return between(distribution, unit);
    case 'quniform':
      return quantized(between(distribution, unit), distribution.q);
    case 'loguniform':
      return power(logBase, between(distribution, unit));
    case 'qloguniform':
      return quantized(power(logBase, between(distribution, unit)), distribution.q);
    case 'normal':
      return gaussian(distribution, unit);
    case 'qnormal':
      return quantized(gaussian(distribution, unit), distribution.q);
    case 'lognormal':
      return Math.exp(gaussian(distribution, unit));
    case 'qlognormal':
      return quantized(Math.exp(gaussian(distribution, unit)), distribution.q);
  }
}

function between(
  { minValue, maxValue }: { readonly minValue: number; readonly maxValue: number },
  unit: number,
): number {
  return minValue + unit * (maxValue - minValue);
}

function gaussian(
  { mu, sigma }: { readonly mu: number; readonly sigma: number },
  unit: number,
): number {
  return mu + sigma * normalQuantile(unit);
}

function power(base: number, exponent: number): number {
  return base === Math.E ? Math.exp(exponent) : base ** exponent;
}

// 3 × 0.1 is not 0.3 in binary: 12 digits are what a user means by a step of 0.1.
function quantized(value: number, q: number): number {
  return Number((Math.round(value / q) * q).toPrecision(12));
}
