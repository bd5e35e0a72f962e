// What the naive baseline says of each row: the mean of all targets, or the shares of the classes. The
// scale by which trials are far behind or not.
import type { Problem } from '../problem/problem.ts';

export function naivePredictions({ target, classes }: Problem, rows: Int32Array): Float32Array {
  if (classes === null) {
    const mean = target.reduce((sum, value) => sum + value / target.length, 0);
    return new Float32Array(rows.length).fill(mean);
  }
  const shares = new Float64Array(classes.length);
  for (const code of target) shares[code] += 1 / target.length;
  const predictions = new Float32Array(rows.length * classes.length);
  for (let at = 0; at < predictions.length; at += classes.length) predictions.set(shares, at);
  return predictions;
}
