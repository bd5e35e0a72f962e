// Shapley values of the columns by sampled orders (Strumbelj and Kononenko 2014), each with its reverse
// (Mitchell et al. 2022). It asks for predictions only, and so explains any model, ensembles and
// preprocessing included, by its raw columns. A row's values add up exactly to its prediction minus
// the base value.
import { RandomState } from '@ridgeline/learn';
import type { Table } from '@ridgeline/tabular';
import { mixedRows } from './mixed-table.ts';

export interface ShapInput {
  /** The columns that the model reads, and no others. */
  readonly table: Table;
  /** Indices of columns that are explained together; each column is in one of the groups. */
  readonly groups: readonly (readonly number[])[];
  /** Rows to explain. */
  readonly rows: Int32Array;
  /** Rows that stand for "not known"; two orders are drawn for each. */
  readonly background: Int32Array;
  readonly outputCount: number;
  /** Row-major, `outputCount` numbers a row. */
  readonly predict: (table: Table) => Float64Array;
  readonly seed: number;
}

export interface SampledShap {
  /** One an output: the mean prediction of the background. */
  readonly baseValues: Float64Array;
  /** Explained row i, group g, output k is at `(i * groupCount + g) * outputCount + k`. */
  readonly values: Float64Array;
}

/** Cells of one prediction call: large enough to be fast, small enough for any memory. */
const batchCells = 4_000_000;

export function sampledShap(input: ShapInput): SampledShap {
  const { table, groups, rows, background, outputCount } = input;
  const orders = drawOrders(background.length, groups.length, input.seed);
  const values = new Float64Array(rows.length * groups.length * outputCount);
  const cellsOfRow = orders.length * (groups.length + 1) * table.columnNames.length;
  const rowsAtOnce = Math.max(1, Math.floor(batchCells / cellsOfRow));
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const some = rows.subarray(start, start + rowsAtOnce);
    explainRows(input, some, orders, values.subarray(start * groups.length * outputCount));
  }
  return { baseValues: baseValuesOf(input), values };
}

interface Order {
  /** Index into the background. */
  readonly background: number;
  /** The groups in the order in which they become known. */
  readonly groups: Int32Array;
}

function drawOrders(backgroundCount: number, groupCount: number, seed: number): readonly Order[] {
  const random = new RandomState(seed);
  return Array.from({ length: backgroundCount }, (_, background) => {
    const groups = random.permutation(groupCount);
    return [
      { background, groups },
      { background, groups: groups.toReversed() },
    ];
  }).flat();
}

/** Adds to `out` what each step of each order changes in the predictions of these rows. */
function explainRows(
  input: ShapInput,
  rows: Int32Array,
  orders: readonly Order[],
  out: Float64Array,
): void {
  const { table, groups, outputCount, predict } = input;
  const predictions = predict(mixedRows(table, walks(input, rows, orders)));
  let at = 0;
  for (let i = 0; i < rows.length; i++) {
    for (const order of orders) {
      for (const group of order.groups) {
        for (let k = 0; k < outputCount; k++, at++) {
          const change = predictions[at + outputCount] - predictions[at];
          out[(i * groups.length + group) * outputCount + k] += change / orders.length;
        }
      }
      // The last step of a walk, where all is known, is followed by the next walk.
      at += outputCount;
    }
  }
}

/**
 * Each order is a walk from a row of the background to the explained row, a group a step. For each
 * column the rows that it takes its values from, walk after walk.
 */
function walks(
  { table, groups, background }: ShapInput,
  rows: Int32Array,
  orders: readonly Order[],
): readonly Int32Array[] {
  const length = groups.length + 1;
  const sources = table.columnNames.map(() => new Int32Array(rows.length * orders.length * length));
  rows.forEach((row, i) => {
    orders.forEach((order, o) => {
      const start = (i * orders.length + o) * length;
      order.groups.forEach((group, step) => {
        for (const column of groups[group]) {
          sources[column].fill(background[order.background], start, start + step + 1);
          sources[column].fill(row, start + step + 1, start + length);
        }
      });
    });
  });
  return sources;
}

function baseValuesOf({ table, background, outputCount, predict }: ShapInput): Float64Array {
  const predictions = predict(table.takeRows(background));
  const sums = new Float64Array(outputCount);
  predictions.forEach((value, at) => {
    sums[at % outputCount] += value;
  });
  return sums.map((sum) => sum / background.length);
}
