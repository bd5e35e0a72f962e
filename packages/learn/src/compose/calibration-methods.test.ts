// scikit-learn's _SigmoidCalibration stops its optimiser earlier than ours, and its temperature is that
// of a bounded search: both agree to what their tolerances promise.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { preprocessReference } from '../../test/preprocess-reference.ts';
import { Matrix } from '../matrix/matrix.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import { calibrate, fitPlatt, fitTemperature } from './calibration-methods.ts';

const { sigmoid, temperature } = preprocessReference;

describe('fitPlatt', () => {
  it("finds scikit-learn's sigmoid", () => {
    const rows = sigmoid.probabilities.map((p) => [1 - p, p]);
    const fitted = fitPlatt(matrixFromRows(rows), sigmoid.labels, [0, 1]);
    expect(fitted.method === 'platt' && fitted.a[0]).toBeCloseTo(sigmoid.a, 4);
    expect(fitted.method === 'platt' && fitted.b[0]).toBeCloseTo(sigmoid.b, 4);
  });

  it('stays finite where the classes are told apart without a mistake, or there is only one', () => {
    const rows = [0, 0, 0, 1, 1, 1].map((p) => [1 - p, p]);
    for (const labels of [rows.map(([, p]) => p), rows.map(() => 1)]) {
      const fitted = fitPlatt(matrixFromRows(rows), labels, [0, 1]);
      expect(fitted.method === 'platt' && [...fitted.a, ...fitted.b].every(Number.isFinite)).toBe(
        true,
      );
    }
  });
});

describe('fitTemperature', () => {
  it("finds scikit-learn's temperature", () => {
    const fitted = fitTemperature(
      matrixFromRows(temperature.probabilities),
      temperature.labels,
      [0, 1, 2],
    );
    expect(fitted.method === 'temperature' && fitted.temperature).toBeCloseTo(
      temperature.temperature,
      4,
    );
  });

  it('leaves probabilities that are right as they are', () => {
    const rows = Array.from({ length: 100 }, (_, i) => (i < 50 ? [0.8, 0.2] : [0.2, 0.8]));
    const labels = rows.map((_, i) => (i < 40 || i >= 90 ? 'a' : 'b'));
    const fitted = fitTemperature(matrixFromRows(rows), labels, ['a', 'b']);
    expect(fitted.method === 'temperature' && fitted.temperature).toBeCloseTo(1, 6);
  });
});

describe('calibrate', () => {
  const row = fc
    .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 5 })
    .filter((values) => values.some((value) => value > 0))
    .map((values) => {
      const sum = values.reduce((total, value) => total + value, 0);
      return values.map((value) => value / sum);
    });

  it('keeps the order of the classes by temperature, and the sum at 1 by all', () => {
    const factor = fc.double({ min: 0.05, max: 20, noNaN: true });
    fc.assert(
      fc.property(row, factor, (values, t) => {
        const cooled = Float64Array.from(values);
        calibrate({ method: 'temperature', temperature: t }, cooled, 0, values.length);
        expect(cooled.reduce((total, value) => total + value, 0)).toBeCloseTo(1, 10);
        const best = values.indexOf(Math.max(...values));
        expect(cooled[best]).toBe(Math.max(...cooled));
        const count = values.length === 2 ? 1 : values.length;
        const sigmoids = {
          method: 'platt',
          a: Array(count).fill(-t),
          b: Array(count).fill(t),
        } as const;
        const bent = Float64Array.from(values);
        calibrate(sigmoids, bent, 0, values.length);
        expect(bent.reduce((total, value) => total + value, 0)).toBeCloseTo(1, 10);
        expect(new Matrix(1, bent.length, bent).rowCount).toBe(1);
      }),
    );
  });
});
