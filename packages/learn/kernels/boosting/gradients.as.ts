// Gradients and hessians of the losses, rounded to integers and packed, four rows at a time: arrays
// reach to a multiple of 4. Scores and targets are float32, one a row; `weights` is 0 for none.

import { exponential } from './exponential.as';

// As src/boosting/boosting-kernels.ts numbers them; the squared loss is 0, and is what is left.
const pinball = 1;
const poisson = 2;
const logistic = 3;

/**
 * `detail` is the quantile of the pinball loss, whose half is the absolute loss.
 * `sums` receives, as two float64, the sums of |gradient| and of the hessians as packed: by them the
 * caller knows whether its scales were right, as what is too large saturates here.
 */
export function packGradients(
  loss: i32,
  scores: usize,
  targets: usize,
  weights: usize,
  count: i32,
  gradientScale: f32,
  hessianScale: f32,
  packed: usize,
  sums: usize,
  detail: f32,
): void {
  const one = f32x4.splat(1);
  const byGradient = f32x4.splat(gradientScale);
  const byHessian = f32x4.splat(hessianScale);
  let gradientSum = i64x2.splat(0);
  let hessianSum = i64x2.splat(0);
  for (let k: usize = 0; k < <usize>count; k += 4) {
    const score = v128.load(scores + (k << 2));
    const target = v128.load(targets + (k << 2));
    let gradient = f32x4.sub(score, target);
    let hessian = one;
    if (loss === logistic) {
      const probability = f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(score))));
      gradient = f32x4.sub(probability, target);
      hessian = f32x4.mul(probability, f32x4.sub(one, probability));
    } else if (loss === pinball) {
      // At the target itself the subgradient 0 moves nothing.
      const below = f32x4.splat(-detail);
      const above = f32x4.splat(<f32>1 - detail);
      const isAbove = f32x4.gt(gradient, f32x4.splat(0));
      const isBelow = f32x4.lt(gradient, f32x4.splat(0));
      gradient = v128.or(v128.and(isAbove, above), v128.and(isBelow, below));
    } else if (loss === poisson) {
      const mean = exponential(score);
      gradient = f32x4.sub(mean, target);
      hessian = f32x4.mul(mean, f32x4.splat(detail));
    }
    if (weights) {
      const weight = v128.load(weights + (k << 2));
      gradient = f32x4.mul(gradient, weight);
      hessian = f32x4.mul(hessian, weight);
    }
    const g = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(gradient, byGradient)));
    const h = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(hessian, byHessian)));
    storePacked(packed + (k << 3), g, h);
    gradientSum = i64x2.add(gradientSum, sumOfPairs(i32x4.abs(g)));
    hessianSum = i64x2.add(hessianSum, sumOfPairs(h));
  }
  storeSums(sums, gradientSum, hessianSum);
}

/**
 * Probabilities of each class of `count` rows: scores and probabilities hold class after class,
 * `stride` rows apart.
 */
export function softmaxProbabilities(
  scores: usize,
  classCount: i32,
  stride: i32,
  count: i32,
  probabilities: usize,
): void {
  const step = (<usize>stride) << 2;
  const end = step * <usize>classCount;
  for (let k: usize = 0; k < <usize>count; k += 4) {
    const score = scores + (k << 2);
    const probability = probabilities + (k << 2);
    let largest = v128.load(score);
    for (let at = step; at < end; at += step) {
      largest = f32x4.max(largest, v128.load(score + at));
    }
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < end; at += step) {
      const power = exponential(f32x4.sub(v128.load(score + at), largest));
      v128.store(probability + at, power);
      sum = f32x4.add(sum, power);
    }
    for (let at: usize = 0; at < end; at += step) {
      v128.store(probability + at, f32x4.div(v128.load(probability + at), sum));
    }
  }
}

/**
 * Gradients of one class of the softmax loss from its probabilities; `targets` has class codes.
 * `factor` on the hessian is K / (K - 1), as Friedman (2001) has it.
 */
export function packSoftmaxGradients(
  probabilities: usize,
  targets: usize,
  weights: usize,
  count: i32,
  gradientScale: f32,
  hessianScale: f32,
  packed: usize,
  sums: usize,
  code: f32,
  factor: f32,
): void {
  const one = f32x4.splat(1);
  const byGradient = f32x4.splat(gradientScale);
  const byHessian = f32x4.splat(hessianScale);
  let gradientSum = i64x2.splat(0);
  let hessianSum = i64x2.splat(0);
  for (let k: usize = 0; k < <usize>count; k += 4) {
    const probability = v128.load(probabilities + (k << 2));
    const isClass = f32x4.eq(v128.load(targets + (k << 2)), f32x4.splat(code));
    let gradient = f32x4.sub(probability, v128.and(isClass, one));
    let hessian = f32x4.mul(
      f32x4.mul(probability, f32x4.sub(one, probability)),
      f32x4.splat(factor),
    );
    if (weights) {
      const weight = v128.load(weights + (k << 2));
      gradient = f32x4.mul(gradient, weight);
      hessian = f32x4.mul(hessian, weight);
    }
    const g = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(gradient, byGradient)));
    const h = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(hessian, byHessian)));
    storePacked(packed + (k << 3), g, h);
    gradientSum = i64x2.add(gradientSum, sumOfPairs(i32x4.abs(g)));
    hessianSum = i64x2.add(hessianSum, sumOfPairs(h));
  }
  storeSums(sums, gradientSum, hessianSum);
}

function storePacked(packed: usize, gradient: v128, hessian: v128): void {
  v128.store(packed, v128.shuffle<i32>(hessian, gradient, 0, 4, 1, 5));
  v128.store(packed, v128.shuffle<i32>(hessian, gradient, 2, 6, 3, 7), 16);
}

function sumOfPairs(values: v128): v128 {
  return i64x2.add(i64x2.extend_low_i32x4_u(values), i64x2.extend_high_i32x4_u(values));
}

function storeSums(sums: usize, gradientSum: v128, hessianSum: v128): void {
  store<f64>(sums, <f64>(i64x2.extract_lane(gradientSum, 0) + i64x2.extract_lane(gradientSum, 1)));
  store<f64>(sums, <f64>(i64x2.extract_lane(hessianSum, 0) + i64x2.extract_lane(hessianSum, 1)), 8);
}
