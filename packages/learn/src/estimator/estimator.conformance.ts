// What every learner promises. estimators.test.ts runs the whole suite on every entry of the table;
// test/learner-skips.ts says, with the reason, what one does not promise. What only regressors or only
// classifiers promise is in the files beside this one.

import { describe, expect, it } from 'vitest';
import { errorOf, valueOrCode } from '../../test/error-of.ts';
import { type Learner, learnerOf } from '../../test/learner.ts';
import { randomMatrix, scaledBy } from '../../test/learner-data.ts';
import { FeatureMatrix } from '../matrix/feature-matrix.ts';
import { Matrix } from '../matrix/matrix.ts';
import { describeClassifier } from './classifier.conformance.ts';
import type { EstimatorEntry } from './estimator-entry.ts';
import { itPromises } from './promise.conformance.ts';
import { describeRegressor } from './regressor.conformance.ts';

const x = randomMatrix(60, 3, 1);
const fresh = randomMatrix(20, 3, 2);

export function describeEstimator(entry: EstimatorEntry): void {
  const learner = learnerOf(entry);
  describeParameters(entry);
  describeData(entry, learner);
  describeShapes(learner);
  describeWeights(entry, learner);
  describeModel(entry, learner);
  if (entry.kind === 'regressor') describeRegressor(entry);
  else describeClassifier(entry);
}

function describeParameters(entry: EstimatorEntry): void {
  describe('its parameters', () => {
    it('have defaults that they allow, and say what they are', () => {
      const defaults = Object.entries(entry.parameters).map(([name, spec]) => [name, spec.default]);
      const values = Object.fromEntries(defaults);
      expect(entry.create(values).parameters).toEqual(entry.create({}).parameters);
      for (const { doc } of Object.values(entry.parameters)) expect(doc).toMatch(/^[A-Z].*\.$/s);
      expect(entry.doc).toMatch(/^[A-Z].*\.$/s);
    });

    it('are refused out of their range and when unknown', () => {
      for (const name of Object.keys(entry.parameters)) {
        expect(errorOf(() => entry.create({ [name]: {} })).code).toBe('PARAMETER_INVALID');
        expect(errorOf(() => entry.create({ [name]: -1e300 })).code).toBe('PARAMETER_INVALID');
      }
      expect(errorOf(() => entry.create({ nosuch: 1 })).code).toBe('PARAMETER_UNKNOWN');
    });
  });
}

function describeData(entry: EstimatorEntry, learner: Learner): void {
  describe('its data', () => {
    it('are left as they were', () => {
      const [values, y] = [Float64Array.from(x.values), learner.target(x)];
      const weights = entry.takesSampleWeight ? new Float64Array(60).fill(0.5) : undefined;
      const given = Array.from(y);
      learner.fit(x, y, { sampleWeight: weights });
      expect(x.values).toEqual(values);
      expect(Array.from(y)).toEqual(given);
      expect(weights?.every((weight) => weight === 0.5) ?? true).toBe(true);
    });

    it('are refused when the lengths differ', () => {
      const y = learner.target(x);
      expect(errorOf(() => learner.fit(x, y.slice(1))).code).toBe('SHAPE_MISMATCH');
      const model = learner.fit(x, y);
      expect(errorOf(() => model.predict(randomMatrix(5, 4, 1))).code).toBe('SHAPE_MISMATCH');
    });

    it('may miss values, or not, as the table says', () => {
      const holed = withHoles(x);
      const fitHoled = () =>
        learner.numbers(learner.fit(holed, learner.target(x)), withHoles(fresh));
      if (entry.takesMissing) expect(fitHoled().every(Number.isFinite)).toBe(true);
      else {
        expect(errorOf(fitHoled).code).toBe('DATA_NOT_FINITE');
        const model = learner.fit(x, learner.target(x));
        expect(errorOf(() => model.predict(withHoles(fresh))).code).toBe('DATA_NOT_FINITE');
      }
    });

    it('give the same as a matrix and by columns', () => {
      const y = learner.target(x);
      const model = learner.fit(x, y);
      const columns = FeatureMatrix.fromMatrix(fresh);
      expect(learner.numbers(model, columns)).toEqual(learner.numbers(model, fresh));
      const byColumns = learner.fit(FeatureMatrix.fromMatrix(x), y);
      expect(learner.numbers(byColumns, fresh)).toEqual(learner.numbers(model, fresh));
    });

    it('may have categories, whose codes count as numbers where they are not split', () => {
      const codes = { kind: 'categorical', name: 'c', levelCount: 3 } as const;
      const values = Float64Array.from({ length: 60 }, (_, i) => i % 3);
      const columns = [...FeatureMatrix.fromMatrix(x).columns, { ...codes, values }];
      const features = new FeatureMatrix(columns);
      const model = learner.fit(features, learner.target(x));
      expect(learner.numbers(model, features).every(Number.isFinite)).toBe(true);
    });
  });
}

function describeShapes(learner: Learner): void {
  describe('it predicts finite numbers for', () => {
    it.each<[string, Matrix]>([
      ['more columns than rows', randomMatrix(6, 20, 3)],
      ['two rows', randomMatrix(2, 2, 4)],
      ['constant columns', new Matrix(30, 2, new Float64Array(60).fill(0.1))],
      ['the same column twice', twice(randomMatrix(30, 1, 5))],
      ['tied values', new Matrix(30, 2, randomMatrix(30, 2, 6).values.map(Math.round))],
    ])('%s', (_, data) => {
      const model = learner.fit(data, learner.target(data));
      expect(learner.numbers(model, data).every(Number.isFinite)).toBe(true);
    });

    it('rows far from those of training', () => {
      const model = learner.fit(x, learner.target(x));
      expect(learner.numbers(model, scaledBy(fresh, 1e6)).every(Number.isFinite)).toBe(true);
    });

    it.each([2 ** 500, 2 ** -500, 1e12, 1e-12])('columns times %d, or refuses them', (factor) => {
      const scaled = scaledBy(x, factor);
      const predicted = valueOrCode(() =>
        learner.numbers(learner.fit(scaled, learner.target(x)), scaled),
      );
      if (typeof predicted === 'string') expect(predicted).toBe('DATA_OUT_OF_RANGE');
      else expect(predicted.every(Number.isFinite)).toBe(true);
    });
  });
}

function describeWeights(entry: EstimatorEntry, learner: Learner): void {
  const y = learner.target(x);
  if (!entry.takesSampleWeight) {
    it('refuses sample weights, which it would not use', () => {
      const weights = new Float64Array(60).fill(1);
      const error = errorOf(() => learner.fit(x, y, { sampleWeight: weights }));
      expect(error.code).toBe('PARAMETER_INVALID');
    });
    return;
  }
  describe('its sample weights', () => {
    it.each<[string, number[], string]>([
      ['too few', [1], 'SHAPE_MISMATCH'],
      ['negative', x.column(0).fill(-1) as never, 'DATA_OUT_OF_RANGE'],
      ['all zero', x.column(0).fill(0) as never, 'DATA_OUT_OF_RANGE'],
      ['not finite', x.column(0).fill(Number.NaN) as never, 'DATA_NOT_FINITE'],
    ])('are refused when they are %s', (_, sampleWeight, code) => {
      expect(errorOf(() => learner.fit(x, y, { sampleWeight })).code).toBe(code);
    });

    itPromises(entry.name, 'counts a weight of 2 as the row twice', () => {
      const weights = Float64Array.from({ length: 60 }, (_, i) => 1 + (i % 2));
      const rows = [...weights].flatMap((weight, i) => (weight === 2 ? [i, i] : [i]));
      const weighted = learner.fit(x, y, { sampleWeight: weights });
      const repeated = learner.fit(
        x.takeRows(rows),
        rows.map((row) => y[row]),
      );
      closeTo(learner.numbers(weighted, fresh), learner.numbers(repeated, fresh));
    });

    itPromises(entry.name, 'leaves rows of weight 0 out', () => {
      const weights = Float64Array.from({ length: 60 }, (_, i) => (i < 40 ? 1 : 0));
      const rows = Array.from({ length: 40 }, (_, i) => i);
      const weighted = learner.fit(x, y, { sampleWeight: weights });
      const without = learner.fit(
        x.takeRows(rows),
        rows.map((row) => y[row]),
      );
      closeTo(learner.numbers(weighted, fresh), learner.numbers(without, fresh));
    });
  });
}

function describeModel(entry: EstimatorEntry, learner: Learner): void {
  describe('its model', () => {
    const y = learner.target(x);
    const model = learner.fit(x, y);

    it('says what made it, and what it was made of', () => {
      expect(model.estimator).toBe(entry.name);
      expect(model.kind).toBe(entry.kind);
      expect(model.columnCount).toBe(3);
      expect(Object.keys(model.parameters).sort()).toEqual(Object.keys(entry.parameters).sort());
    });

    it('is the same for the same data and seed, bit for bit', () => {
      expect(JSON.stringify(learner.fit(x, y))).toBe(JSON.stringify(model));
    });

    it('predicts the same bits after a way through JSON', () => {
      const json = JSON.parse(JSON.stringify(model));
      const read = entry.read(json);
      expect(learner.numbers(read, fresh)).toEqual(learner.numbers(model, fresh));
      expect(JSON.parse(JSON.stringify(read))).toEqual(json);
    });

    it('is refused with a code, or read, whatever is done to a field of its JSON', () => {
      const json = JSON.parse(JSON.stringify(model));
      for (const field of Object.keys(json)) {
        for (const value of [undefined, null, -1, Number.NaN, 'x', [], {}, [null], { length: 3 }]) {
          const outcome = valueOrCode(() => entry.read({ ...json, [field]: value }));
          if (typeof outcome !== 'string') continue;
          expect(['MODEL_INVALID', 'MODEL_ESTIMATOR_UNKNOWN']).toContain(outcome);
        }
      }
      expect(errorOf(() => entry.read(null)).code).toBe('MODEL_INVALID');
    });

    it('gives one row as it gives many', () => {
      const together = learner.numbers(model, fresh);
      const perRow = together.length / fresh.rowCount;
      for (let i = 0; i < fresh.rowCount; i++) {
        const alone = learner.numbers(model, fresh.takeRows([i]));
        expect(alone).toEqual(together.slice(i * perRow, (i + 1) * perRow));
        if (model.predictRowInto === undefined) continue;
        const out = new Float64Array(perRow);
        model.predictRowInto(fresh.takeRows([i]).values, out);
        expect(out).toEqual(alone);
      }
    });

    itPromises(entry.name, 'sees no order of rows', () => {
      const rows = Array.from({ length: 60 }, (_, i) => (i * 7) % 60);
      const shuffled = learner.fit(
        x.takeRows(rows),
        rows.map((row) => y[row]),
      );
      closeTo(learner.numbers(shuffled, fresh), learner.numbers(model, fresh));
    });

    it('comes of a fit that is told to stop at once, too', () => {
      const stopped = learner.fit(x, y, { shouldStop: () => true });
      expect(learner.numbers(stopped, fresh).every(Number.isFinite)).toBe(true);
    });
  });
}

function closeTo(actual: Float64Array, expected: Float64Array): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, i) => {
    const tolerance = 1e-5 * Math.max(1, Math.abs(expected[i]));
    expect(Math.abs(value - expected[i])).toBeLessThan(tolerance);
  });
}

/** Every fifth value missing. */
function withHoles(matrix: Matrix): FeatureMatrix {
  const columns = FeatureMatrix.fromMatrix(matrix).columns.map((column, j) => {
    const values = column.values.map((value, i) => ((i + j) % 5 === 0 ? Number.NaN : value));
    return { ...column, values };
  });
  return new FeatureMatrix(columns);
}

function twice(matrix: Matrix): Matrix {
  const values = [...matrix.values].flatMap((value) => [value, value]);
  return new Matrix(matrix.rowCount, 2, Float64Array.from(values));
}
