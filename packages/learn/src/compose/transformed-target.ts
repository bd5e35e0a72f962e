// TransformedTarget: a regressor that learns a transform of the target and predicts the target.

import type {
  FitOptions,
  FittedModel,
  FittedRegressor,
  ModelJson,
  Parameters,
  Regressor,
} from '../estimator/estimator.ts';
import { type RowPredictor, rowPredictor } from '../estimator/row-predictor.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import { checkedVector } from '../matrix/vector.ts';
import { finite, invalidField, list, oneOf, record } from '../model-json/read-fields.ts';
import { CompositeRegressor, type Parts } from './composite-model.ts';
import type { CompositeReader } from './composite-reader.ts';
import {
  fitTargetTransform,
  inverseTarget,
  type TargetTransform,
  type TargetTransformKind,
  targetTransformKinds,
  transformTarget,
} from './target-transform.ts';

export class TransformedTargetParts implements Parts {
  readonly estimator = 'TransformedTarget';
  readonly transform: TargetTransform;
  readonly model: FittedRegressor;
  readonly #predictRow: RowPredictor;

  constructor(transform: TargetTransform, model: FittedRegressor) {
    this.transform = transform;
    this.model = model;
    this.#predictRow = rowPredictor(model);
  }

  get columnCount(): number {
    return this.model.columnCount;
  }

  outputs(x: Features): Float64Array {
    return this.model.predict(x).map((value) => inverseTarget(this.transform, value));
  }

  rowOutputsInto(values: Float64Array, out: Float64Array): void {
    this.#predictRow(values, out);
    out[0] = inverseTarget(this.transform, out[0]);
  }

  toJSON(): ModelJson {
    const { estimator, transform, model } = this;
    const plain =
      transform.kind === 'quantile'
        ? { kind: transform.kind, quantiles: [...transform.quantiles] }
        : transform;
    return { estimator, transform: plain, model: model.toJSON() };
  }
}

export class TransformedTarget implements Regressor {
  readonly kind: TargetTransformKind;
  readonly regressor: Regressor;

  constructor(kind: TargetTransformKind, regressor: Regressor) {
    this.kind = kind;
    this.regressor = regressor;
  }

  get parameters(): Parameters {
    return this.regressor.parameters;
  }

  /** @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE for `y`; and what the regressor throws. */
  fit(x: Features, y: ArrayLike<number>, options: FitOptions = {}): CompositeRegressor {
    const target = checkedVector('y', y, x.rowCount, 'x');
    const transform = fitTargetTransform(this.kind, target);
    const { validation, ...others } = options;
    const watched =
      validation === undefined
        ? others
        : { ...others, validation: transformedValidation(transform, validation) };
    const model = this.regressor.fit(x, transformTarget(transform, target), watched);
    return new CompositeRegressor(new TransformedTargetParts(transform, model));
  }
}

function transformedValidation(
  transform: TargetTransform,
  { x, y }: NonNullable<FitOptions['validation']>,
) {
  const target = checkedVector('the y of validation', Array.from(y, Number), x.rowCount, 'its x');
  return { x, y: transformTarget(transform, target) };
}

export const readTransformedTarget: CompositeReader = (fields, readChild) => {
  const transform = readTransform(fields.transform);
  const model: FittedModel = readChild(fields.model, 'the model of a transformed target');
  if (model.kind !== 'regressor')
    throw invalidField('the model of a transformed target is no regressor');
  return new CompositeRegressor(new TransformedTargetParts(transform, model));
};

function readTransform(json: unknown): TargetTransform {
  const fields = record(json, 'transform');
  const kind = oneOf(fields.kind, 'transform.kind', targetTransformKinds);
  if (kind === 'log1p') return { kind };
  if (kind === 'quantile') {
    const limits = { minLength: 1, maxLength: 100_000 };
    const quantiles = list(fields.quantiles, 'transform.quantiles', finite, limits);
    if (quantiles.some((value, i) => i > 0 && value < quantiles[i - 1])) {
      throw invalidField('transform.quantiles do not ascend');
    }
    return { kind, quantiles: Float64Array.from(quantiles) };
  }
  const scale = finite(fields.scale, 'transform.scale');
  if (scale <= 0) throw invalidField('transform.scale is not above 0');
  return { kind, center: finite(fields.center, 'transform.center'), scale };
}
