import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { linearEstimatorParameters, ridgeParameters } from '../linear/linear-parameters.ts';
import { resolveParameters } from './resolve-parameters.ts';

const share = { kind: 'number', default: 0.5, min: 0, max: 1, doc: 'A share.' } as const;

describe('resolveParameters', () => {
  it('fills in defaults, also for undefined', () => {
    expect(resolveParameters('Ridge', ridgeParameters, { alpha: undefined })).toEqual({
      alpha: 1,
      fitIntercept: true,
    });
  });

  it.each([
    [{ alpha: -1 }, "parameter 'alpha' of Ridge is -1: expected a finite number of 0 or more"],
    [{ alpha: Number.NaN }, 'is NaN'],
    [{ alpha: Number.POSITIVE_INFINITY }, 'is Infinity'],
    [{ alpha: '1' }, "parameter 'alpha' of Ridge is 1"],
    [{ alpha: null }, 'is null'],
    [{ alpha: {} }, 'is an object'],
    [{ fitIntercept: 1 }, 'expected true or false (default true)'],
  ])('refuses %j', (given, message) => {
    const error = errorOf(() => resolveParameters('Ridge', ridgeParameters, given));
    expect(error.code).toBe('PARAMETER_INVALID');
    expect(error.message).toContain(message);
  });

  it('names the range of a bounded parameter', () => {
    const error = errorOf(() => resolveParameters('Net', { share }, { share: 2 }));
    expect(error.message).toContain('expected a number from 0 to 1 (default 0.5)');
  });

  it('suggests the parameter that was meant', () => {
    const error = errorOf(() => resolveParameters('Ridge', ridgeParameters, { alhpa: 1 }));
    expect(error.code).toBe('PARAMETER_UNKNOWN');
    expect(error.message).toContain("did you mean 'alpha'?");
  });

  it('lists the parameters when none is near, and takes none from a prototype', () => {
    const given = JSON.parse('{"__proto__": 1}');
    const error = errorOf(() => resolveParameters('Ridge', ridgeParameters, given));
    expect(error.code).toBe('PARAMETER_UNKNOWN');
    expect(error.message).toContain('it has alpha, fitIntercept');
  });
});

describe('the specs', () => {
  it.each(Object.entries(linearEstimatorParameters))(
    'of %s accept their defaults',
    (name, specs) => {
      const defaults = Object.fromEntries(
        Object.entries(specs).map(([key, spec]) => [key, spec.default]),
      );
      expect(resolveParameters(name, specs, defaults)).toEqual(defaults);
    },
  );
});
