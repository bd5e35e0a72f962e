// What can be saved: a whole model, or a learner of numbers with names beside it, which is checked and
// made whole here. Both come out as one thing, whose native JSON differs.

import { LearnError } from '../errors.ts';
import type { FittedModel } from '../estimator/estimator.ts';
import { FittedLinearModel } from '../linear/fitted-linear-model.ts';
import type { TabularModel } from '../tabular-model/tabular-model.ts';
import type { ExampleRows } from './input-example.ts';
import { linearFormatVersion, tabularFormatVersion } from './model-info.ts';
import { numericModel } from './numeric-model.ts';

export interface TabularModelToSave {
  readonly model: TabularModel;
  /** A few rows of input to keep with the model. */
  readonly inputExample?: ExampleRows;
}

export interface NumericModelToSave {
  readonly model: FittedModel;
  /** The feature columns, in the order of the matrix that the model was fitted on; no name twice. */
  readonly columnNames: readonly string[];
  /** The column that the model predicts. */
  readonly targetName: string;
  /** A few rows of input to keep with the model, each with one number a feature column. */
  readonly inputExample?: readonly (readonly number[])[];
}

export interface ModelToSave {
  readonly model: TabularModel;
  /** Name of the learner. */
  readonly estimator: string;
  /** What model.json holds. */
  readonly nativeJson: object;
}

/** @throws LearnError SHAPE_MISMATCH, PARAMETER_INVALID for names that do not fit the model. */
export function modelToSave(options: TabularModelToSave | NumericModelToSave): ModelToSave {
  if (!('columnNames' in options)) return asTabular(options.model);
  const { model, columnNames, targetName } = options;
  checkNames(options);
  const whole = numericModel(model, columnNames, targetName);
  if (!(model instanceof FittedLinearModel)) return asTabular(whole);
  // Linear models keep the first format, which older versions read as well.
  const nativeJson = { formatVersion: linearFormatVersion, ...model.toJSON() };
  return { model: whole, estimator: model.estimator, nativeJson };
}

function asTabular(model: TabularModel): ModelToSave {
  const nativeJson = { formatVersion: tabularFormatVersion, ...model.toJSON() };
  return { model, estimator: model.model.estimator, nativeJson };
}

function checkNames({ model, columnNames, targetName }: NumericModelToSave): void {
  if (columnNames.length !== model.columnCount) {
    throw new LearnError(
      'SHAPE_MISMATCH',
      `there are ${columnNames.length} column names, and the model was fitted on ${model.columnCount} columns`,
    );
  }
  const doubled = columnNames.find((name, i) => columnNames.indexOf(name) !== i);
  if (doubled !== undefined) {
    throw new LearnError('PARAMETER_INVALID', `the column name '${doubled}' is there twice`);
  }
  if (targetName === '' || columnNames.includes('')) {
    throw new LearnError('PARAMETER_INVALID', 'a column name is empty; give every column a name');
  }
}
