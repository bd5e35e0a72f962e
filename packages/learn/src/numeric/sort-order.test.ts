import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortOrder } from './sort-order.ts';

const numbers = fc.oneof(
  fc.double({ noNaN: true }),
  fc.constantFrom(0, -0, 1, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324),
);

// Long vectors are sorted by counting digits, short ones by comparison.
it.each([1, 7, 5000])('sorts %d values, equal ones in their order', (length) => {
  const vectors = fc.array(numbers, { minLength: length, maxLength: length });
  fc.assert(
    fc.property(vectors, (list) => {
      const values = Float64Array.from(list);
      const expected = Array.from(values.keys()).sort((a, b) =>
        values[a] < values[b] ? -1 : values[a] > values[b] ? 1 : a - b,
      );
      expect([...sortOrder(values)]).toEqual(expected);
    }),
    { numRuns: length > 1000 ? 10 : 100 },
  );
});
