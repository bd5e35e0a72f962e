import { fileURLToPath } from 'node:url';
import { readTable } from '@ridgeline/tabular';
import { expect, it } from 'vitest';

const file = fileURLToPath(new URL('machine-cpu.csv', import.meta.url));

it('is the 209 computers, whole, with the columns that the pipeline names', async () => {
  const table = await readTable(file);
  expect(table.rowCount).toBe(209);
  expect(table.columns().map(({ name, type }) => `${name} ${type}`)).toEqual([
    ...['VendorName string', 'ModelName string', 'MYCT long', 'MMIN long', 'MMAX long'],
    ...['CACH long', 'CHMIN long', 'CHMAX long', 'PRP long', 'ERP long'],
  ]);
  expect(table.columns().every(({ missing }) => missing === null)).toBe(true);
});

it('has the means and the 30 vendors that its documentation gives', async () => {
  const table = await readTable(file);
  const mean = (name: string) =>
    table.numbers(name).reduce((total, value) => total + value, 0) / table.rowCount;
  expect(mean('PRP')).toBeCloseTo(105.6, 1);
  expect(mean('ERP')).toBeCloseTo(99.3, 1);
  expect(new Set(table.toRows().map(({ VendorName }) => VendorName)).size).toBe(30);
});
