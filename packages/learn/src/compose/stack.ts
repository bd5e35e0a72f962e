// A stack: a model over what other models predict. Fit it on predictions for rows that the models below
// have not seen, or it learns how well they remember.

import { LearnError } from '../errors.ts';
import type { FittedModel, ModelJson } from '../estimator/estimator.ts';
import { outputCountOf, type RowPredictor, rowPredictor } from '../estimator/row-predictor.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import { Matrix } from '../matrix/matrix.ts';
import { invalidField, list } from '../model-json/read-fields.ts';
import { checkAlike } from './check-alike.ts';
import { compositeLike, outputsOf, type Parts } from './composite-model.ts';
import type { CompositeReader } from './composite-reader.ts';

const maxBases = 1000;

export class StackParts implements Parts {
  readonly estimator = 'Stack';
  readonly bases: readonly FittedModel[];
  /** Fitted on `stackFeatures` of the bases. */
  readonly meta: FittedModel;
  readonly #predictors: readonly RowPredictor[];
  readonly #predictMeta: RowPredictor;
  readonly #output: Float64Array;
  readonly #row: Float64Array;

  constructor(bases: readonly FittedModel[], meta: FittedModel) {
    this.bases = bases;
    this.meta = meta;
    this.#predictors = bases.map(rowPredictor);
    this.#predictMeta = rowPredictor(meta);
    this.#output = new Float64Array(outputCountOf(bases[0]));
    this.#row = new Float64Array(meta.columnCount);
  }

  get columnCount(): number {
    return this.bases[0].columnCount;
  }

  outputs(x: Features): Float64Array {
    const below = this.bases.map((base) => outputsOf(base, x));
    return outputsOf(this.meta, stackFeatures(below, x.rowCount));
  }

  rowOutputsInto(values: Float64Array, out: Float64Array): void {
    const output = this.#output;
    const width = stackWidth(output.length);
    for (let m = 0; m < this.#predictors.length; m++) {
      this.#predictors[m](values, output);
      for (let k = 0; k < width; k++) this.#row[m * width + k] = output[output.length - width + k];
    }
    this.#predictMeta(this.#row, out);
  }

  toJSON(): ModelJson {
    const bases = this.bases.map((base) => base.toJSON());
    return { estimator: this.estimator, bases, meta: this.meta.toJSON() };
  }
}

/**
 * What the meta model sees: one column a regressor, one a binary classifier (the second class's
 * probability), else one a class.
 * @param outputs of each base: one prediction a row, or one probability a class a row, row by row.
 */
export function stackFeatures(outputs: readonly Float64Array[], rowCount: number): Matrix {
  const outputCount = outputs[0].length / rowCount;
  const width = stackWidth(outputCount);
  const columnCount = outputs.length * width;
  const values = new Float64Array(rowCount * columnCount);
  outputs.forEach((output, m) => {
    for (let i = 0; i < rowCount; i++) {
      for (let k = 0; k < width; k++) {
        values[i * columnCount + m * width + k] = output[(i + 1) * outputCount - width + k];
      }
    }
  });
  return new Matrix(rowCount, columnCount, values);
}

function stackWidth(outputCount: number): number {
  return outputCount === 2 ? 1 : outputCount;
}

/**
 * @param bases one or more models of one kind, on the same features, with the same classes.
 * @param meta of the same kind and classes, fitted on `stackFeatures` of the bases.
 * @throws LearnError PARAMETER_INVALID, SHAPE_MISMATCH for models that do not go together.
 */
export function stack(bases: readonly FittedModel[], meta: FittedModel): FittedModel {
  checkAlike(bases);
  const width = bases.length * stackWidth(outputCountOf(bases[0]));
  if (meta.columnCount !== width) {
    throw new LearnError(
      'SHAPE_MISMATCH',
      `the meta model was fitted on ${meta.columnCount} features, and the models below make ${width}`,
    );
  }
  const areAlike = meta.kind === bases[0].kind && outputCountOf(meta) === outputCountOf(bases[0]);
  if (!areAlike) {
    throw new LearnError(
      'SHAPE_MISMATCH',
      'the meta model of a stack is not of the kind and the classes of the models below',
    );
  }
  return compositeLike(meta, new StackParts(bases, meta));
}

export const readStack: CompositeReader = (fields, readChild) => {
  const limits = { minLength: 1, maxLength: maxBases };
  const bases = list(fields.bases, 'the bases of a stack', readChild, limits);
  const meta = readChild(fields.meta, 'the meta model of a stack');
  try {
    return stack(bases, meta);
  } catch (cause) {
    if (cause instanceof LearnError) throw invalidField(cause.message, { cause });
    throw cause;
  }
};
