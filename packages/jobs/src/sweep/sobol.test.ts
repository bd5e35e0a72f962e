import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maxSobolDimensions, shiftedSobolCoordinate, sobolCoordinate } from './sobol.ts';
import recorded from './testdata/sobol.json' with { type: 'json' };

test.each(Object.entries(recorded.points))(
  'point %s is that of SciPy, in all dimensions',
  (index, point) => {
    const ours = point.map((_, dimension) => sobolCoordinate(dimension, Number(index)));
    expect(ours).toEqual(point);
  },
);

test('the first 2^k points of a dimension fall into different 2^k parts, shifted or not', () => {
  const anything = fc.tuple(
    fc.nat(maxSobolDimensions - 1),
    fc.nat(10),
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  );
  fc.assert(
    fc.property(anything, ([dimension, exponent, shift]) => {
      const count = 2 ** exponent;
      const parts = new Set<number>();
      for (let index = 0; index < count; index += 1) {
        const coordinate = shiftedSobolCoordinate(dimension, index, shift);
        expect(coordinate).toBeGreaterThan(0);
        expect(coordinate).toBeLessThan(1);
        parts.add(Math.floor(coordinate * count));
      }
      expect(parts.size).toBe(count);
    }),
  );
});

test('there is no dimension beyond those of the table', () => {
  expect(() => sobolCoordinate(maxSobolDimensions, 0)).toThrow('no Sobol dimension 40');
});
