// The target's mean at each level of a category, drawn towards the mean of all the more, the less the
// level's rows tell: the sums of TargetEncoder.

export interface Smoothing {
  /** The weight of the mean of all rows, in rows; null for the empirical Bayes estimate. */
  readonly rows: number | null;
}

/**
 * One encoding a level, then that of a missing value, over the given rows. Levels without a row get the
 * mean of all. "auto" is equation 4 of Micci-Barreca (2001), with variances in place of its guesses, as
 * in scikit-learn: lambda = n s² / (n s² + s_level²).
 * @param values one code a row, NaN where missing.
 */
export function smoothedMeans(
  values: Float64Array,
  levelCount: number,
  target: Float64Array,
  rows: Int32Array,
  smoothing: Smoothing,
): Float64Array {
  const counts = new Float64Array(levelCount + 1);
  const sums = new Float64Array(levelCount + 1);
  let total = 0;
  for (const row of rows) {
    const level = levelOf(values[row], levelCount);
    counts[level]++;
    sums[level] += target[row];
    total += target[row];
  }
  const mean = total / rows.length;
  if (smoothing.rows !== null) {
    const weight = smoothing.rows;
    return sums.map((sum, level) =>
      weight + counts[level] === 0 ? mean : (sum + weight * mean) / (counts[level] + weight),
    );
  }
  const squares = squaresWithin(values, target, rows, sums, counts);
  const variance = varianceOf(target, rows, mean);
  return sums.map((sum, level) => {
    const count = counts[level];
    if (count === 0) return mean;
    const known = variance * count;
    const share = known / (known + squares[level] / count);
    // 0 / 0: all targets are equal, or vanish beside each other.
    return Number.isNaN(share) ? mean : share * (sum / count) + (1 - share) * mean;
  });
}

function levelOf(value: number, levelCount: number): number {
  return Number.isNaN(value) ? levelCount : value;
}

/** Sum of the squared distances from the level's mean, a level. */
function squaresWithin(
  values: Float64Array,
  target: Float64Array,
  rows: Int32Array,
  sums: Float64Array,
  counts: Float64Array,
): Float64Array {
  const squares = new Float64Array(sums.length);
  for (const row of rows) {
    const level = levelOf(values[row], sums.length - 1);
    squares[level] += (target[row] - sums[level] / counts[level]) ** 2;
  }
  return squares;
}

function varianceOf(target: Float64Array, rows: Int32Array, mean: number): number {
  let sum = 0;
  for (const row of rows) sum += (target[row] - mean) ** 2;
  return sum / rows.length;
}
