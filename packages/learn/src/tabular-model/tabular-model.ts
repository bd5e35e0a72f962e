// A whole model: from the raw columns of a table to predictions. Where it is saved and how it is served
// is for others.

import type { Cell } from '@ridgeline/tabular';
import type { ColumnType } from '../encode/column-types.ts';
import type { EncodableTable, FittedTableEncoder } from '../encode/fitted-table-encoder.ts';
import type { InputColumn } from '../encode/input-column.ts';
import { LearnError } from '../errors.ts';
import type { FittedModel, Label } from '../estimator/estimator.ts';
import { outputCountOf, type RowPredictor, rowPredictor } from '../estimator/row-predictor.ts';
import type { Matrix } from '../matrix/matrix.ts';

export const tabularTasks = ['regression', 'classification'] as const;
export type TabularTask = (typeof tabularTasks)[number];

export interface TabularModelFields {
  /** Name of the column that is predicted. */
  readonly targetName: string;
  /** Type of that column in the table of training. */
  readonly targetType: ColumnType;
  readonly encoder: FittedTableEncoder;
  /** Fitted on the features of `encoder`; a regressor or a classifier. */
  readonly model: FittedModel;
}

export class TabularModel {
  readonly task: TabularTask;
  readonly targetName: string;
  readonly targetType: ColumnType;
  readonly encoder: FittedTableEncoder;
  readonly model: FittedModel;
  /** In the order of the columns of `predictProbabilities`; null of a regression. */
  readonly classes: readonly Label[] | null;
  readonly #predictRow: RowPredictor;
  readonly #values: Float64Array;
  readonly #outputs: Float64Array;

  /** @throws LearnError SHAPE_MISMATCH when the model was not fitted on the encoder's features. */
  constructor(fields: TabularModelFields) {
    const { encoder, model } = fields;
    if (model.columnCount !== encoder.features.length) throw notItsEncoder(fields);
    this.task = model.kind === 'regressor' ? 'regression' : 'classification';
    this.classes = model.kind === 'regressor' ? null : model.classes;
    this.targetName = fields.targetName;
    this.targetType = fields.targetType;
    this.encoder = encoder;
    this.model = model;
    this.#predictRow = rowPredictor(model);
    this.#values = new Float64Array(encoder.features.length);
    this.#outputs = new Float64Array(outputCountOf(model));
  }

  /** The columns that are read, in the order of the cells of `predictRow`. */
  get inputs(): readonly InputColumn[] {
    return this.encoder.inputs;
  }

  /**
   * One number a row, or the most probable class.
   * @throws TabularError COLUMN_NOT_FOUND; LearnError DATA_EMPTY, DATA_TYPE_MISMATCH, DATA_NOT_FINITE.
   */
  predict(table: EncodableTable): Float64Array | Label[] {
    return this.model.predict(this.encoder.transform(table));
  }

  /**
   * One row a row of the table, one column a class.
   * @throws LearnError PARAMETER_INVALID for a regression; and as `predict`.
   */
  predictProbabilities(table: EncodableTable): Matrix {
    if (this.model.kind === 'regressor') throw noProbabilities(this.targetName);
    return this.model.predictProbabilities(this.encoder.transform(table));
  }

  /**
   * The prediction of one row: what `predict` gives for a table of it.
   * @param cells one a column of `inputs`, in their order; null where missing, a datetime as ISO text
   * or milliseconds since 1970 UTC.
   * @throws LearnError SHAPE_MISMATCH, DATA_TYPE_MISMATCH, DATA_NOT_FINITE.
   */
  predictRow(cells: readonly Cell[]): number | Label {
    const outputs = this.#outputsOf(cells);
    return this.classes === null ? outputs[0] : this.classes[indexOfLargest(outputs)];
  }

  /** One probability a class, as a new array. @throws as `predictRow` and `predictProbabilities`. */
  predictRowProbabilities(cells: readonly Cell[]): Float64Array {
    if (this.classes === null) throw noProbabilities(this.targetName);
    return this.#outputsOf(cells).slice();
  }

  /** The native format: data only, and exact. */
  toJSON() {
    const { targetName, targetType, encoder, model } = this;
    return {
      estimator: 'TabularModel',
      targetName,
      targetType,
      encoder: encoder.toJSON(),
      model: model.toJSON(),
    };
  }

  #outputsOf(cells: readonly Cell[]): Float64Array {
    const values = this.encoder.encodeRow(cells, this.#values);
    try {
      this.#predictRow(values, this.#outputs);
    } catch (cause) {
      throw this.#namingMissing(values, cause);
    }
    // A linear model of one row does not look at its values: a missing one comes out as NaN.
    if (Number.isNaN(this.#outputs[0])) {
      throw this.#namingMissing(values, new LearnError('DATA_NOT_FINITE', 'the prediction is NaN'));
    }
    return this.#outputs;
  }

  /** A learner knows its features by number; who asks knows columns. */
  #namingMissing(values: ArrayLike<number>, cause: unknown): unknown {
    const at = this.encoder.features.findIndex((_, j) => Number.isNaN(values[j]));
    if (!(cause instanceof LearnError) || cause.code !== 'DATA_NOT_FINITE' || at === -1)
      return cause;
    const { source } = this.encoder.features[at];
    const message = `column '${source}' has no value here, and this model needs one: give it a number`;
    return new LearnError(cause.code, message, { cause });
  }
}

/** The first of equals, as `predict` has it. */
function indexOfLargest(values: Float64Array): number {
  let best = 0;
  for (let k = 1; k < values.length; k++) if (values[k] > values[best]) best = k;
  return best;
}

function notItsEncoder({ encoder, model }: TabularModelFields): LearnError {
  return new LearnError(
    'SHAPE_MISMATCH',
    `the model was fitted on ${model.columnCount} features, and the encoder makes ${encoder.features.length}; ` +
      'fit the model on what the encoder transforms',
  );
}

function noProbabilities(target: string): LearnError {
  return new LearnError(
    'PARAMETER_INVALID',
    `the model of '${target}' is a regression, which has no probabilities; use predict`,
  );
}
