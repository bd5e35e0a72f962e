// The native format of a linear model, and its reader. The reader treats its input as hostile.

import { didYouMean } from '../did-you-mean.ts';
import { LearnError } from '../errors.ts';
import type { ModelJson } from '../estimator/estimator.ts';
import { readParameters } from '../estimator/read-parameters.ts';
import { finite, list, record, text } from '../model-json/read-fields.ts';
import {
  type LinearEstimatorName,
  type LinearParameterValues,
  linearEstimatorParameters,
} from './linear-parameters.ts';

export interface LinearModelJson extends ModelJson {
  readonly estimator: LinearEstimatorName;
  readonly parameters: LinearParameterValues;
  readonly coefficients: readonly number[];
  readonly intercept: number;
}

export function parseLinearModel(value: unknown): LinearModelJson {
  const fields = record(value, 'the model');
  const estimator = parseEstimator(fields.estimator);
  return {
    estimator,
    parameters: readParameters(estimator, linearEstimatorParameters[estimator], fields.parameters),
    coefficients: list(fields.coefficients, "'coefficients'", finite, { minLength: 1 }),
    intercept: finite(fields.intercept, "'intercept'"),
  };
}

function parseEstimator(value: unknown): LinearEstimatorName {
  const name = text(value, "'estimator'").slice(0, 100);
  if (isLinearEstimator(name)) return name;
  const known = Object.keys(linearEstimatorParameters);
  throw new LearnError(
    'MODEL_ESTIMATOR_UNKNOWN',
    `the model's estimator is '${name}'${didYouMean(name, known) || `; known are ${known.join(', ')}`}`,
  );
}

function isLinearEstimator(name: string): name is LinearEstimatorName {
  return Object.hasOwn(linearEstimatorParameters, name);
}
