// The two faces of fitted models that are made of other fitted models. What a composite does with its
// parts is the parts' own: pipeline, blend, stack, target transform, calibration.

import type {
  FittedClassifier,
  FittedModel,
  FittedRegressor,
  Label,
  ModelJson,
  Parameters,
} from '../estimator/estimator.ts';
import { mostProbable } from '../estimator/label-codes.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import { Matrix } from '../matrix/matrix.ts';
import type { BlendParts } from './blend.ts';
import type { CalibrationParts } from './calibration.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import type { StackParts } from './stack.ts';
import type { TransformedTargetParts } from './transformed-target.ts';

/** What a composite is made of, and how it predicts with it. */
export interface Parts {
  /** The composite's name in model files. */
  readonly estimator: string;
  readonly columnCount: number;
  /** One prediction a row, or one probability a class, row by row. */
  outputs(x: Features): Float64Array;
  /** The same of one row, to the start of `out`. */
  rowOutputsInto(values: Float64Array, out: Float64Array): void;
  toJSON(): ModelJson;
}

/** Told apart by `estimator`. */
export type CompositeParts =
  | PipelineParts
  | BlendParts
  | StackParts
  | TransformedTargetParts
  | CalibrationParts;

abstract class CompositeModel {
  readonly parts: CompositeParts;
  readonly parameters: Parameters = {};

  constructor(parts: CompositeParts) {
    this.parts = parts;
  }

  get estimator(): string {
    return this.parts.estimator;
  }

  get columnCount(): number {
    return this.parts.columnCount;
  }

  predictRowInto(values: Float64Array, out: Float64Array): void {
    this.parts.rowOutputsInto(values, out);
  }

  toJSON(): ModelJson {
    return this.parts.toJSON();
  }
}

export class CompositeRegressor extends CompositeModel implements FittedRegressor {
  readonly kind = 'regressor';

  predict(x: Features): Float64Array {
    return this.parts.outputs(x);
  }
}

export class CompositeClassifier extends CompositeModel implements FittedClassifier {
  readonly kind = 'classifier';
  readonly classes: readonly Label[];

  constructor(parts: CompositeParts, classes: readonly Label[]) {
    super(parts);
    this.classes = classes;
  }

  predictProbabilities(x: Features): Matrix {
    return new Matrix(x.rowCount, this.classes.length, this.parts.outputs(x));
  }

  predict(x: Features): Label[] {
    return mostProbable(this.predictProbabilities(x), this.classes);
  }
}

/** The composite with the kind and the classes of `model`. */
export function compositeLike(model: FittedModel, parts: CompositeParts): FittedModel {
  if (model.kind === 'regressor') return new CompositeRegressor(parts);
  return new CompositeClassifier(parts, model.classes);
}

/** One prediction a row of a regressor, one probability a class a row of a classifier. */
export function outputsOf(model: FittedModel, x: Features): Float64Array {
  return model.kind === 'regressor' ? model.predict(x) : model.predictProbabilities(x).values;
}
