// Checks given parameters against their specs and fills in the defaults.

import { didYouMean } from '../did-you-mean.ts';
import { LearnError } from '../errors.ts';
import type {
  ParameterSpec,
  ParameterSpecs,
  ParameterValue,
  ParameterValues,
} from './parameter-spec.ts';

/**
 * Every parameter of `specs` with its given value, or its default where none (or undefined) is given.
 * @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID for a wrong type or a value out of range.
 */
export function resolveParameters<Specs extends ParameterSpecs>(
  estimator: string,
  specs: Specs,
  given: object,
): ParameterValues<Specs> {
  const names = Object.keys(specs);
  for (const name of Object.keys(given)) {
    if (!names.includes(name)) {
      throw new LearnError(
        'PARAMETER_UNKNOWN',
        `${estimator} has no parameter '${name}'${didYouMean(name, names) || `; it has ${names.join(', ')}`}`,
      );
    }
  }
  const values = new Map<string, unknown>(Object.entries(given));
  const resolved = Object.entries(specs).map(([name, spec]) => {
    const asGiven = values.get(name);
    const value = asGiven === undefined ? spec.default : asGiven;
    if (!isAllowed(spec, value)) throw invalid(estimator, name, spec, value);
    return [name, value] as const;
  });
  // Object.fromEntries forgets which name has which type; each has just been checked.
  return Object.fromEntries(resolved) as ParameterValues<Specs>;
}

function isAllowed(spec: ParameterSpec, value: unknown): value is ParameterValue {
  switch (spec.kind) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'choice':
      return typeof value === 'string' && spec.choices.includes(value);
    case 'integer-list':
      return (
        Array.isArray(value) &&
        value.length <= spec.maxLength &&
        value.every((item) => Number.isInteger(item) && isWithin(spec, item))
      );
    case 'optional-integer':
      return value === null || (Number.isInteger(value) && isWithin(spec, value));
    case 'integer':
      return Number.isInteger(value) && isWithin(spec, value);
    case 'number':
      return isWithin(spec, value);
  }
}

function isWithin(range: { readonly min: number; readonly max: number }, value: unknown): boolean {
  return typeof value === 'number' && value >= range.min && value <= range.max;
}

function invalid(estimator: string, name: string, spec: ParameterSpec, value: unknown): LearnError {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const shown = isObject ? 'an object' : Array.isArray(value) ? 'a list' : String(value);
  return new LearnError(
    'PARAMETER_INVALID',
    `parameter '${name}' of ${estimator} is ${shown}: expected ${expectation(spec)} (default ${String(spec.default)})`,
  );
}

function expectation(spec: ParameterSpec): string {
  if (spec.kind === 'boolean') return 'true or false';
  if (spec.kind === 'choice') return `one of ${spec.choices.join(', ')}`;
  if (spec.kind === 'number') return numberRange(spec);
  const whole = `whole number from ${spec.min} to ${spec.max}`;
  if (spec.kind === 'integer-list') return `a list of at most ${spec.maxLength}, each a ${whole}`;
  return spec.kind === 'integer' ? `a ${whole}` : `a ${whole}, or null`;
}

function numberRange({ min, max }: { readonly min: number; readonly max: number }): string {
  if (max === Number.MAX_VALUE) return `a finite number of ${min} or more`;
  return `a number from ${min} to ${max}`;
}
