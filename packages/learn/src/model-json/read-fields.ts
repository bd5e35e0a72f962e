// Checks the fields of a model's JSON, which may have been written by anybody: each function gives
// the value in its type, or throws MODEL_INVALID naming the field. Packed arrays are packed-array's.

import { LearnError } from '../errors.ts';
import type { Label } from '../estimator/estimator.ts';

/** How long a list or a packed array may be: exactly `length`, or within `minLength` and `maxLength`. */
export interface LengthLimits {
  readonly length?: number;
  /** Default 0. */
  readonly minLength?: number;
  /** Default `defaultMaxLength`. */
  readonly maxLength?: number;
}

/** The most items that a list or a packed array has unless told otherwise. */
const defaultMaxLength = 2 ** 26;

/** The longest text that a field may hold. */
const maxTextLength = 2 ** 20;

/** The error for a field that is not what it should be. */
export function invalidField(problem: string, options?: ErrorOptions): LearnError {
  return new LearnError(
    'MODEL_INVALID',
    `the model cannot be read: ${problem}; save it again from the run that made it`,
    options,
  );
}

/** @throws LearnError MODEL_INVALID unless `value` is an object that is no list. */
export function record(value: unknown, what: string): Record<string, unknown> {
  if (isRecord(value)) return value;
  throw invalidField(`${what} is not an object`);
}

/** @throws LearnError MODEL_INVALID unless `value` is a text of at most a million characters. */
export function text(value: unknown, what: string): string {
  if (typeof value !== 'string') throw invalidField(`${what} is not a text`);
  if (value.length > maxTextLength) throw invalidField(`${what} is too long a text`);
  return value;
}

/** @throws LearnError MODEL_INVALID unless `value` is a finite number. */
export function finite(value: unknown, what: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw invalidField(`${what} is not a finite number`);
}

/** @throws LearnError MODEL_INVALID unless `value` is a whole number from `min` to `max`. */
export function integer(
  value: unknown,
  what: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER }: { readonly min?: number; readonly max?: number } = {},
): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max) {
    return value;
  }
  throw invalidField(`${what} is not a whole number from ${min} to ${max}`);
}

/** @throws LearnError MODEL_INVALID unless `value` is true or false. */
export function bool(value: unknown, what: string): boolean {
  if (typeof value === 'boolean') return value;
  throw invalidField(`${what} is not true or false`);
}

/** @throws LearnError MODEL_INVALID unless `value` is one of `choices`. */
export function oneOf<Choice extends string | number | boolean | null>(
  value: unknown,
  what: string,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw invalidField(`${what} is not one of ${choices.slice(0, 20).join(', ')}`);
}

/**
 * The list with each item read by `readItem`, which is told the item's place.
 * @throws LearnError MODEL_INVALID unless `value` is a list within the limits.
 */
export function list<Item>(
  value: unknown,
  what: string,
  readItem: (item: unknown, what: string) => Item,
  limits: LengthLimits = {},
): Item[] {
  if (!Array.isArray(value)) throw invalidField(`${what} is not a list`);
  checkLength(value.length, what, limits);
  return value.map((item, i) => readItem(item, `${what} at index ${i}`));
}

/**
 * The classes of a classifier: two or more unless told otherwise, none twice.
 * @throws LearnError MODEL_INVALID.
 */
export function labels(value: unknown, what: string, limits: LengthLimits = {}): readonly Label[] {
  const read = list(value, what, label, { minLength: 2, maxLength: 2 ** 20, ...limits });
  if (new Set(read).size !== read.length) throw invalidField(`${what} has a label twice`);
  return read;
}

/** @throws LearnError MODEL_INVALID unless `value` is a text, a finite number, true or false. */
export function label(value: unknown, what: string): Label {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw invalidField(`${what} is not a text, a finite number, true or false`);
}

/** @throws LearnError MODEL_INVALID for a length out of the limits. */
export function checkLength(length: number, what: string, limits: LengthLimits): void {
  const { minLength = 0, maxLength = defaultMaxLength } = limits;
  if (limits.length !== undefined && length !== limits.length) {
    throw invalidField(`${what} has ${length} items, and ${limits.length} are expected`);
  }
  if (length >= minLength && length <= maxLength) return;
  throw invalidField(`${what} has ${length} items; expected are ${minLength} to ${maxLength}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
