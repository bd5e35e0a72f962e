// A learner of numbers as a whole model, from named columns on: what a folder of format 1 holds, and
// what `saveModel` makes of a model with names beside it.

import { FittedTableEncoder } from '../encode/fitted-table-encoder.ts';
import { NumericEncoding } from '../encode/numeric-encoding.ts';
import type { FittedModel } from '../estimator/estimator.ts';
import { TabularModel } from '../tabular-model/tabular-model.ts';

/** @param columnNames the feature columns, one a column of the model. */
export function numericModel(
  model: FittedModel,
  columnNames: readonly string[],
  targetName: string,
): TabularModel {
  const encodings = columnNames.map(
    (name) => new NumericEncoding({ name, type: 'double', required: true }),
  );
  const encoder = new FittedTableEncoder(encodings, []);
  return new TabularModel({ targetName, targetType: 'double', encoder, model });
}
