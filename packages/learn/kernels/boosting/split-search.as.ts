// The search state of one call, and the walk along bins of two lanes at once. Sums are of less than
// 2^31, so that both halves convert as signed.

export let bestGain: f64 = 0;
export let bestFeature: i32 = -1;
export let bestBin: i32 = 0;
export let bestMissingLeft: bool = false;
export let bestLeft: i64 = 0;

let gradients: v128 = f64x2.splat(0);
let hessians: v128 = f64x2.splat(0);
let l1: f64 = 0;
let l2: v128 = f64x2.splat(0);
let least: v128 = f64x2.splat(0);

export function startSearch(settings: usize): void {
  gradients = f64x2.splat(load<f64>(settings));
  hessians = f64x2.splat(load<f64>(settings, 8));
  l1 = load<f64>(settings, 16);
  l2 = f64x2.splat(load<f64>(settings, 24));
  least = f64x2.splat(load<f64>(settings, 32));
  bestGain = load<f64>(settings, 40);
  bestFeature = -1;
  bestBin = 0;
  bestMissingLeft = false;
  bestLeft = 0;
}

/**
 * Walks the bins 0 to `to` of two histograms' entries, with `start` to the left of them, and takes note
 * of cuts from bin `from` on that gain more than the best so far.
 */
export function scanLanes(
  entries0: usize,
  entries1: usize,
  start: v128,
  from: i32,
  to: i32,
  feature0: i32,
  feature1: i32,
  isMissingLane: bool,
): void {
  const gradient = gradients;
  const hessian = hessians;
  const penalty = l2;
  const fewest = least;
  const shrink = l1 !== 0;
  const byL1 = f64x2.splat(l1);
  let left = start;
  let gain = f64x2.splat(bestGain);
  for (let bin: i32 = 0; bin <= to; bin++) {
    const at = (<usize>bin) << 3;
    left = i64x2.add(left, v128.load64_lane(entries1 + at, v128.load64_zero(entries0 + at), 1));
    if (bin < from) continue;
    const leftHessian = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(left, left, 0, 2, 0, 2));
    const rightHessian = f64x2.sub(hessian, leftHessian);
    const isAllowed = v128.and(f64x2.ge(leftHessian, fewest), f64x2.ge(rightHessian, fewest));
    let l = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(left, left, 1, 3, 1, 3));
    let r = f64x2.sub(gradient, l);
    if (shrink) {
      // Only squares are needed, so the sign may go.
      l = f64x2.max(f64x2.sub(f64x2.abs(l), byL1), f64x2.splat(0));
      r = f64x2.max(f64x2.sub(f64x2.abs(r), byL1), f64x2.splat(0));
    }
    const a = f64x2.add(leftHessian, penalty);
    const b = f64x2.add(rightHessian, penalty);
    // The gain as a fraction: comparing by products spares each bin the divisions.
    const upper = f64x2.add(f64x2.mul(f64x2.mul(l, l), b), f64x2.mul(f64x2.mul(r, r), a));
    const lower = f64x2.mul(a, b);
    const isBetter = v128.and(isAllowed, f64x2.gt(upper, f64x2.mul(gain, lower)));
    if (!v128.any_true(isBetter)) continue;
    if (i64x2.extract_lane(isBetter, 0) !== 0) {
      bestGain = f64x2.extract_lane(upper, 0) / f64x2.extract_lane(lower, 0);
      bestFeature = feature0;
      bestBin = bin;
      bestMissingLeft = false;
      bestLeft = i64x2.extract_lane(left, 0);
    }
    const upper1 = f64x2.extract_lane(upper, 1);
    const lower1 = f64x2.extract_lane(lower, 1);
    if (i64x2.extract_lane(isBetter, 1) !== 0 && upper1 > bestGain * lower1) {
      bestGain = upper1 / lower1;
      bestFeature = feature1;
      bestBin = bin;
      bestMissingLeft = isMissingLane;
      bestLeft = i64x2.extract_lane(left, 1);
    }
    gain = f64x2.splat(bestGain);
  }
}

/** Takes note of a split that gains more than the best so far. */
export function offer(gain: f64, feature: i32, bin: i32, missingLeft: bool, left: i64): void {
  if (!(gain > bestGain)) return;
  bestGain = gain;
  bestFeature = feature;
  bestBin = bin;
  bestMissingLeft = missingLeft;
  bestLeft = left;
}
