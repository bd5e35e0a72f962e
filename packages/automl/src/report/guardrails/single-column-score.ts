// How well one column alone gives the target away. Groups of rows predict their own mean or most
// frequent class, and every row is predicted from the rows of the other half, so that a column of
// distinct values, such as an id, predicts nothing.
import { RandomState } from '@ridgeline/learn';
import type { Groups } from './column-codes.ts';

/** Half of the rows, 0 or 1 each; at random, because rows may take turns. The same each time. */
export function halvesOf(rowCount: number): Uint8Array {
  return Uint8Array.from(new RandomState(0).permutation(rowCount), (at) => at % 2);
}

/** Share of the target's variance that the groups explain, out of half; 1 is all, 0 or less nothing. */
export function varianceExplained(
  groups: Groups,
  target: Float64Array,
  halves: Uint8Array,
): number {
  const predicted = crossMeans(groups, target, halves);
  const mean = target.reduce((sum, value) => sum + value, 0) / target.length;
  let missed = 0;
  let total = 0;
  target.forEach((value, i) => {
    missed += (value - predicted[i]) ** 2;
    total += (value - mean) ** 2;
  });
  return total === 0 ? 0 : 1 - missed / total;
}

/**
 * How far the groups' most frequent classes are from guessing the most frequent class of all, out of
 * half: 1 is every row right, 0 as good as guessing.
 */
export function classesExplained(
  groups: Groups,
  codes: Float64Array,
  classCount: number,
  halves: Uint8Array,
): number {
  const most = mostFrequent(codes, classCount);
  const guessed = codes.reduce((count, code) => count + Number(code === most), 0);
  const counts = [0, 1].map(() => new Map<number, Float64Array>());
  codes.forEach((code, i) => {
    const of = counts[halves[i]];
    const found = of.get(groups.codes[i]) ?? new Float64Array(classCount);
    found[code]++;
    of.set(groups.codes[i], found);
  });
  let right = 0;
  codes.forEach((code, i) => {
    const seen = counts[1 - halves[i]].get(groups.codes[i]);
    right += Number(code === (seen === undefined ? most : indexOfMost(seen)));
  });
  return guessed === codes.length ? 0 : (right - guessed) / (codes.length - guessed);
}

/** The mean target of each row's group among the rows of the other half; else the mean of all. */
function crossMeans(
  { codes, count }: Groups,
  target: Float64Array,
  halves: Uint8Array,
): Float64Array {
  const sums = [0, 1].map(() => new Float64Array(count));
  const rows = [0, 1].map(() => new Float64Array(count));
  target.forEach((value, i) => {
    sums[halves[i]][codes[i]] += value;
    rows[halves[i]][codes[i]]++;
  });
  const mean = target.reduce((sum, value) => sum + value, 0) / target.length;
  return target.map((_, i) => {
    const other = 1 - halves[i];
    const seen = rows[other][codes[i]];
    return seen === 0 ? mean : sums[other][codes[i]] / seen;
  });
}

function mostFrequent(codes: Float64Array, classCount: number): number {
  const counts = new Float64Array(classCount);
  for (const code of codes) counts[code]++;
  return indexOfMost(counts);
}

function indexOfMost(counts: Float64Array): number {
  return counts.reduce((best, count, i) => (count > counts[best] ? i : best), 0);
}
