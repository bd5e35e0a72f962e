// The best numeric split where leaves' values are bounded or must follow a direction.

import { offer } from './split-search.as';

const featureBytes: usize = 24;

export function findConstrainedSplit(
  histogram: usize,
  features: usize,
  featureCount: i32,
  settings: usize,
): void {
  const gradients = load<f64>(settings);
  const hessians = load<f64>(settings, 8);
  const least = load<f64>(settings, 32);
  for (let f: i32 = 0; f < featureCount; f++) {
    const feature = features + <usize>f * featureBytes;
    const entries = histogram + ((<usize>load<i32>(feature)) << 3);
    const missing = load<i64>(entries + ((<usize>load<i32>(feature, 4)) << 3));
    const from = load<i32>(feature, 8);
    const to = load<i32>(feature, 12);
    const direction = load<i32>(feature, 16);
    const sides: i32 = missing === 0 ? 1 : 2;
    let left: i64 = 0;
    for (let bin: i32 = 0; bin <= to; bin++) {
      left += load<i64>(entries + ((<usize>bin) << 3));
      if (bin < from) continue;
      for (let side: i32 = 0; side < sides; side++) {
        const sum = side === 0 ? left : left + missing;
        const gradient = <f64>(<i32>(sum >> 32));
        const hessian = <f64>(<i32>sum);
        if (hessian < least || hessians - hessian < least) continue;
        const gain = gainOf(
          gradient,
          hessian,
          gradients - gradient,
          hessians - hessian,
          direction,
          settings,
        );
        offer(gain, f, bin, side === 1, sum);
      }
    }
  }
}

/** The gain of two leaves whose values are bounded; -1 where they go against the direction. */
function gainOf(
  leftGradient: f64,
  leftHessian: f64,
  rightGradient: f64,
  rightHessian: f64,
  direction: i32,
  settings: usize,
): f64 {
  const left = boundedValue(leftGradient, leftHessian, settings);
  const right = boundedValue(rightGradient, rightHessian, settings);
  if (direction > 0 && left > right) return -1;
  if (direction < 0 && left < right) return -1;
  return (
    gainAt(leftGradient, leftHessian, left, settings) +
    gainAt(rightGradient, rightHessian, right, settings)
  );
}

function boundedValue(gradient: f64, hessian: f64, settings: usize): f64 {
  const value = -shrunk(gradient, load<f64>(settings, 16)) / (hessian + load<f64>(settings, 24));
  return min(max(value, load<f64>(settings, 48)), load<f64>(settings, 56));
}

function gainAt(gradient: f64, hessian: f64, value: f64, settings: usize): f64 {
  const towards0 = shrunk(gradient, load<f64>(settings, 16));
  return -(2 * towards0 * value + (hessian + load<f64>(settings, 24)) * value * value);
}

/** The gradient sum drawn towards 0 by the L1 penalty. */
function shrunk(gradient: f64, l1: f64): f64 {
  if (gradient > l1) return gradient - l1;
  return gradient < -l1 ? gradient + l1 : 0;
}
