import { numberColumn, stringColumn, Table } from '@ridgeline/tabular';
import { describe, expect, test } from 'vitest';
import { holdOut } from './hold-out.ts';

const rows = Array.from({ length: 100 }, (_, row) => row);
const table = Table.fromColumns([
  numberColumn('n', 'long', Float64Array.from(rows)),
  stringColumn(
    'kind',
    rows.map((row) => (row % 10 === 0 ? 'rare' : 'common')),
  ),
  stringColumn(
    'once',
    rows.map((row) => `id ${row}`),
  ),
]);

describe('a part held out', () => {
  test('is every row once, the same for the same seed', () => {
    const { train, test: held } = holdOut(table, { size: 0.2, seed: 1 });
    expect([train.rowCount, held.rowCount]).toEqual([80, 20]);
    expect([...train.numbers('n'), ...held.numbers('n')].sort((a, b) => a - b)).toEqual(rows);
    expect(holdOut(table, { size: 0.2, seed: 1 }).test.numbers('n')).toEqual(held.numbers('n'));
    expect(holdOut(table, { size: 0.2, seed: 2 }).test.numbers('n')).not.toEqual(held.numbers('n'));
  });

  test('has each value’s share, where every value is there often enough', () => {
    const { test: held } = holdOut(table, { size: 0.2, seed: 1, stratify: 'kind' });
    expect(held.toRows().filter(({ kind }) => kind === 'rare')).toHaveLength(2);
    expect(holdOut(table, { size: 0.2, seed: 1, stratify: 'once' }).test.rowCount).toBe(20);
  });

  test('that would leave nothing is refused', () => {
    const one = table.takeRows(Int32Array.of(0));
    expect(() => holdOut(one, { size: 0.5, seed: 1 })).toThrow(/would be empty/);
  });
});
