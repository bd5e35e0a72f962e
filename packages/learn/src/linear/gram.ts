// The Gram matrix XᵀX: all products of pairs of columns, from which ridge and lasso are solved when
// there are many more rows than columns.

import { dot, longDot } from './vector-kernels.ts';

/** Rows at a time: so few that all columns' parts stay in the cache while the pairs go round. */
const blockRows = 1024;

/** Its lower triangle: row `i` has the products of column `i` with columns 0 to `i`. */
export function gramOf(columns: readonly Float64Array[]): readonly Float64Array[] {
  const rowCount = columns[0].length;
  const gram = columns.map((_, i) => new Float64Array(i + 1));
  for (let from = 0; from < rowCount; from += blockRows) {
    const to = Math.min(rowCount, from + blockRows);
    const product = to - from === blockRows ? longDot : dot;
    gram.forEach((row, i) => {
      for (let j = 0; j <= i; j++) row[j] += product(columns[i], columns[j], from, to);
    });
  }
  return gram;
}
