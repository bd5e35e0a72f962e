// The native format of a linear model, and its reader. The reader treats its input as hostile.

import { didYouMean } from '../did-you-mean.ts';
import { LearnError } from '../errors.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { type LinearEstimatorName, linearEstimatorParameters } from './linear-parameters.ts';

export interface LinearModelJson {
  readonly estimator: LinearEstimatorName;
  readonly parameters: Readonly<Record<string, number | boolean>>;
  readonly coefficients: readonly number[];
  readonly intercept: number;
}

export function parseLinearModel(value: unknown): LinearModelJson {
  if (!isRecord(value)) throw invalid('the model is not an object');
  const estimator = parseEstimator(value.estimator);
  return {
    estimator,
    parameters: parseParameters(estimator, value.parameters),
    coefficients: parseCoefficients(value.coefficients),
    intercept: finite("'intercept'", value.intercept),
  };
}

function parseEstimator(value: unknown): LinearEstimatorName {
  if (typeof value !== 'string') throw invalid("'estimator' is not a text");
  if (isLinearEstimator(value)) return value;
  const known = Object.keys(linearEstimatorParameters);
  const name = value.slice(0, 100);
  throw new LearnError(
    'MODEL_ESTIMATOR_UNKNOWN',
    `the model's estimator is '${name}'${didYouMean(name, known) || `; known are ${known.join(', ')}`}`,
  );
}

function isLinearEstimator(name: string): name is LinearEstimatorName {
  return Object.hasOwn(linearEstimatorParameters, name);
}

function parseParameters(
  estimator: LinearEstimatorName,
  value: unknown,
): Readonly<Record<string, number | boolean>> {
  if (!isRecord(value)) throw invalid("'parameters' is not an object");
  try {
    return resolveParameters(estimator, linearEstimatorParameters[estimator], value);
  } catch (cause) {
    if (cause instanceof LearnError) throw invalid(cause.message, { cause });
    throw cause;
  }
}

function parseCoefficients(value: unknown): number[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw invalid("'coefficients' is not a list of at least one number");
  }
  return value.map((item, i) => finite(`'coefficients' at index ${i}`, item));
}

function finite(what: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw invalid(`${what} is not a finite number`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(problem: string, options?: ErrorOptions): LearnError {
  return new LearnError(
    'MODEL_INVALID',
    `the model cannot be read: ${problem}; save it again from the run that made it`,
    options,
  );
}
