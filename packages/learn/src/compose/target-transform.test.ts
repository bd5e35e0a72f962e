import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { Ridge } from '../linear/ridge.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import {
  fitTargetTransform,
  inverseTarget,
  targetTransformKinds,
  transformTarget,
} from './target-transform.ts';
import { TransformedTarget } from './transformed-target.ts';

const targets = fc
  .array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 })
  .map((values) => Float64Array.from(values));

describe.each(targetTransformKinds)('the target transform %s', (kind) => {
  it('comes back to the target', () => {
    fc.assert(
      fc.property(targets, (y) => {
        const transform = fitTargetTransform(kind, y);
        const range = y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        transformTarget(transform, y).forEach((value, i) => {
          expect(Math.abs(inverseTarget(transform, value) - y[i])).toBeLessThanOrEqual(
            1e-7 * range,
          );
        });
      }),
    );
  });

  it('keeps the order', () => {
    fc.assert(
      fc.property(targets, (y) => {
        const sorted = y.toSorted();
        const made = transformTarget(fitTargetTransform(kind, y), sorted);
        expect(made.every((value, i) => i === 0 || value >= made[i - 1])).toBe(true);
      }),
    );
  });

  it('is finite on the way back, whatever was predicted', () => {
    const any = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(targets, any, (y, predicted) => {
        expect(Number.isFinite(inverseTarget(fitTargetTransform(kind, y), predicted))).toBe(true);
      }),
    );
  });
});

describe('TransformedTarget', () => {
  const x = matrixFromRows([[1], [2], [3]]);

  it('learns the transform and predicts the target', () => {
    const model = new TransformedTarget('log1p', new Ridge({ alpha: 0 })).fit(x, [
      Math.E - 1,
      Math.E ** 2 - 1,
      Math.E ** 3 - 1,
    ]);
    expect(model.predict(matrixFromRows([[4]]))[0]).toBeCloseTo(Math.E ** 4 - 1, 8);
  });

  it('refuses a target that is missing', () => {
    const error = errorOf(() =>
      new TransformedTarget('log1p', new Ridge()).fit(x, [1, Number.NaN, 2]),
    );
    expect(error.code).toBe('DATA_NOT_FINITE');
  });
});
