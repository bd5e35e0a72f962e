// Random inputs for the properties: numbers of ordinary size, matrices of full and deficient rank.

import fc from 'fast-check';
import { matrixFromRows } from '../src/index.ts';

/** Multiples of 1/64 from -100 to 100: large enough to vary, exact enough to reason about. */
export const ordinary = fc.integer({ min: -6400, max: 6400 }).map((value) => value / 64);

export function vectorOf(length: number): fc.Arbitrary<number[]> {
  return fc.array(ordinary, { minLength: length, maxLength: length });
}

/** Features and target of 1 to 20 rows and 1 to 5 columns; rank may be deficient. */
export const regressionData = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rowCount, columnCount]) =>
    fc.record({
      rows: fc.array(vectorOf(columnCount), { minLength: rowCount, maxLength: rowCount }),
      y: vectorOf(rowCount),
    }),
  )
  .map(({ rows, y }) => ({ x: matrixFromRows(rows), y: Float64Array.from(y) }));
