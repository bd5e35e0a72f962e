import { expect, test } from 'vitest';
import { numberColumn, stringColumn } from '../table/column.ts';
import { Table } from '../table/table.ts';
import { profileTable } from './table-profile.ts';

const day = 86_400_000;
const table = Table.fromColumns([
  numberColumn('bmi', 'double', Float64Array.of(20, 30, Number.NaN)),
  numberColumn('smokes', 'boolean', Float64Array.of(0, 1, 1)),
  numberColumn('seen', 'datetime', Float64Array.of(day, 0, Number.NaN)),
  stringColumn('city', ['Rome', 'Bern', 'Rome']),
]);

test('a profile tells each column in the way of its type', () => {
  const { rowCount, columns } = profileTable(table);
  expect(rowCount).toBe(3);
  expect(columns[0]).toMatchObject({
    name: 'bmi',
    type: 'double',
    missingCount: 1,
    distinctCount: 2,
    mean: 25,
    standardDeviation: Math.sqrt(50),
  });
  expect(columns[1]).toMatchObject({ type: 'boolean', min: 0, max: 1, distinctCount: 2 });
  expect(columns[2]).toEqual({
    name: 'seen',
    type: 'datetime',
    missingCount: 1,
    distinctCount: 2,
    min: '1970-01-01T00:00:00.000Z',
    max: '1970-01-02T00:00:00.000Z',
  });
  expect(columns[3]).toEqual({
    name: 'city',
    type: 'string',
    missingCount: 0,
    distinctCount: 2,
    topValues: [
      { value: 'Rome', count: 2 },
      { value: 'Bern', count: 1 },
    ],
  });
});

test('a profile survives JSON', () => {
  const profile = profileTable(table);
  expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
});

test('dictionary entries that no row uses are not counted', () => {
  const [, , , city] = profileTable(table.takeRows(Int32Array.of(1))).columns;
  expect(city).toMatchObject({ distinctCount: 1, topValues: [{ value: 'Bern', count: 1 }] });
});

test('ten values are kept, long ones cut', () => {
  const values = Array.from({ length: 12 }, (_, index) => `${index}`.padEnd(300, 'x'));
  const [column] = profileTable(Table.fromColumns([stringColumn('text', values)])).columns;
  const topValues = column?.type === 'string' ? column.topValues : [];
  expect(topValues.map(({ value }) => value.length)).toEqual(Array(10).fill(200));
});

test('an empty table has a profile', () => {
  const empty = table.takeRows(new Int32Array(0));
  expect(profileTable(empty).columns[0]).toMatchObject({ mean: null, distinctCount: 0 });
});
