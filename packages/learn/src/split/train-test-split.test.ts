import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { splitCases } from '../../test/reference-data.ts';
import { trainTestSplit } from './train-test-split.ts';

describe("draws scikit-learn's rows, or refuses as it does", () => {
  const sizes = [...new Set(splitCases.map(({ n }) => n))];

  it.each(sizes)('%d rows', (rowCount) => {
    for (const { n, testSize, randomState, rows } of splitCases) {
      if (n !== rowCount) continue;
      const split = () => trainTestSplit(n, { testSize, randomState });
      if (rows === null) {
        expect(errorOf(split).code).toBe('SPLIT_IMPOSSIBLE');
      } else {
        const { train, test } = split();
        expect({ train: [...train], test: [...test] }).toEqual(rows);
      }
    }
  });
});

describe('trainTestSplit', () => {
  it('puts every row into exactly one part', () => {
    const rowCounts = fc.integer({ min: 2, max: 500 });
    const shares = fc.double({ min: 0.001, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(rowCounts, shares, fc.nat(), (rowCount, testSize, randomState) => {
        const { train, test } = trainTestSplit(rowCount, { testSize, randomState });
        expect(test.length).toBe(Math.ceil(testSize * rowCount));
        const rows = [...train, ...test].sort((a, b) => a - b);
        expect(rows).toEqual(Array.from({ length: rowCount }, (_, i) => i));
      }),
    );
  });

  it('tests on a quarter unless told otherwise', () => {
    expect(trainTestSplit(100, { randomState: 0 }).test.length).toBe(25);
  });

  it.each([0, -0.2, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses testSize %d',
    (testSize) => {
      const error = errorOf(() => trainTestSplit(10, { testSize, randomState: 0 }));
      expect(error.code).toBe('PARAMETER_INVALID');
      expect(error.message).toContain(`testSize is ${testSize}`);
    },
  );

  it.each([
    [0, 0.2, 'test'],
    [1, 0.2, 'training'],
    [10, 0.95, 'training'],
    [10, 10, 'training'],
    [10, 11, 'training'],
  ])('cannot split %d rows with testSize %d', (rowCount, testSize, part) => {
    const error = errorOf(() => trainTestSplit(rowCount, { testSize, randomState: 0 }));
    expect(error.code).toBe('SPLIT_IMPOSSIBLE');
    expect(error.message).toContain(`the ${part} part would be empty`);
  });

  it.each([2.5, Number.NaN])('cannot split %d rows', (rowCount) => {
    const error = errorOf(() => trainTestSplit(rowCount, { testSize: 1, randomState: 0 }));
    expect(error.code).toBe('PARAMETER_INVALID');
  });

  it('refuses a seed out of range', () => {
    const error = errorOf(() => trainTestSplit(10, { randomState: -1 }));
    expect(error.code).toBe('PARAMETER_INVALID');
  });
});
