import { expect, test } from 'vitest';
import { withConnection } from './database.ts';
import { fillColumns } from './fill-columns.ts';

function fill(rowCount: number) {
  const columns = [{ name: 'n', type: 'long', sql: 'c0::DOUBLE' }] as const;
  const source = { relation: 'range(5000) AS t(c0)', parameters: [], rowCount, columns };
  return withConnection((connection) => fillColumns(connection, source));
}

test('columns are filled from all chunks', async () => {
  const [column] = (await fill(5000)) ?? [];
  expect(column?.type === 'long' && column.values).toEqual(
    Float64Array.from({ length: 5000 }, (_, row) => row),
  );
});

test.each([4999, 5001, 0])('%i rows announced but 5000 found is told by null', async (rowCount) => {
  expect(await fill(rowCount)).toBeNull();
});
