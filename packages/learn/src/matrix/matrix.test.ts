import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { LearnError } from '../errors.ts';
import { Matrix } from './matrix.ts';
import { matrixFromRows } from './matrix-from-rows.ts';
import { matrixFromTable } from './matrix-from-table.ts';

describe('Matrix', () => {
  it('is row-major and gives columns and rows', () => {
    const matrix = matrixFromRows([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(matrix).toMatchObject({ rowCount: 2, columnCount: 3 });
    expect([...matrix.values]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...matrix.column(1)]).toEqual([2, 5]);
    expect([...matrix.takeRows([1, 0, 1]).column(0)]).toEqual([4, 1, 4]);
  });

  it.each([
    [0, 2, 0, 'DATA_EMPTY'],
    [2, 0, 0, 'DATA_EMPTY'],
    [1.5, 2, 3, 'DATA_EMPTY'],
    [2, 2, 3, 'SHAPE_MISMATCH'],
  ])('refuses %j rows and %j columns of %j values: %s', (rows, columns, length, code) => {
    expect(errorOf(() => new Matrix(rows, columns, new Float64Array(length))).code).toBe(code);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'refuses %d and says where it is',
    (value) => {
      const error = errorOf(() => new Matrix(2, 2, Float64Array.of(1, 2, 3, value)));
      expect(error.code).toBe('DATA_NOT_FINITE');
      expect(error.message).toContain(`row 1, column 1 (both from 0) is ${value}`);
    },
  );

  it.each([-1, 2, 0.5, Number.NaN])('has no row or column %d', (index) => {
    const matrix = new Matrix(2, 2, new Float64Array(4));
    expect(errorOf(() => matrix.takeRows([index])).code).toBe('SHAPE_MISMATCH');
    expect(errorOf(() => matrix.column(index)).code).toBe('SHAPE_MISMATCH');
  });

  it('cannot be left without rows', () => {
    const matrix = new Matrix(2, 2, new Float64Array(4));
    expect(errorOf(() => matrix.takeRows([])).code).toBe('DATA_EMPTY');
  });
});

describe('matrixFromRows', () => {
  it.each<[string, unknown, string, string]>([
    ['no rows', [], 'DATA_EMPTY', 'there are no rows'],
    ['an empty row', [[]], 'DATA_EMPTY', 'the first row has no values'],
    ['a short row', [[1, 2], [3]], 'DATA_RAGGED', 'row 1 (from 0) has 1 values, and row 0 has 2'],
    ['a long row', [[1], [2, 3]], 'DATA_RAGGED', 'row 1 (from 0) has 2 values'],
    ['a text', [[1, '2']], 'DATA_NOT_FINITE', 'row 0, column 1 (both from 0) is string'],
    ['a null', [[null]], 'DATA_NOT_FINITE', 'is null'],
    ['a hole', [new Array(1)], 'DATA_NOT_FINITE', 'is undefined'],
    ['NaN', [[Number.NaN]], 'DATA_NOT_FINITE', 'is NaN'],
  ])('refuses %s', (_, rows, code, message) => {
    const error = errorOf(() => matrixFromRows(rows as number[][]));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  it('keeps every finite number as it is', () => {
    const row = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
    fc.assert(
      fc.property(row, (values) => {
        expect([...matrixFromRows([values, values]).takeRows([1]).values]).toEqual(values);
      }),
    );
  });
});

describe('matrixFromTable', () => {
  const columns = new Map([
    ['AGE', Float64Array.of(1, 2)],
    ['BMI', Float64Array.of(3, 4)],
    ['RATE', Float64Array.of(5, Number.POSITIVE_INFINITY)],
  ]);
  const table = {
    rowCount: 2,
    numbers(name: string): Float64Array {
      const column = columns.get(name);
      if (column === undefined) throw new LearnError('PARAMETER_UNKNOWN', `no column ${name}`);
      return column;
    },
  };

  it('takes the columns in the order that is asked for', () => {
    expect([...matrixFromTable(table, ['BMI', 'AGE']).values]).toEqual([3, 1, 4, 2]);
  });

  it('names column and row of an infinity', () => {
    const error = errorOf(() => matrixFromTable(table, ['AGE', 'RATE']));
    expect(error.code).toBe('DATA_NOT_FINITE');
    expect(error.message).toContain("column 'RATE', row 1 (from 0) is Infinity");
  });

  it('needs a column and a row', () => {
    expect(errorOf(() => matrixFromTable(table, [])).code).toBe('DATA_EMPTY');
    const empty = { rowCount: 0, numbers: () => new Float64Array() };
    expect(errorOf(() => matrixFromTable(empty, ['AGE'])).code).toBe('DATA_EMPTY');
  });

  it("passes the table's own error on", () => {
    expect(errorOf(() => matrixFromTable(table, ['nope'])).message).toBe('no column nope');
  });
});
