// The data of the benchmark: the same numbers as data.py makes, from hashes of row and column. Only
// sums, products and comparisons, so that both are the same to the bit.

import { type FeatureColumn, FeatureMatrix, Matrix } from '@ridgeline/learn';

export interface BenchData {
  readonly x: Matrix | FeatureMatrix;
  readonly y: Float64Array;
}

export const columnCount = 28;
const categoricalColumns = 4;
const levelCount = 50;

/** Rows `first` to `first + rowCount - 1`; `isMixed`: with missing values and categories. */
export function benchData(first: number, rowCount: number, isMixed: boolean): BenchData {
  const values = new Float64Array(rowCount * columnCount);
  const y = new Float64Array(rowCount);
  for (let i = 0; i < rowCount; i++) {
    const row = values.subarray(i * columnCount, (i + 1) * columnCount);
    for (let j = 0; j < columnCount; j++) row[j] = bell(first + i, j);
    y[i] = scoreOf(row) + 2 * bell(first + i, columnCount) > 0 ? 1 : 0;
    if (isMixed) mix(row, first + i);
  }
  const x = new Matrix(rowCount, columnCount, isMixed ? new Float64Array(values.length) : values);
  return { x: isMixed ? columnsOf(values, rowCount) : x, y };
}

function scoreOf(row: Float64Array): number {
  const [a, b, c, d, e, f, g] = row;
  const curved = c * c * c - c;
  const category = categoryOf(row[columnCount - 1]);
  return a + b * d + curved + (e > 0.5 ? f : -g) + ((category * 7) % 11) / 5 - 1;
}

// The last columns become categories; of the first, a tenth of the values goes missing.
function mix(row: Float64Array, i: number): void {
  for (let j = 0; j < 7; j++) if (uniform(i, 1000 + j) < 0.1) row[j] = Number.NaN;
  for (let j = columnCount - categoricalColumns; j < columnCount; j++) row[j] = categoryOf(row[j]);
}

function categoryOf(value: number): number {
  return Math.min(levelCount - 1, Math.max(0, Math.floor((value + 3) * 8)));
}

function columnsOf(values: Float64Array, rowCount: number): FeatureMatrix {
  return new FeatureMatrix(
    Array.from({ length: columnCount }, (_, j): FeatureColumn => {
      const column = Float64Array.from(
        { length: rowCount },
        (__, i) => values[i * columnCount + j],
      );
      if (j < columnCount - categoricalColumns) {
        return { kind: 'numeric', name: `x${j}`, values: column };
      }
      return { kind: 'categorical', name: `x${j}`, values: column, levelCount };
    }),
  );
}

/** About normal, from -3 to 3. */
function bell(i: number, j: number): number {
  return 2 * (uniform(i, 3 * j) + uniform(i, 3 * j + 1) + uniform(i, 3 * j + 2) - 1.5);
}

function uniform(i: number, j: number): number {
  let h = (Math.imul(i, 0x9e3779b1) + Math.imul(j, 0x85ebca77)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

/** Area under the ROC curve of distinct scores, by ranks. */
export function areaUnderCurve(y: Float64Array, scores: Float64Array): number {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a] - scores[b]);
  let positives = 0;
  let rankSum = 0;
  order.forEach((row, rank) => {
    if (y[row] !== 1) return;
    positives++;
    rankSum += rank + 1;
  });
  return (rankSum - (positives * (positives + 1)) / 2) / positives / (y.length - positives);
}
