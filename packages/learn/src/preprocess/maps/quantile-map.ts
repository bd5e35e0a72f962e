// A number's place among the quantiles of training, from 0 to 1, or as a normal deviate. Between two
// quantiles the place is linear; at a value that several quantiles share, it is the middle of theirs.

import type { FeatureSchema } from '../../matrix/feature-schema.ts';
import { normalQuantile } from '../../numeric/normal-quantile.ts';
import type { MapOfColumn } from './column-map.ts';

export const quantileOutputs = ['uniform', 'normal'] as const;
export type QuantileOutput = (typeof quantileOutputs)[number];

/** As scikit-learn: the extremes would be infinite normal deviates. */
const normalMargin = 1e-7 - 2 ** -52;

export class QuantileMap implements MapOfColumn {
  readonly kind = 'quantile';
  /** Ascending; at places spread evenly from 0 to 1, the only one of a single quantile being 0. */
  readonly quantiles: Float64Array;
  readonly output: QuantileOutput;

  constructor(quantiles: Float64Array, output: QuantileOutput) {
    this.quantiles = quantiles;
    this.output = output;
  }

  outputs(input: FeatureSchema): readonly FeatureSchema[] {
    return [input];
  }

  mapColumn(values: Float64Array): readonly Float64Array[] {
    const mapped = new Float64Array(values.length);
    for (let i = 0; i < values.length; i++) mapped[i] = this.#map(values[i]);
    return [mapped];
  }

  mapCell(value: number, out: Float64Array, at: number): void {
    out[at] = this.#map(value);
  }

  toJSON() {
    const { kind, output } = this;
    return { kind, output, quantiles: [...this.quantiles] };
  }

  #map(value: number): number {
    if (Number.isNaN(value)) return value;
    const place = placeOf(value, this.quantiles);
    if (this.output === 'uniform') return place;
    return normalQuantile(Math.min(1 - normalMargin, Math.max(normalMargin, place)));
  }
}

/** From 0 at or below the first of the quantiles to 1 at or above the last. */
export function placeOf(value: number, quantiles: Float64Array): number {
  const last = quantiles.length - 1;
  if (value <= quantiles[0]) return 0;
  if (value >= quantiles[last]) return 1;
  const above = firstAbove(value, quantiles);
  const below = above - 1;
  if (quantiles[below] < value) {
    const share = (value - quantiles[below]) / (quantiles[above] - quantiles[below]);
    return (below + share) / last;
  }
  // Equal to one or more quantiles, of which `below` is the last.
  return (firstAtOrAbove(value, quantiles) + below) / 2 / last;
}

/** The smallest index whose quantile is above `value`; one must be. */
function firstAbove(value: number, quantiles: Float64Array): number {
  let low = 0;
  let high = quantiles.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (quantiles[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function firstAtOrAbove(value: number, quantiles: Float64Array): number {
  let low = 0;
  let high = quantiles.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (quantiles[middle] >= value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The way back: the value at a place from 0 to 1. */
export function valueAt(place: number, quantiles: Float64Array): number {
  const last = quantiles.length - 1;
  const at = Math.min(1, Math.max(0, place)) * last;
  const below = Math.min(Math.floor(at), Math.max(0, last - 1));
  const above = Math.min(below + 1, last);
  const share = at - below;
  return quantiles[below] * (1 - share) + quantiles[above] * share;
}
