// Transforms of a regression's target, and the way back.

import { normalQuantile, normalShareBelow } from '../numeric/normal-quantile.ts';
import { mean, sumOf } from '../numeric/sum.ts';
import { placeOf, valueAt } from '../preprocess/maps/quantile-map.ts';
import { signedLog } from '../preprocess/maps/signed-log-map.ts';
import { evenQuantiles } from '../preprocess/quantile-transformer.ts';

export const targetTransformKinds = ['log1p', 'quantile', 'standard'] as const;
export type TargetTransformKind = (typeof targetTransformKinds)[number];

/**
 * `log1p`: sign(y) log(1 + |y|). `quantile`: the normal deviate of y's place among those of training;
 * nothing beyond their range is ever predicted. `standard`: (y - center) / scale.
 */
export type TargetTransform =
  | { readonly kind: 'log1p' }
  | { readonly kind: 'quantile'; readonly quantiles: Float64Array }
  | { readonly kind: 'standard'; readonly center: number; readonly scale: number };

/** More are no closer to the distribution than its own noise. */
const maxQuantiles = 1000;
/** Keeps the extremes of training at finite deviates. */
const placeMargin = 1e-4;

/** @param y finite. */
export function fitTargetTransform(kind: TargetTransformKind, y: Float64Array): TargetTransform {
  if (kind === 'log1p') return { kind };
  if (kind === 'quantile') {
    return { kind, quantiles: evenQuantiles(y.slice(), Math.min(maxQuantiles, y.length)) };
  }
  const center = mean(y);
  const variance = sumOf(y.length, (i) => (y[i] - center) ** 2) / y.length;
  const scale = Math.sqrt(variance);
  const isUsable = Number.isFinite(center) && Number.isFinite(scale) && scale > 0;
  return { kind, center: Number.isFinite(center) ? center : 0, scale: isUsable ? scale : 1 };
}

export function transformTarget(transform: TargetTransform, y: Float64Array): Float64Array {
  switch (transform.kind) {
    case 'log1p':
      return y.map(signedLog);
    case 'quantile':
      return y.map((value) => deviateOf(value, transform.quantiles));
    case 'standard':
      return y.map((value) => (value - transform.center) / transform.scale);
  }
}

/** From the transformed target back to the target; always finite. */
export function inverseTarget(transform: TargetTransform, value: number): number {
  switch (transform.kind) {
    case 'log1p':
      return bounded(value < 0 ? -Math.expm1(-value) : Math.expm1(value));
    case 'quantile':
      return valueAt(placeOfDeviate(value), transform.quantiles);
    case 'standard':
      return bounded(value * transform.scale + transform.center);
  }
}

function deviateOf(value: number, quantiles: Float64Array): number {
  const place = placeOf(value, quantiles);
  return normalQuantile(placeMargin + place * (1 - 2 * placeMargin));
}

function placeOfDeviate(deviate: number): number {
  return (normalShareBelow(deviate) - placeMargin) / (1 - 2 * placeMargin);
}

function bounded(value: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));
}
