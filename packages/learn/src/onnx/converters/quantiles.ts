// Places among quantiles and back, as preprocess/maps/quantile-map.ts has them, for all columns of a
// matrix at once. The place is found by halving, so that neither the graph nor its memory grows with
// the number of quantiles.

import { lookUp } from '../arithmetic.ts';
import type { GraphBuilder, GraphValue } from '../graph-builder.ts';
import {
  add,
  constantRows,
  type Doubles,
  divide,
  floor,
  isMissing,
  less,
  lessOrEqual,
  maximum,
  minimum,
  multiply,
  rowOf,
  scalar,
  subtract,
  where,
} from '../operators.ts';

/** The quantiles of all columns, filled up to one width with infinities. */
interface QuantileTable {
  /** A power of 2, above the number of quantiles of any column. */
  readonly width: number;
  /** `width` numbers a column. */
  readonly values: Float64Array;
  /** Where each column begins, as a row. */
  readonly starts: Doubles;
}

/**
 * Places from 0 to 1; missing values stay missing.
 * @param x of shape [rows, columns].
 * @param quantiles of each column, ascending, at least one.
 */
export function placesAmong(
  g: GraphBuilder,
  x: Doubles,
  quantiles: readonly Float64Array[],
): Doubles {
  const table = tableOf(g, quantiles);
  const last = rowOf(
    g,
    quantiles.map(({ length }) => length - 1),
  );
  const below = countWhere(g, x, table, quantiles.length, 'Less');
  const upTo = countWhere(g, x, table, quantiles.length, 'LessOrEqual');
  const lower = minimum(g, maximum(g, subtract(g, upTo, scalar(g, 1)), scalar(g, 0)), last);
  const low = at(g, table, lower);
  const high = at(g, table, minimum(g, upTo, last));
  const share = divide(g, subtract(g, x, low), subtract(g, high, low));
  const divisor = maximum(g, last, scalar(g, 1));
  const between = divide(g, add(g, lower, share), divisor);
  const shared = divide(g, divide(g, add(g, below, lower), scalar(g, 2)), divisor);
  const place = where(g, less(g, low, x), between, shared);
  return where(g, isMissing(g, x), x, withEnds(g, x, quantiles, place));
}

function withEnds(g: GraphBuilder, x: Doubles, quantiles: readonly Float64Array[], place: Doubles) {
  const first = rowOf(
    g,
    quantiles.map((values) => values[0]),
  );
  const last = rowOf(
    g,
    quantiles.map((values) => values[values.length - 1]),
  );
  const inside = where(g, lessOrEqual(g, last, x), scalar(g, 1), place);
  return where(g, lessOrEqual(g, x, first), scalar(g, 0), inside);
}

/** The value at each place, of shape [rows, 1], among ascending quantiles. */
export function valuesAtPlaces(g: GraphBuilder, places: Doubles, quantiles: Float64Array): Doubles {
  const last = quantiles.length - 1;
  const inside = minimum(g, scalar(g, 1), maximum(g, scalar(g, 0), places));
  const position = multiply(g, inside, scalar(g, last));
  const lower = minimum(g, floor(g, position), scalar(g, Math.max(0, last - 1)));
  const upper = minimum(g, add(g, lower, scalar(g, 1)), scalar(g, last));
  const share = subtract(g, position, lower);
  const low = multiply(g, lookUp(g, quantiles, lower), subtract(g, scalar(g, 1), share));
  return add(g, low, multiply(g, lookUp(g, quantiles, upper), share));
}

function tableOf(g: GraphBuilder, quantiles: readonly Float64Array[]): QuantileTable {
  const longest = quantiles.reduce((most, { length }) => Math.max(most, length), 0);
  const width = 2 ** Math.ceil(Math.log2(longest + 1));
  const values = new Float64Array(width * quantiles.length).fill(Number.POSITIVE_INFINITY);
  quantiles.forEach((own, j) => {
    values.set(own, j * width);
  });
  const starts = rowOf(
    g,
    quantiles.map((_, j) => j * width),
  );
  return { width, values, starts };
}

/** How many quantiles of its column are less than each value, or equal to it at most. */
function countWhere(
  g: GraphBuilder,
  x: Doubles,
  table: QuantileTable,
  columnCount: number,
  comparison: 'Less' | 'LessOrEqual',
): Doubles {
  let count: Doubles = constantRows(g, x, new Float64Array(columnCount));
  for (let step = table.width / 2; step >= 1; step /= 2) {
    const found = at(g, table, add(g, count, scalar(g, step - 1)));
    const isBelow: GraphValue<'bool'> = g.node(comparison, [found, x], 'bool');
    count = where(g, isBelow, add(g, count, scalar(g, step)), count);
  }
  return count;
}

function at(g: GraphBuilder, { values, starts }: QuantileTable, places: Doubles): Doubles {
  return lookUp(g, values, add(g, places, starts));
}
