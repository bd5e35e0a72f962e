// Reads what TabularModel's `toJSON` wrote, taking nothing on trust.

import { readColumnType, readTableEncoder } from '../encode/read-table-encoder.ts';
import { readModel } from '../estimator/read-model.ts';
import { invalidField, oneOf, record, text } from '../model-json/read-fields.ts';
import { TabularModel } from './tabular-model.ts';

/** @throws LearnError MODEL_INVALID naming the field that is wrong, MODEL_ESTIMATOR_UNKNOWN. */
export function readTabularModel(json: unknown): TabularModel {
  const fields = record(json, 'the model');
  oneOf(fields.estimator, 'estimator', ['TabularModel']);
  const targetName = text(fields.targetName, 'targetName');
  if (targetName === '') throw invalidField('targetName is empty');
  const targetType = readColumnType(fields.targetType, 'targetType');
  const encoder = readTableEncoder(fields.encoder);
  const model = readModel(fields.model);
  if (model.columnCount !== encoder.features.length) {
    throw invalidField(
      `the model has ${model.columnCount} features, and its encoder makes ${encoder.features.length}`,
    );
  }
  return new TabularModel({ targetName, targetType, encoder, model });
}
