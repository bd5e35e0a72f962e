import { expect, test } from 'vitest';
import { duckdbReason, literalPattern, withConnection } from './database.ts';

const run = (sql: string) => withConnection((connection) => connection.run(sql));

test('nothing is fetched: a URL needs an extension that is neither there nor loaded', async () => {
  await expect(run(`SELECT * FROM 'http://127.0.0.1:1/a.csv'`)).rejects.toThrow(/httpfs/);
  await expect(run(`SELECT * FROM 's3://bucket/a.parquet'`)).rejects.toThrow(/httpfs/);
});

test('what keeps it closed cannot be changed by a query', async () => {
  const open = run('SET autoinstall_known_extensions = true');
  await expect(open).rejects.toThrow(/locked/);
});

test('times without a zone are UTC', async () => {
  const result = await run(`SELECT current_setting('TimeZone')`);
  expect(await result.getRows()).toEqual([['UTC']]);
});

test('a path is made a pattern that matches itself only', () => {
  expect(literalPattern('/a/b[1]*.csv')).toBe('/a/b[[]1][*].csv');
});

test('a reason is one line without the kind of error', () => {
  expect(duckdbReason(new Error('Invalid Input Error: Bad footer\nmore'))).toBe('Bad footer');
  expect(duckdbReason('x')).toBe('x');
});
