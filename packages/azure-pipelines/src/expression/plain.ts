// Values from and to what JSON can say.
import { DateTimeValue } from './date-time.ts';
import { Decimal } from './decimal.ts';
import { ExpressionMistake } from './expression-mistake.ts';
import { arrayOf, objectOf, type Value } from './value.ts';

/** Deeper data is not written by hand, and would exhaust the stack. */
export const maxDataDepth = 200;

/** Functions, symbols and undefined become null. */
export function fromPlain(plain: unknown, depth = 0): Value {
  if (depth > maxDataDepth) throw tooDeep();
  switch (typeof plain) {
    case 'string':
    case 'boolean':
      return plain;
    case 'number':
      return numberFrom(plain);
    case 'bigint':
      return Decimal.parse(plain.toString()) ?? tooLarge(plain);
    case 'object':
      return plain === null ? null : collectionFrom(plain, depth);
    default:
      return null;
  }
}

function collectionFrom(plain: object, depth: number): Value {
  if (plain instanceof Date) return DateTimeValue.fromDate(plain);
  if (Array.isArray(plain)) return arrayOf(plain.map((item) => fromPlain(item, depth + 1)));
  const entries = plain instanceof Map ? [...plain] : Object.entries(plain);
  return objectOf(entries.map(([name, item]) => [String(name), fromPlain(item, depth + 1)]));
}

function numberFrom(plain: number): Decimal {
  return Decimal.fromNumber(plain) ?? tooLarge(plain);
}

function tooLarge(plain: number | bigint): never {
  const message = `${String(plain).slice(0, 40)} is no decimal number; at most 28 digits are`;
  throw new ExpressionMistake('EXPRESSION_FAILED', 0, message);
}

/** Versions and times become texts; a number becomes the nearest double. */
export function toPlain(value: Value, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > maxDataDepth) throw tooDeep();
  switch (value.kind) {
    case 'number':
      return value.toNumber();
    case 'version':
    case 'dateTime':
      return value.toString();
    case 'array':
      return value.items.map((item) => toPlain(item, depth + 1));
    case 'object':
      return Object.fromEntries(
        [...value.entries.values()].map((entry) => [entry.name, toPlain(entry.value, depth + 1)]),
      );
  }
}

function tooDeep(): ExpressionMistake {
  const message = `the data is nested more than ${maxDataDepth} levels deep; flatten it`;
  return new ExpressionMistake('EXPRESSION_FAILED', 0, message);
}
