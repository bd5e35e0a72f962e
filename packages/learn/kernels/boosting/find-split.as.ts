// The best numeric split of a leaf: a walk over each feature's bins with the sums to their left.
// All sums are in the integers of the histogram, so gains are too, up to one common factor.

// Of a feature: six int32, as src/boosting/layout.ts writes them.
const featureBytes: usize = 24;

/**
 * `features` lists `featureCount` features: position of the first entry, number of real bins (the bin
 * of missing values comes after them), first and last bin to cut behind, direction (monotone).
 * `settings` (float64): gradient sum, hessian sum, l1, l2, least hessian of a child, gain to beat,
 * least and greatest value of a leaf, whether those two or directions are in force.
 * `found` (float64) receives: gain, or what it was to beat; index in `features`, or -1; bin, missing
 * goes left (1 or 0), gradient sum and hessian sum of the left side.
 */
export function findNumericSplit(
  histogram: usize,
  features: usize,
  featureCount: i32,
  settings: usize,
  found: usize,
): void {
  const gradients = load<f64>(settings);
  const hessians = load<f64>(settings, 8);
  const l1 = load<f64>(settings, 16);
  const l2 = load<f64>(settings, 24);
  const least = load<f64>(settings, 32);
  const constrained = load<f64>(settings, 64) !== 0;
  // The best gain as a fraction: comparing by products spares each bin a division.
  let bestUpper = load<f64>(settings, 40);
  let bestLower: f64 = 1;
  let bestFeature: i32 = -1;
  let bestBin: i32 = 0;
  let bestMissingLeft: bool = false;
  let bestLeft: i64 = 0;
  for (let f: i32 = 0; f < featureCount; f++) {
    const feature = features + <usize>f * featureBytes;
    const first = histogram + ((<usize>load<i32>(feature)) << 3);
    const realBins = load<i32>(feature, 4);
    const from = load<i32>(feature, 8);
    const to = load<i32>(feature, 12);
    const direction = load<i32>(feature, 16);
    const missing = load<i64>(first + ((<usize>realBins) << 3));
    let left: i64 = 0;
    for (let bin: i32 = 0; bin <= to; bin++) {
      const value = load<i64>(first + ((<usize>bin) << 3));
      // An empty bin cuts as the one before it does.
      if (value === 0 && bin !== from) continue;
      left += value;
      if (bin < from) continue;
      for (let side: i32 = 0; side < 2; side++) {
        const sum = side === 0 ? left : left + missing;
        const leftHessian = <f64>(sum & 0xffffffff);
        const rightHessian = hessians - leftHessian;
        if (leftHessian >= least && rightHessian >= least) {
          const leftGradient = <f64>(sum >> 32);
          const rightGradient = gradients - leftGradient;
          let upper: f64;
          let lower: f64;
          if (constrained) {
            upper = constrainedGain(
              leftGradient,
              leftHessian,
              rightGradient,
              rightHessian,
              direction,
              settings,
            );
            lower = 1;
          } else {
            const l = shrunk(leftGradient, l1);
            const r = shrunk(rightGradient, l1);
            const a = leftHessian + l2;
            const b = rightHessian + l2;
            upper = l * l * b + r * r * a;
            lower = a * b;
          }
          if (upper * bestLower > bestUpper * lower) {
            bestUpper = upper;
            bestLower = lower;
            bestFeature = f;
            bestBin = bin;
            bestMissingLeft = side === 1;
            bestLeft = sum;
          }
        } else if (missing === 0 && rightHessian < least) {
          // Nothing but less is left for the right side.
          bin = to;
        }
        if (missing === 0) break;
      }
    }
  }
  store<f64>(found, bestUpper / bestLower);
  store<f64>(found, <f64>bestFeature, 8);
  store<f64>(found, <f64>bestBin, 16);
  store<f64>(found, bestMissingLeft ? 1 : 0, 24);
  store<f64>(found, <f64>(bestLeft >> 32), 32);
  store<f64>(found, <f64>(bestLeft & 0xffffffff), 40);
}

/** The gradient sum drawn towards 0 by the L1 penalty. */
function shrunk(gradient: f64, l1: f64): f64 {
  if (l1 === 0) return gradient;
  return gradient > l1 ? gradient - l1 : gradient < -l1 ? gradient + l1 : 0;
}

/** The gain of two leaves whose values are bounded; -1 where they go against the direction. */
function constrainedGain(
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
  const l1 = shrunk(gradient, load<f64>(settings, 16));
  return -(2 * l1 * value + (hessian + load<f64>(settings, 24)) * value * value);
}
