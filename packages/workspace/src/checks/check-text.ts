// Checks of single values that come from outside. They take `unknown`, because what a caller
// promised in its types is not what a request brings.
import { RidgelineError } from '../errors.ts';

export function invalid(message: string): RidgelineError {
  return new RidgelineError('INVALID_PARAMETER_VALUE', message);
}

/** The start of a value that goes into a message, short enough to be read. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : String(JSON.stringify(value));
  return text.length <= 100 ? `'${text}'` : `'${text.slice(0, 100).toWellFormed()}…'`;
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE unless `value` is storable text of that length. */
export function checkText(label: string, value: unknown, maxLength: number): string {
  if (typeof value !== 'string') throw invalid(`${label} must be a string, got ${quote(value)}`);
  // Both would come back changed from one database or the other.
  if (!value.isWellFormed()) throw invalid(`${label} ${quote(value)} is not valid Unicode`);
  if (value.includes('\0')) throw invalid(`${label} must not contain the character NUL`);
  const length = lengthInCodePoints(value, maxLength);
  if (length > maxLength) {
    throw invalid(`${label} ${quote(value)} had length ${length}, at most ${maxLength} is allowed`);
  }
  return value;
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE unless `value` is text with something in it. */
export function checkName(label: string, value: unknown, maxLength: number): string {
  const name = checkText(label, value, maxLength);
  if (name.trim() === '') throw invalid(`${label} must not be empty`);
  return name;
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE unless `value` is one of `allowed`. */
export function checkOneOf<T extends string>(
  label: string,
  value: unknown,
  allowed: readonly T[],
): T {
  const found = allowed.find((word) => word === value);
  if (found === undefined) {
    throw invalid(`${label} must be one of ${allowed.join(', ')}, got ${quote(value)}`);
  }
  return found;
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE unless `value` is a whole number in the range. */
export function checkInteger(label: string, value: unknown, min: number, max: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max) {
    return value;
  }
  const range = `a whole number from ${min} to ${max}`;
  throw invalid(`${label} must be ${range}, got ${quote(value)}`);
}

/** A time in milliseconds since the epoch. */
export function checkTime(label: string, value: unknown): number {
  return checkInteger(label, value, 0, Number.MAX_SAFE_INTEGER);
}

function lengthInCodePoints(value: string, enough: number): number {
  // A string has at most as many code points as UTF-16 units: most need no counting.
  if (value.length <= enough) return value.length;
  let surrogatePairs = 0;
  for (let index = 0; index < value.length; index += 1) {
    const unit = value.charCodeAt(index);
    if (unit >= 0xd800 && unit < 0xdc00) surrogatePairs += 1;
  }
  return value.length - surrogatePairs;
}
