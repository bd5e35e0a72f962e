// One number a level of a category, by which levels are put in order: the mean target, or, for more
// than two classes, the first principal component of the levels' class shares (Coppersmith et al. 1999).

import type { OrderTarget } from './category-bins.ts';

// The direction settles fast, and an order needs no digits; a fixed number keeps it reproducible.
const powerSteps = 30;

/** A level without rows scores as the mean of all rows. */
export function levelScores(
  values: Float64Array,
  slotOf: Int32Array,
  slotCount: number,
  target: OrderTarget,
): Float64Array {
  const { width } = target;
  const weights = new Float64Array(slotCount);
  const sums = new Float64Array(slotCount * width);
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    const slot = slotOf[values[i]];
    weights[slot] += target.weight(i);
    target.add(i, sums, slot * width);
  }
  const centred = centredMeans(sums, weights, width);
  return width === 1 ? centred : principalScores(centred, weights, width);
}

/** Each slot's mean minus the mean of all, in place; 0 for a slot without weight. */
function centredMeans(sums: Float64Array, weights: Float64Array, width: number): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (let k = 0; k < width; k++) {
    let all = 0;
    for (let at = k; at < sums.length; at += width) all += sums[at];
    const mean = total > 0 ? all / total : 0;
    weights.forEach((weight, slot) => {
      const at = slot * width + k;
      sums[at] = weight > 0 ? sums[at] / weight - mean : 0;
    });
  }
  return sums;
}

/** The rows of `centred` along their direction of largest weighted variance, by power iteration. */
function principalScores(centred: Float64Array, weights: Float64Array, width: number) {
  let direction = new Float64Array(width).map((_, k) => 1 / (k + 1));
  let scores = projected(centred, direction, weights.length);
  for (let step = 0; step < powerSteps; step++) {
    const next = new Float64Array(width);
    scores.forEach((score, slot) => {
      for (let k = 0; k < width; k++) next[k] += weights[slot] * score * centred[slot * width + k];
    });
    const size = Math.sqrt(next.reduce((sum, value) => sum + value * value, 0));
    if (!(size > 0)) break;
    direction = next.map((value) => value / size);
    scores = projected(centred, direction, weights.length);
  }
  return scores;
}

function projected(centred: Float64Array, direction: Float64Array, count: number): Float64Array {
  const width = direction.length;
  const scores = new Float64Array(count);
  for (let slot = 0, at = 0; slot < count; slot++) {
    for (let k = 0; k < width; k++, at++) scores[slot] += centred[at] * direction[k];
  }
  return scores;
}
