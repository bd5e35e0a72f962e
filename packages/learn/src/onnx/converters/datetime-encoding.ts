// A point in time as its parts, by the same arithmetic as the native encoder's (encode/date-parts.ts).

import { type DatePart, dateParts } from '../../encode/date-parts.ts';
import type { GraphBuilder } from '../graph-builder.ts';
import {
  add,
  concatColumns,
  type Doubles,
  divide,
  floor,
  less,
  lessOrEqual,
  multiply,
  scalar,
  subtract,
  where,
} from '../operators.ts';

const dayMs = 86_400_000;

/** @param times milliseconds since 1970 UTC, of shape [rows, 1]; NaN where missing. */
export function convertDatetime(
  g: GraphBuilder,
  parts: readonly DatePart[],
  times: Doubles,
): Doubles {
  const day = floorDivide(g, times, dayMs);
  const [year, month, dayOfMonth] = civilDate(g, day);
  const weekday = plus(g, remainder(g, plus(g, day, 3), 7), 1);
  const hour = floorDivide(g, subtract(g, times, timesOf(g, day, dayMs)), 3_600_000);
  const all = [day, year, month, dayOfMonth, weekday, hour];
  return concatColumns(
    g,
    parts.map((part) => all[dateParts.indexOf(part)]),
  );
}

function civilDate(g: GraphBuilder, day: Doubles): readonly [Doubles, Doubles, Doubles] {
  const shifted = plus(g, day, 719_468);
  const era = floorDivide(g, shifted, 146_097);
  const dayOfEra = subtract(g, shifted, timesOf(g, era, 146_097));
  const yearOfEra = floorDivide(g, withoutLeapDays(g, dayOfEra), 365);
  const dayOfYear = subtract(g, dayOfEra, daysBefore(g, yearOfEra));
  const shiftedMonth = floorDivide(g, plus(g, timesOf(g, dayOfYear, 5), 2), 153);
  const isBeforeTen = less(g, shiftedMonth, scalar(g, 10));
  const month = add(g, shiftedMonth, where(g, isBeforeTen, scalar(g, 3), scalar(g, -9)));
  const isEarly = lessOrEqual(g, month, scalar(g, 2));
  const early = where(g, isEarly, scalar(g, 1), scalar(g, 0));
  const year = add(g, add(g, yearOfEra, timesOf(g, era, 400)), early);
  const daysOfMonths = floorDivide(g, plus(g, timesOf(g, shiftedMonth, 153), 2), 5);
  return [year, month, plus(g, subtract(g, dayOfYear, daysOfMonths), 1)];
}

function withoutLeapDays(g: GraphBuilder, dayOfEra: Doubles): Doubles {
  const fewer = subtract(g, dayOfEra, floorDivide(g, dayOfEra, 1460));
  const more = add(g, fewer, floorDivide(g, dayOfEra, 36_524));
  return subtract(g, more, floorDivide(g, dayOfEra, 146_096));
}

function daysBefore(g: GraphBuilder, yearOfEra: Doubles): Doubles {
  const plain = add(g, timesOf(g, yearOfEra, 365), floorDivide(g, yearOfEra, 4));
  return subtract(g, plain, floorDivide(g, yearOfEra, 100));
}

function floorDivide(g: GraphBuilder, value: Doubles, divisor: number): Doubles {
  return floor(g, divide(g, value, scalar(g, divisor)));
}

function remainder(g: GraphBuilder, value: Doubles, divisor: number): Doubles {
  return subtract(g, value, timesOf(g, floorDivide(g, value, divisor), divisor));
}

function plus(g: GraphBuilder, value: Doubles, summand: number): Doubles {
  return add(g, value, scalar(g, summand));
}

function timesOf(g: GraphBuilder, value: Doubles, factor: number): Doubles {
  return multiply(g, value, scalar(g, factor));
}
