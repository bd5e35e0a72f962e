// Predictions for a matrix of numbers, of a model whose columns are numbers.

import type { NumberColumn } from '@ridgeline/tabular';
import { LearnError } from '../errors.ts';
import { checkColumnCount } from '../estimator/column-count.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { TabularModel } from '../tabular-model/tabular-model.ts';
import { tableOf } from './table-of-columns.ts';

/** @throws LearnError SHAPE_MISMATCH, MODEL_NOT_NUMERIC. */
export function predictMatrix(tabular: TabularModel, x: Matrix): Float64Array {
  const { model, encoder, inputs } = tabular;
  if (model.kind === 'classifier') throw notNumeric('it predicts labels');
  const text = inputs.find(({ type }) => type === 'string');
  if (text !== undefined) throw notNumeric(`its column '${text.name}' holds text`);
  checkColumnCount(x, inputs.length);
  // Numbers that are features as they stand need no table.
  if (encoder.encodings.every(({ kind }) => kind === 'numeric')) return model.predict(x);
  const columns = inputs.map(({ name, type }, j): NumberColumn => {
    const numberType = type === 'string' ? 'double' : type;
    return { name, type: numberType, values: x.column(j), missing: null };
  });
  return model.predict(encoder.transform(tableOf(columns, x.rowCount)));
}

function notNumeric(why: string): LearnError {
  return new LearnError(
    'MODEL_NOT_NUMERIC',
    `the model does not go from numbers to a number: ${why}; use predictTable or predictRows`,
  );
}
