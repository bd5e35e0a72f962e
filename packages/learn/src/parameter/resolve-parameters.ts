// Checks given parameters against their specs and fills in the defaults.

import { didYouMean } from '../did-you-mean.ts';
import { LearnError } from '../errors.ts';
import type { ParameterSpec, ParameterSpecs, ParameterValues } from './parameter-spec.ts';

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

function isAllowed(spec: ParameterSpec, value: unknown): value is number | boolean {
  if (spec.kind === 'boolean') return typeof value === 'boolean';
  return typeof value === 'number' && value >= spec.min && value <= spec.max;
}

function invalid(estimator: string, name: string, spec: ParameterSpec, value: unknown): LearnError {
  const shown = typeof value === 'object' && value !== null ? 'an object' : String(value);
  return new LearnError(
    'PARAMETER_INVALID',
    `parameter '${name}' of ${estimator} is ${shown}: expected ${expectation(spec)} (default ${spec.default})`,
  );
}

function expectation(spec: ParameterSpec): string {
  if (spec.kind === 'boolean') return 'true or false';
  if (spec.max === Number.MAX_VALUE) return `a finite number of ${spec.min} or more`;
  return `a number from ${spec.min} to ${spec.max}`;
}
