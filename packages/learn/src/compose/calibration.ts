// A classifier whose probabilities are corrected after it.

import { LearnError } from '../errors.ts';
import type { FittedClassifier, FittedModel, ModelJson } from '../estimator/estimator.ts';
import { type RowPredictor, rowPredictor } from '../estimator/row-predictor.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import { finite, invalidField, list, oneOf, record } from '../model-json/read-fields.ts';
import { type Calibration, calibrate } from './calibration-methods.ts';
import { CompositeClassifier, type Parts } from './composite-model.ts';
import type { CompositeReader } from './composite-reader.ts';

export class CalibrationParts implements Parts {
  readonly estimator = 'Calibration';
  readonly calibration: Calibration;
  readonly model: FittedClassifier;
  readonly #predictRow: RowPredictor;

  constructor(calibration: Calibration, model: FittedClassifier) {
    this.calibration = calibration;
    this.model = model;
    this.#predictRow = rowPredictor(model);
  }

  get columnCount(): number {
    return this.model.columnCount;
  }

  outputs(x: Features): Float64Array {
    const classCount = this.model.classes.length;
    // A copy, because the matrix may be the model's own.
    const values = this.model.predictProbabilities(x).values.slice();
    for (let at = 0; at < values.length; at += classCount) {
      calibrate(this.calibration, values, at, classCount);
    }
    return values;
  }

  rowOutputsInto(values: Float64Array, out: Float64Array): void {
    this.#predictRow(values, out);
    calibrate(this.calibration, out, 0, this.model.classes.length);
  }

  toJSON(): ModelJson {
    const { estimator, calibration, model } = this;
    return { estimator, calibration, model: model.toJSON() };
  }
}

/** @throws LearnError SHAPE_MISMATCH when the calibration is of another number of classes. */
export function calibrated(model: FittedClassifier, calibration: Calibration): CompositeClassifier {
  if (calibration.method === 'platt') checkLengths(calibration, model.classes.length);
  return new CompositeClassifier(new CalibrationParts(calibration, model), model.classes);
}

function checkLengths({ a, b }: Extract<Calibration, { method: 'platt' }>, classCount: number) {
  const expected = classCount === 2 ? 1 : classCount;
  if (a.length === expected && b.length === expected) return;
  throw new LearnError(
    'SHAPE_MISMATCH',
    `the calibration has ${a.length} sigmoids, and a model of ${classCount} classes needs ${expected}`,
  );
}

export const readCalibration: CompositeReader = (fields, readChild) => {
  const calibration = readMethod(fields.calibration);
  const model: FittedModel = readChild(fields.model, 'the model of a calibration');
  if (model.kind !== 'classifier')
    throw invalidField('the model of a calibration is no classifier');
  try {
    return calibrated(model, calibration);
  } catch (cause) {
    if (cause instanceof LearnError) throw invalidField(cause.message, { cause });
    throw cause;
  }
};

function readMethod(json: unknown): Calibration {
  const fields = record(json, 'calibration');
  const method = oneOf(fields.method, 'calibration.method', ['temperature', 'platt']);
  if (method === 'platt') {
    const a = list(fields.a, 'calibration.a', finite);
    return { method, a, b: list(fields.b, 'calibration.b', finite) };
  }
  const temperature = finite(fields.temperature, 'calibration.temperature');
  if (temperature <= 0) throw invalidField('calibration.temperature is not above 0');
  return { method, temperature };
}
