// Reads any fitted model from its JSON: a learner of the table of estimators, or a composite of them.
// The JSON may have been written by anybody.

import { composites } from '../compose/composites.ts';
import { didYouMean } from '../did-you-mean.ts';
import { LearnError } from '../errors.ts';
import { invalidField, record, text } from '../model-json/read-fields.ts';
import type { FittedModel } from './estimator.ts';
import { estimators } from './estimators.ts';

/** Composites within composites beyond this are no model that anybody has trained. */
const maxDepth = 8;

/**
 * @throws LearnError MODEL_ESTIMATOR_UNKNOWN, MODEL_INVALID naming what is wrong, also where composites
 * are more than 8 deep.
 */
export function readModel(json: unknown): FittedModel {
  return readAtDepth(json, 'the model', 1);
}

function readAtDepth(json: unknown, what: string, depth: number): FittedModel {
  if (depth > maxDepth) throw invalidField(`its models are nested more than ${maxDepth} deep`);
  const fields = record(json, what);
  const name = text(fields.estimator, `${what}.estimator`);
  const readComposite = composites.get(name);
  if (readComposite !== undefined) {
    return readComposite(fields, (child, where) => readAtDepth(child, where, depth + 1));
  }
  const entry = estimators.get(name);
  if (entry !== undefined) return entry.read(fields);
  throw unknownEstimator(name);
}

function unknownEstimator(name: string): LearnError {
  const known = [...estimators.keys(), ...composites.keys()];
  const shown = name.slice(0, 100);
  return new LearnError(
    'MODEL_ESTIMATOR_UNKNOWN',
    `the model's estimator is '${shown}'${didYouMean(shown, known) || `; known are ${known.join(', ')}`}`,
  );
}
