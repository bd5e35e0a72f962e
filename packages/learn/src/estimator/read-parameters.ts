// Reads the parameters that a model file records, by the same specs that check a caller's.

import { LearnError } from '../errors.ts';
import { invalidField, record } from '../model-json/read-fields.ts';
import type { ParameterSpecs, ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';

/** @throws LearnError MODEL_INVALID unless `value` is an object of the estimator's parameters. */
export function readParameters<Specs extends ParameterSpecs>(
  estimator: string,
  specs: Specs,
  value: unknown,
): ParameterValues<Specs> {
  const given = record(value, "'parameters'");
  try {
    return resolveParameters(estimator, specs, given);
  } catch (cause) {
    if (cause instanceof LearnError) throw invalidField(cause.message, { cause });
    throw cause;
  }
}
