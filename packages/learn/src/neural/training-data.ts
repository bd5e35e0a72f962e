// From a learner's arguments to what the training takes: float32 rows, and which of them are held out.

import { LearnError } from '../errors.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { RandomState } from '../random/random-state.ts';
import type { mlpParameters } from './mlp-parameters.ts';
import { padded } from './network.ts';

/** Beyond it a sum of products in float32 may overflow. */
const largestValue = 1e15;
/** With fewer rows to hold out, their loss says nothing. */
const leastHeldOut = 2;

/** The matrices below each other, each row padded to a multiple of 4. */
export function float32Rows(...matrices: readonly Matrix[]): Float32Array {
  const { columnCount } = matrices[0];
  const width = padded(columnCount);
  const rowCount = matrices.reduce((sum, matrix) => sum + matrix.rowCount, 0);
  const rows = new Float32Array(rowCount * width);
  let at = 0;
  for (const { values } of matrices) {
    for (let i = 0; i < values.length; i += columnCount, at += width) {
      for (let j = 0; j < columnCount; j++)
        rows[at + j] = checked(values[i + j], i / columnCount, j);
    }
  }
  return rows;
}

/**
 * Rows to train on and rows to hold out: those from `rowCount` on where validation rows were given,
 * else a seeded part of the training rows, if early stopping asks for it.
 */
export function splitRows(
  rowCount: number,
  validationCount: number,
  parameters: ParameterValues<typeof mlpParameters>,
): { readonly training: Int32Array; readonly heldOut: Int32Array } {
  const all = Int32Array.from({ length: rowCount }, (_, i) => i);
  if (validationCount > 0) {
    return {
      training: all,
      heldOut: Int32Array.from({ length: validationCount }, (_, i) => rowCount + i),
    };
  }
  const count = Math.ceil(rowCount * parameters.validationFraction);
  if (!parameters.earlyStopping || count < leastHeldOut || count >= rowCount) {
    return { training: all, heldOut: new Int32Array(0) };
  }
  // Another seed than the training's, so that its first numbers are not drawn twice.
  const order = new RandomState((parameters.randomState + 1) % 2 ** 32).permutation(rowCount);
  return { training: order.subarray(count).sort(), heldOut: order.subarray(0, count).sort() };
}

function checked(value: number, row: number, column: number): number {
  if (Math.abs(value) <= largestValue) return value;
  throw new LearnError(
    'DATA_OUT_OF_RANGE',
    `row ${row}, column ${column} (both from 0) is ${value}, which is too large for a network; ` +
      'bring the columns to a common scale first, with a StandardScaler',
  );
}
