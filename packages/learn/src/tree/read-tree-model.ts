// Reads fitted tree models from JSON, taking nothing on trust. One function serves every estimator
// that is made of trees; the estimator's name and parameters come with the call.

import { readParameters } from '../estimator/read-parameters.ts';
import {
  finite,
  integer,
  invalidField,
  labels,
  list,
  oneOf,
  record,
} from '../model-json/read-fields.ts';
import type { ParameterSpecs } from '../parameter/parameter-spec.ts';
import { FittedTreeClassifier, FittedTreeRegressor } from './fitted-tree-models.ts';
import { readEnsemble } from './tree-json.ts';
import { classificationLinks, regressionLinks } from './tree-link.ts';

const maxCurveLength = 2 ** 20;

/** @throws LearnError MODEL_INVALID naming the field that is wrong. */
export function readTreeRegressor(
  value: unknown,
  estimator: string,
  specs: ParameterSpecs,
): FittedTreeRegressor {
  const json = record(value, 'the model');
  const fields = readCommon(json, estimator, specs);
  const { outputCount } = fields.ensemble;
  if (outputCount !== 1) throw invalidField(`'outputCount' is ${outputCount} of a regressor`);
  const link = oneOf(json.link, "'link'", regressionLinks);
  return new FittedTreeRegressor({ ...fields, link });
}

/** @throws LearnError MODEL_INVALID naming the field that is wrong. */
export function readTreeClassifier(
  value: unknown,
  estimator: string,
  specs: ParameterSpecs,
): FittedTreeClassifier {
  const json = record(value, 'the model');
  const fields = readCommon(json, estimator, specs);
  const classes = labels(json.classes, "'classes'");
  const link = oneOf(json.link, "'link'", classificationLinks);
  const { outputCount } = fields.ensemble;
  const fits = outputCount === 1 ? classes.length === 2 : outputCount === classes.length;
  if (!fits || (link === 'logistic' && outputCount !== 1)) {
    throw invalidField(`'outputCount' is ${outputCount} for ${classes.length} classes by ${link}`);
  }
  return new FittedTreeClassifier({ ...fields, link, classes });
}

function readCommon(
  json: Readonly<Record<string, unknown>>,
  estimator: string,
  specs: ParameterSpecs,
) {
  oneOf(json.estimator, "'estimator'", [estimator]);
  return {
    estimator,
    parameters: readParameters(estimator, specs, json.parameters),
    curve: list(json.curve, "'curve'", finite, { maxLength: maxCurveLength }),
    bestIteration:
      json.bestIteration === null ? null : integer(json.bestIteration, "'bestIteration'"),
    ensemble: readEnsemble(json.ensemble),
  };
}
