// Functions that are made of several operators, in doubles and by the same formulas as the native ones
// where their last digits depend on it.

import { int } from './attribute.ts';
import type { GraphBuilder } from './graph-builder.ts';
import {
  absolute,
  add,
  cast,
  concatColumns,
  type Doubles,
  divide,
  equalNumbers,
  exponential,
  greater,
  less,
  logarithm,
  maximum,
  minimum,
  multiply,
  negate,
  scalar,
  sign,
  squareRoot,
  subtract,
  sumColumns,
  where,
} from './operators.ts';
import { doubles } from './tensor.ts';

/** The least and the largest of a double's finite values where `value` is beyond them. */
export function boundedToFinite(g: GraphBuilder, value: Doubles): Doubles {
  const largest = scalar(g, Number.MAX_VALUE);
  const isBeyond = greater(g, absolute(g, value), largest);
  return where(g, isBeyond, multiply(g, sign(g, value), largest), value);
}

/** sign(x) log(1 + |x|); the quotient mends what 1 + |x| has rounded off (Kahan's log1p). */
export function signedLog(g: GraphBuilder, value: Doubles): Doubles {
  const one = scalar(g, 1);
  const size = absolute(g, value);
  const shifted = add(g, one, size);
  const mended = multiply(g, logarithm(g, shifted), divide(g, size, subtract(g, shifted, one)));
  const isTiny = equalNumbers(g, shifted, one);
  return multiply(g, sign(g, value), where(g, isTiny, size, mended));
}

/** sign(x) (e^|x| - 1), within the range of a double; mended as `signedLog` is. */
export function signedExponential(g: GraphBuilder, value: Doubles): Doubles {
  const one = scalar(g, 1);
  const size = absolute(g, value);
  const power = exponential(g, minimum(g, size, scalar(g, 709)));
  const rest = subtract(g, power, one);
  const mended = multiply(g, rest, divide(g, size, logarithm(g, power)));
  const plain = where(g, less(g, size, scalar(g, 1)), mended, rest);
  const exact = where(g, equalNumbers(g, power, one), size, plain);
  const isBeyond = greater(g, size, scalar(g, Math.log(Number.MAX_VALUE)));
  const bounded = where(g, isBeyond, scalar(g, Number.MAX_VALUE), exact);
  return multiply(g, sign(g, value), bounded);
}

/** log(p / (1 - p)), with p kept from 0 and 1 by `margin`. */
export function logit(g: GraphBuilder, p: Doubles, margin: number): Doubles {
  const bounded = minimum(g, scalar(g, 1 - margin), maximum(g, scalar(g, margin), p));
  return logarithm(g, divide(g, bounded, subtract(g, scalar(g, 1), bounded)));
}

/** The coefficients from the constant one on. */
export function polynomial(g: GraphBuilder, coefficients: readonly number[], x: Doubles): Doubles {
  return coefficients
    .slice(0, -1)
    .reduceRight(
      (value, coefficient) => add(g, multiply(g, value, x), scalar(g, coefficient)),
      scalar(g, coefficients.at(-1) ?? 0),
    );
}

/** The numbers at `indices`, whole numbers of any shape, in a list of `values`. */
export function lookUp(g: GraphBuilder, values: ArrayLike<number>, indices: Doubles): Doubles {
  const table = g.constant(doubles(values));
  return g.node('Gather', [table, cast(g, indices, 'int64')], 'double', { axis: int(0) });
}

/** The quotients by the sum of each row; where that is 0, equal shares. */
export function sharesOfRow(g: GraphBuilder, values: Doubles, width: number): Doubles {
  const total = sumColumns(g, values);
  const isAny = greater(g, total, scalar(g, 0));
  const divisor = where(g, isAny, total, scalar(g, 1));
  return where(g, isAny, divide(g, values, divisor), scalar(g, 1 / width));
}

/** Probabilities of two classes from that of the second. */
export function withFirstOfTwo(g: GraphBuilder, second: Doubles): Doubles {
  return concatColumns(g, [subtract(g, scalar(g, 1), second), second]);
}

/** The square root of -log p, by which the tails of a normal distribution are approximated. */
export function rootOfLog(g: GraphBuilder, p: Doubles): Doubles {
  return squareRoot(g, negate(g, logarithm(g, p)));
}
