// From raw scores to predictions: what each link makes of them.

/** Of regressors. `mean` divides the sum over trees by their number, as forests do. */
export const regressionLinks = ['identity', 'exp', 'mean'] as const;
export type RegressionLink = (typeof regressionLinks)[number];

/** Of classifiers. `mean`: the trees' values are shares of the classes, of which the mean is taken. */
export const classificationLinks = ['logistic', 'softmax', 'mean'] as const;
export type ClassificationLink = (typeof classificationLinks)[number];

/** The largest exponent that gives a finite double, a little rounded down. */
const largestExponent = 709;

/** Turns raw scores into predictions, in place. */
export function applyRegressionLink(link: RegressionLink, raw: Float64Array, treeCount: number) {
  if (link === 'exp') {
    for (let i = 0; i < raw.length; i++) raw[i] = Math.exp(Math.min(raw[i], largestExponent));
  } else if (link === 'mean') {
    for (let i = 0; i < raw.length; i++) raw[i] /= Math.max(1, treeCount);
  }
}

/**
 * Probabilities, `classCount` a row, of raw scores, `outputCount` a row: one output stands for two
 * classes, of which it scores the second.
 */
export function classProbabilities(
  link: ClassificationLink,
  raw: Float64Array,
  outputCount: number,
  treeCount: number,
): Float64Array {
  if (outputCount === 1) return ofTwo(link, raw, treeCount);
  const probabilities = raw.slice();
  for (let at = 0; at < raw.length; at += outputCount) {
    const row = probabilities.subarray(at, at + outputCount);
    if (link === 'mean') shareOut(row);
    else softmax(row);
  }
  return probabilities;
}

function ofTwo(link: ClassificationLink, raw: Float64Array, treeCount: number): Float64Array {
  const probabilities = new Float64Array(raw.length * 2);
  for (let i = 0; i < raw.length; i++) {
    const second = link === 'mean' ? raw[i] / Math.max(1, treeCount) : logistic(raw[i]);
    const bounded = Math.min(1, Math.max(0, second));
    probabilities[2 * i] = link === 'mean' ? 1 - bounded : logistic(-raw[i]);
    probabilities[2 * i + 1] = bounded;
  }
  return probabilities;
}

/** 1 / (1 + e^-z), without overflow. */
export function logistic(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

/** In place; the largest score is subtracted first, so that nothing overflows. */
export function softmax(scores: Float64Array): void {
  let largest = scores[0];
  for (let k = 1; k < scores.length; k++) largest = Math.max(largest, scores[k]);
  let sum = 0;
  for (let k = 0; k < scores.length; k++) {
    const e = Math.exp(scores[k] - largest);
    scores[k] = e;
    sum += e;
  }
  for (let k = 0; k < scores.length; k++) scores[k] /= sum;
}

/** In place: shares that sum to 1. Where all are 0, as no tree has spoken, each is the same. */
function shareOut(sums: Float64Array): void {
  let total = 0;
  for (let k = 0; k < sums.length; k++) total += sums[k];
  for (let k = 0; k < sums.length; k++) sums[k] = total > 0 ? sums[k] / total : 1 / sums.length;
}
