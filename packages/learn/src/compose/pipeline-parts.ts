// A fitted pipeline: fitted transformers, each on what the one before it makes, and a model at the end.

import type { FittedModel, ModelJson } from '../estimator/estimator.ts';
import { type RowPredictor, rowPredictor } from '../estimator/row-predictor.ts';
import { asFeatureMatrix, type FeatureMatrix, type Features } from '../matrix/feature-matrix.ts';
import { invalidField, list } from '../model-json/read-fields.ts';
import type { FittedTransformer } from '../preprocess/transformer.ts';
import { readTransformer } from '../preprocess/transformers.ts';
import { compositeLike, outputsOf, type Parts } from './composite-model.ts';
import type { CompositeReader } from './composite-reader.ts';

export class PipelineParts implements Parts {
  readonly estimator = 'Pipeline';
  /** At least one. */
  readonly transformers: readonly FittedTransformer[];
  readonly model: FittedModel;
  readonly #rows: readonly Float64Array[];
  readonly #predictRow: RowPredictor;

  constructor(transformers: readonly FittedTransformer[], model: FittedModel) {
    this.transformers = transformers;
    this.model = model;
    this.#rows = transformers.map(({ outputs }) => new Float64Array(outputs.length));
    this.#predictRow = rowPredictor(model);
  }

  get columnCount(): number {
    return this.transformers[0].inputs.length;
  }

  outputs(x: Features): Float64Array {
    return outputsOf(this.model, transformAll(this.transformers, x));
  }

  rowOutputsInto(values: Float64Array, out: Float64Array): void {
    let row = values;
    for (let i = 0; i < this.transformers.length; i++) {
      this.transformers[i].transformRowInto(row, this.#rows[i]);
      row = this.#rows[i];
    }
    this.#predictRow(row, out);
  }

  toJSON(): ModelJson {
    const { estimator } = this;
    const transformers = this.transformers.map((transformer) => transformer.toJSON());
    return { estimator, transformers, model: this.model.toJSON() };
  }
}

export function transformAll(
  transformers: readonly FittedTransformer[],
  x: Features,
): FeatureMatrix {
  return transformers.reduce((made, step) => step.transform(made), asFeatureMatrix(x));
}

export const readPipeline: CompositeReader = (fields, readChild) => {
  const limits = { minLength: 1, maxLength: 100 };
  const transformers = list(fields.transformers, 'transformers', readTransformer, limits);
  const model = readChild(fields.model, 'the model of a pipeline');
  const counts = [...transformers.map(({ inputs }) => inputs.length), model.columnCount];
  transformers.forEach(({ outputs }, i) => {
    if (outputs.length === counts[i + 1]) return;
    throw invalidField(
      `step ${i} of a pipeline makes ${outputs.length} columns, not ${counts[i + 1]}`,
    );
  });
  return compositeLike(model, new PipelineParts(transformers, model));
};
