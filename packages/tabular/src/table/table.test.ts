import { expect, test } from 'vitest';
import { expectError } from '../../test/test-folder.ts';
import { numberColumn, stringColumn } from './column.ts';
import { Table } from './table.ts';
import { inferSchema } from './table-schema.ts';

const table = Table.fromColumns([
  numberColumn('age', 'long', Float64Array.of(31, 42, 53)),
  numberColumn('bmi', 'double', Float64Array.of(20.5, Number.NaN, 30)),
  numberColumn('smokes', 'boolean', Float64Array.of(0, 1, Number.NaN)),
  numberColumn('seen', 'datetime', Float64Array.of(0, 86_400_000, Number.NaN)),
  stringColumn('city', ['Bern', null, 'Bern']),
]);

test('rows come back as plain data, with null for missing and ISO text for times', () => {
  expect(table.toRows()).toEqual([
    { age: 31, bmi: 20.5, smokes: false, seen: '1970-01-01T00:00:00.000Z', city: 'Bern' },
    { age: 42, bmi: null, smokes: true, seen: '1970-01-02T00:00:00.000Z', city: null },
    { age: 53, bmi: 30, smokes: null, seen: null, city: 'Bern' },
  ]);
});

test('a string column keeps each distinct value once, and -1 for missing', () => {
  expect(table.column('city')).toEqual({
    name: 'city',
    type: 'string',
    codes: Int32Array.of(0, -1, 0),
    dictionary: ['Bern'],
    missing: Uint8Array.of(0, 1, 0),
  });
});

test('the mask is null where nothing is missing', () => {
  expect(table.column('age').missing).toBeNull();
  expect(table.column('bmi').missing).toEqual(Uint8Array.of(0, 1, 0));
});

test('takeRows keeps the order asked for, allows repeats and renews the mask', () => {
  const taken = table.takeRows(Int32Array.of(2, 0, 2));
  expect(taken.rowCount).toBe(3);
  expect(taken.numbers('age')).toEqual(Float64Array.of(53, 31, 53));
  expect(taken.column('bmi').missing).toBeNull();
  expect(taken.toRows().map(({ city }) => city)).toEqual(['Bern', 'Bern', 'Bern']);
  expect(table.takeRows(new Int32Array(0)).rowCount).toBe(0);
});

test('select orders columns, without drops them, both keep the rows', () => {
  expect(table.select(['city', 'age']).columnNames).toEqual(['city', 'age']);
  expect(table.without(['bmi', 'seen']).columnNames).toEqual(['age', 'smokes', 'city']);
  expect(table.select([]).rowCount).toBe(3);
  expect(Table.fromColumns([]).rowCount).toBe(0);
});

test('numbers gives the values of numeric columns only', () => {
  expect(table.numbers('age')).toEqual(Float64Array.of(31, 42, 53));
});

test('the schema tells types and which columns miss values', () => {
  expect(inferSchema(table.select(['age', 'city']))).toEqual({
    columns: [
      { name: 'age', type: 'long', nullable: false },
      { name: 'city', type: 'string', nullable: true },
    ],
  });
});

test('a column named __proto__ is a column like any other', () => {
  const odd = Table.fromColumns([numberColumn('__proto__', 'long', Float64Array.of(1))]);
  expect(Object.keys(odd.toRows()[0] ?? {})).toEqual(['__proto__']);
});

test('mistakes have codes and say what was expected', async () => {
  const one = numberColumn('a', 'long', Float64Array.of(1));
  const two = numberColumn('b', 'long', Float64Array.of(1, 2));
  const unnamed = numberColumn('', 'long', Float64Array.of(1));
  await expectError(() => table.column('Age'), 'COLUMN_NOT_FOUND', /did you mean 'age'\?/);
  await expectError(() => table.without(['zzzzzz']), 'COLUMN_NOT_FOUND', /there are: age, bmi/);
  await expectError(() => table.numbers('city'), 'COLUMN_NOT_NUMERIC', /it holds 'Bern'/);
  await expectError(() => table.numbers('seen'), 'COLUMN_NOT_NUMERIC', /is datetime/);
  await expectError(() => table.numbers('bmi'), 'COLUMN_HAS_MISSING_VALUES', /1 of 3.*row 2/);
  await expectError(() => table.takeRows(Int32Array.of(3)), 'TABLE_INVALID', /expected 0 to 2/);
  await expectError(() => table.takeRows(Int32Array.of(-1)), 'TABLE_INVALID', /row -1/);
  await expectError(() => table.select(['age', 'age']), 'TABLE_INVALID', /twice/);
  await expectError(() => Table.fromColumns([one, two]), 'TABLE_INVALID', /has 2 rows, expected 1/);
  await expectError(() => Table.fromColumns([unnamed]), 'TABLE_INVALID', /empty name/);
});
