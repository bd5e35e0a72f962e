// The standard normal distribution as operators: its quantiles by Wichura's AS 241, as the native code
// has them, and the share below a deviate by Hart's rational approximation (1968, as given by West,
// "Better approximations to cumulative normal functions", 2005), good to 1e-14 here.

import { quantileCoefficients as parts } from '../../numeric/normal-quantile.ts';
import { polynomial, rootOfLog } from '../arithmetic.ts';
import type { GraphBuilder } from '../graph-builder.ts';
import {
  absolute,
  type Doubles,
  divide,
  exponential,
  less,
  lessOrEqual,
  minimum,
  multiply,
  negate,
  scalar,
  subtract,
  where,
} from '../operators.ts';

const hartNumerator = [
  220.206867912376, 221.213596169931, 112.079291497871, 33.912866078383, 6.37396220353165,
  0.700383064443688, 0.0352624965998911,
];
const hartDenominator = [
  440.413735824752, 793.826512519948, 637.333633378831, 296.564248779674, 86.7807322029461,
  16.064177579207, 1.75566716318264, 0.0883883476483184,
];

/** @param p above 0 and below 1. */
export function normalQuantile(g: GraphBuilder, p: Doubles): Doubles {
  const half = scalar(g, 0.5);
  const q = subtract(g, p, half);
  const central = subtract(g, scalar(g, 0.180625), multiply(g, q, q));
  const centre = multiply(g, q, quotient(g, parts.centre, central));
  const isLow = less(g, q, scalar(g, 0));
  const r = rootOfLog(g, where(g, isLow, p, subtract(g, scalar(g, 1), p)));
  const middle = quotient(g, parts.middle, subtract(g, r, scalar(g, 1.6)));
  const tail = quotient(g, parts.tail, subtract(g, r, scalar(g, 5)));
  const size = where(g, lessOrEqual(g, r, scalar(g, 5)), middle, tail);
  const outside = where(g, isLow, negate(g, size), size);
  return where(g, lessOrEqual(g, absolute(g, q), scalar(g, 0.425)), centre, outside);
}

/** Beyond 7 deviates the share is taken as at 7. */
export function normalShareBelow(g: GraphBuilder, deviate: Doubles): Doubles {
  const size = minimum(g, absolute(g, deviate), scalar(g, 7));
  const density = exponential(g, multiply(g, multiply(g, size, size), scalar(g, -0.5)));
  const ratio = quotient(g, { numerator: hartNumerator, denominator: hartDenominator }, size);
  const upper = multiply(g, density, ratio);
  const isLow = less(g, deviate, scalar(g, 0));
  return where(g, isLow, upper, subtract(g, scalar(g, 1), upper));
}

interface Quotient {
  readonly numerator: readonly number[];
  readonly denominator: readonly number[];
}

function quotient(g: GraphBuilder, { numerator, denominator }: Quotient, x: Doubles): Doubles {
  return divide(g, polynomial(g, numerator, x), polynomial(g, denominator, x));
}
