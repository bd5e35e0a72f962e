// The checks of single settings: each takes what was given and gives it back typed, or tells what was
// expected. Owns no setting's meaning.
import { AutoMLError } from '../errors.ts';

export function invalid(name: string, value: unknown, expected: string): AutoMLError {
  return new AutoMLError(
    'SETTING_INVALID',
    `the setting ${name} is ${shown(value)}; expected ${expected}`,
  );
}

export function wholeOrNull(name: string, value: unknown, min: number, max: number): number | null {
  if (value === null || value === undefined) return null;
  if (Number.isInteger(value) && Number(value) >= min && Number(value) <= max) return Number(value);
  throw invalid(name, value, `a whole number from ${min} to ${max}, or null`);
}

/** A finite number above 0 and up to `max`. */
export function positiveOrNull(name: string, value: unknown, max: number): number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' && value > 0 && value <= max) return value;
  throw invalid(name, value, `a number above 0 and at most ${max}, or null`);
}

export function finiteOrNull(name: string, value: unknown): number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw invalid(name, value, 'a finite number, or null');
}

export function flag(name: string, value: unknown, fallback: boolean): boolean {
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'boolean') return value;
  throw invalid(name, value, `true or false (default ${fallback})`);
}

export function textOrNull(name: string, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(name, value, 'a text, or null');
}

export function texts(name: string, value: unknown): readonly string[] {
  if (value === null || value === undefined) return [];
  if (
    Array.isArray(value) &&
    value.length <= 10_000 &&
    value.every((each) => typeof each === 'string')
  ) {
    return value;
  }
  throw invalid(name, value, 'a list of texts');
}

export function oneOf<Choice extends string>(
  name: string,
  value: unknown,
  choices: readonly Choice[],
  fallback: Choice,
): Choice {
  if (value === undefined || value === null) return fallback;
  const choice = choices.find((each) => each === value);
  if (choice !== undefined) return choice;
  throw invalid(name, value, `one of ${choices.join(', ')} (default ${fallback})`);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value.slice(0, 100)}'`;
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
