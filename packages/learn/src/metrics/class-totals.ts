// Weighted counts a class: all that accuracy, precision, recall, F1 and Matthews' correlation need,
// without the full confusion matrix, whose size is the square of the number of classes.

export interface ClassTotals {
  /** Weight of all rows. */
  readonly total: number;
  /** Weight of the rows predicted right. */
  readonly right: number;
  /** Weight of the rows of each class. */
  readonly actual: Float64Array;
  /** Weight of the rows that each class is predicted for. */
  readonly predicted: Float64Array;
  /** Weight of the rows of each class that are predicted right. */
  readonly hits: Float64Array;
  /** Number of rows of each class, whatever their weight. */
  readonly counts: Float64Array;
  /** The classes that a row has or is predicted to have, ascending. */
  readonly seen: readonly number[];
  /** The classes that a row has, ascending. */
  readonly present: readonly number[];
}

interface Coded {
  readonly rowCount: number;
  readonly classCount: number;
  readonly truth: Int32Array;
  readonly predicted: Int32Array;
  readonly weights: Float64Array | null;
}

export function classTotals({
  rowCount,
  classCount,
  truth,
  predicted,
  weights,
}: Coded): ClassTotals {
  const sums = {
    actual: new Float64Array(classCount),
    predicted: new Float64Array(classCount),
    hits: new Float64Array(classCount),
    counts: new Float64Array(classCount),
  };
  const isSeen = new Uint8Array(classCount);
  for (let i = 0; i < rowCount; i++) {
    const weight = weights === null ? 1 : weights[i];
    sums.counts[truth[i]]++;
    isSeen[truth[i]] = 1;
    isSeen[predicted[i]] = 1;
    sums.actual[truth[i]] += weight;
    sums.predicted[predicted[i]] += weight;
    if (truth[i] === predicted[i]) sums.hits[truth[i]] += weight;
  }
  const codes = Array.from({ length: classCount }, (_, code) => code);
  return {
    ...sums,
    total: sumUp(sums.actual),
    right: sumUp(sums.hits),
    seen: codes.filter((code) => isSeen[code] === 1),
    present: codes.filter((code) => sums.counts[code] > 0),
  };
}

function sumUp(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
