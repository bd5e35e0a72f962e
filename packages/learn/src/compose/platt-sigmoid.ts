// Platt's sigmoid 1 / (1 + exp(a f + b)) of scores f, fitted by Newton's method with a line search as in
// Lin, Lin and Weng, "A note on Platt's probabilistic outputs for support vector machines" (2007).

export interface Sigmoid {
  readonly a: number;
  readonly b: number;
}

const maxIterations = 100;
const ridge = 1e-12;
const smallestStep = 1e-10;
const margin = 1e-15;

/** log(p / (1 - p)), with p kept from 0 and 1. */
export function logit(p: number): number {
  const bounded = Math.min(1 - margin, Math.max(margin, p));
  return Math.log(bounded / (1 - bounded));
}

/** @param isPositive 1 where the row is of the class, else 0. */
export function fitSigmoid(scores: Float64Array, isPositive: Uint8Array): Sigmoid {
  const positives = isPositive.reduce((sum, flag) => sum + flag, 0);
  const negatives = isPositive.length - positives;
  // Targets short of 1 and 0, as if each class had been seen once more in either half.
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  const targets = Float64Array.from(isPositive, (flag) => (flag === 1 ? high : low));
  let a = 0;
  let b = Math.log((negatives + 1) / (positives + 1));
  let loss = lossAt(scores, targets, a, b);
  for (let i = 0; i < maxIterations; i++) {
    const { ga, gb, haa, hab, hbb } = derivatives(scores, targets, a, b);
    if (Math.abs(ga) < 1e-9 && Math.abs(gb) < 1e-9) break;
    const determinant = haa * hbb - hab * hab;
    const da = -(hbb * ga - hab * gb) / determinant;
    const db = -(haa * gb - hab * ga) / determinant;
    const slope = ga * da + gb * db;
    let step = 1;
    let next = lossAt(scores, targets, a + da, b + db);
    while (step > smallestStep && !(next < loss + 1e-4 * step * slope)) {
      step /= 2;
      next = lossAt(scores, targets, a + step * da, b + step * db);
    }
    if (step <= smallestStep) break;
    a += step * da;
    b += step * db;
    loss = next;
  }
  return { a, b };
}

function lossAt(scores: Float64Array, targets: Float64Array, a: number, b: number): number {
  let loss = 0;
  for (let i = 0; i < scores.length; i++) {
    const value = a * scores[i] + b;
    // Either form is the log loss; each is the one that does not overflow.
    loss +=
      value >= 0
        ? targets[i] * value + Math.log1p(Math.exp(-value))
        : (targets[i] - 1) * value + Math.log1p(Math.exp(value));
  }
  return loss;
}

function derivatives(scores: Float64Array, targets: Float64Array, a: number, b: number) {
  let ga = 0;
  let gb = 0;
  let haa = ridge;
  let hab = 0;
  let hbb = ridge;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i];
    const p = 1 / (1 + Math.exp(a * score + b));
    const slope = targets[i] - p;
    const curvature = p * (1 - p);
    ga += score * slope;
    gb += slope;
    haa += score * score * curvature;
    hab += score * curvature;
    hbb += curvature;
  }
  return { ga, gb, haa, hab, hbb };
}
