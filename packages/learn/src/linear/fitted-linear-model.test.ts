import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { LearnError } from '../errors.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import { FittedLinearModel } from './fitted-linear-model.ts';

const json = {
  estimator: 'Ridge',
  parameters: { alpha: 0.5, fitIntercept: true },
  coefficients: [1, -2],
  intercept: 3,
};

describe('predict', () => {
  it('is intercept plus coefficients times features', () => {
    const model = FittedLinearModel.fromJSON(json);
    expect([
      ...model.predict(
        matrixFromRows([
          [10, 1],
          [0, 0],
        ]),
      ),
    ]).toEqual([11, 3]);
  });

  it('refuses another number of columns', () => {
    const model = FittedLinearModel.fromJSON(json);
    const error = errorOf(() => model.predict(matrixFromRows([[1, 2, 3]])));
    expect(error.code).toBe('SHAPE_MISMATCH');
    expect(error.message).toContain('the matrix has 3 columns, and the model was fitted on 2');
  });
});

describe('the native format', () => {
  it('is written as it was read', () => {
    expect(JSON.parse(JSON.stringify(FittedLinearModel.fromJSON(json)))).toEqual(json);
  });

  it.each<[string, unknown, string]>([
    ['null', null, 'the model is not an object'],
    ['a list', [], 'the model is not an object'],
    ['no estimator', { ...json, estimator: undefined }, "'estimator' is not a text"],
    ['no parameters', { ...json, parameters: 1 }, "'parameters' is not an object"],
    ['a bad parameter', { ...json, parameters: { alpha: -1 } }, "parameter 'alpha' of Ridge is -1"],
    ['a strange parameter', { ...json, parameters: { beta: 1 } }, "no parameter 'beta'"],
    ['no coefficients', { ...json, coefficients: [] }, "'coefficients' has 0 items"],
    [
      'coefficients by name',
      { ...json, coefficients: { length: 2 } },
      "'coefficients' is not a list",
    ],
    ['a null coefficient', { ...json, coefficients: [1, null] }, "'coefficients' at index 1"],
    ['a text coefficient', { ...json, coefficients: ['1'] }, "'coefficients' at index 0"],
    ['an infinite coefficient', { ...json, coefficients: [JSON.parse('1e999')] }, 'at index 0'],
    ['no intercept', { ...json, intercept: undefined }, "'intercept' is not a finite number"],
    ['a NaN intercept', { ...json, intercept: Number.NaN }, "'intercept' is not a finite number"],
  ])('is refused with %s', (_, value, message) => {
    const error = errorOf(() => FittedLinearModel.fromJSON(value));
    expect(error.code).toBe('MODEL_INVALID');
    expect(error.message).toContain(message);
  });

  it.each(['ridge', 'RandomForest', 'constructor', '__proto__', 'toString', 'x'.repeat(1e6)])(
    'is refused with an estimator that is not known',
    (estimator) => {
      const error = errorOf(() => FittedLinearModel.fromJSON({ ...json, estimator }));
      expect(error.code).toBe('MODEL_ESTIMATOR_UNKNOWN');
      expect(error.message.length).toBeLessThan(300);
    },
  );

  it('is either read or refused with a code, whatever the JSON', () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.record({
        estimator: fc.constantFrom('Ridge', 'LinearRegression'),
        parameters: fc.oneof(fc.jsonValue(), fc.constant({})),
        coefficients: fc.oneof(fc.jsonValue(), fc.array(fc.double())),
        intercept: fc.oneof(fc.jsonValue(), fc.double()),
      }),
    );
    fc.assert(
      fc.property(anything, (value) => {
        try {
          expect(FittedLinearModel.fromJSON(value).coefficients.every(Number.isFinite)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(LearnError);
        }
      }),
    );
  });
});
