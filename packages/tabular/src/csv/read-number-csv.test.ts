// The fast way beside the way through DuckDB: the same columns bit for bit, or nothing at all.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { useTestFolder } from '../../test/test-folder.ts';
import { type CsvRequest, withCsvSource } from '../duckdb/csv-source.ts';
import { withConnection } from '../duckdb/database.ts';
import { fillColumns } from '../duckdb/fill-columns.ts';
import { checkDataFile } from '../files/data-file.ts';
import { readTable } from '../read-table.ts';
import type { Column } from '../table/column.ts';
import { createCsvKernel } from './csv-kernel.ts';
import { csvTwin } from './csv-twin.ts';
import { readNumberCsv } from './read-number-csv.ts';

const folder = useTestFolder();

async function requestOf(content: string | Uint8Array): Promise<CsvRequest> {
  const file = await checkDataFile(await folder.write('n.csv', content));
  return { file, delimiter: ',', columns: undefined, maxRows: 2 ** 31 - 1 };
}

/** Null where DuckDB's way ends with an error. */
async function throughDuckdb(request: CsvRequest): Promise<Column[] | null> {
  return await withConnection((connection) =>
    withCsvSource(connection, request, (source) => fillColumns(connection, source)),
  ).catch(() => null);
}

/** Both kernels' columns, which must be the same. */
async function fast(content: string | Uint8Array): Promise<Column[] | null> {
  const request = await requestOf(content);
  const compiled = await readNumberCsv(request);
  const twin = await readNumberCsv(request, async (byteLength) => csvTwin(byteLength));
  expect(twin).toEqual(compiled);
  return compiled;
}

test('the kernel is compiled here', async () => {
  expect(await createCsvKernel(1024)).not.toBeNull();
});

describe('what the fast way reads', () => {
  test.each([
    ['LF', 'a,b\n1,2.5\n3,4\n'],
    ['CRLF', 'a,b\r\n1,2.5\r\n3,4\r\n'],
    ['both', 'a,b\r\n1,2.5\n3,4\r\n'],
    ['no line end last', 'a,b\n1,2.5\n3,4'],
    ['a byte order mark', '\uFEFFa,b\n1,2.5\n3,4\n'],
    ['names beyond ASCII', 'é,日\n1,2.5\n3,4\n'],
    ['empty fields', 'a,b\n1,\n,4.5\n'],
    ['signs, zeros and exponents', 'a,b\n-0,+1.50\n007,-1e-3\n0,00.5E+2\n'],
    ['more digits than a double has', 'a\n0.1234567890123456789\n3.14159265358979323846264\n'],
    ['whole numbers beyond 2^53 among decimals', 'a\n9007199254740993\n0.5\n'],
    ['the largest whole numbers', 'a\n9007199254740991\n-9007199254740991\n'],
    ['large and small numbers', 'a\n1e299\n1e-299\n123456e70\n0.5\n0e500\n'],
  ])('%s', async (_, content) => {
    const columns = await fast(content);
    expect(columns).not.toBeNull();
    expect(columns).toEqual(await throughDuckdb(await requestOf(content)));
  });

  test('columns that are asked for, in that order', async () => {
    const path = await folder.write('c.csv', 'a,b,c\n1,2,3\n');
    expect((await readTable(path, { columns: ['c', 'a'] })).toRows()).toEqual([{ c: 3, a: 1 }]);
  });

  test('lines that fall on the edges of parts, and many more rows than the first lines foretold', async () => {
    const long = Array.from({ length: 200 }, (_, i) => `${i}.123456789012345,${i}\n`).join('');
    const short = Array.from({ length: 150_000 }, (_, i) => `${i % 10},${i}\n`).join('');
    const content = `a,b\n${long}${short}`;
    expect(await fast(content)).toEqual(await throughDuckdb(await requestOf(content)));
  });
});

describe('what it leaves to DuckDB', () => {
  test.each([
    ['quotes', 'a\n"1"\n'],
    ['quotes in the header', '"a"\n1\n'],
    ['blanks', 'a,b\n1, 2\n'],
    ['text', 'a,b\n1,x\n'],
    ['words for missing', 'a\n1\nNA\n'],
    ['infinity', 'a\ninf\n'],
    ['booleans', 'a\ntrue\n'],
    ['dates', 'a\n2020-01-01\n'],
    ['whole numbers that lose digits', 'a\n9007199254740993\n'],
    ['a column without a value', 'a,b\n1,\n'],
    ['blank lines', 'a,b\n1,2\n\n3,4\n'],
    ['a blank line in one column', 'a\n1\n\n2\n'],
    ['a CR alone', 'a\r1\r'],
    ['too few fields', 'a,b\n1\n'],
    ['too many fields', 'a,b\n1,2,3\n'],
    ['a point without decimals', 'a\n5.\n'],
    ['an exponent without digits', 'a\n1e\n'],
    ['a sign alone', 'a\n-\n'],
    ['numbers too large', 'a\n1e400\n'],
    ['numbers too small', 'a\n1e-400\n'],
    ['a NUL', 'a\n1\0\n'],
    ['a header alone', 'a,b\n'],
    ['names twice', 'a,a\n1,2\n'],
    ['a name missing', 'a,\n1,2\n'],
    ['a blank name', 'a, \n1,2\n'],
    ['a header that is not UTF-8', Uint8Array.of(0xe9, 0x0a, 0x31, 0x0a)],
  ])('%s', async (_, content) => {
    expect(await fast(content)).toBeNull();
  });

  test('a column that is not there, and more rows than allowed: the errors are its own', async () => {
    const path = await folder.write('e.csv', 'a\n1\n2\n3\n');
    await expect(readTable(path, { columns: ['b'] })).rejects.toThrow(/column 'b' does not exist/);
    await expect(readTable(path, { maxRows: 2 })).rejects.toThrow(/has 3 rows; expected at most 2/);
  });
});

describe('any file', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 22 });
  const number = fc
    .tuple(fc.constantFrom('', '-', '+'), digits, fc.constantFrom('', '.'), digits, exponent())
    .map((parts) => parts.join(''));
  const cell = fc.oneof(
    { weight: 6, arbitrary: number },
    { weight: 6, arbitrary: fc.double({ noNaN: true }).map(String) },
    { weight: 3, arbitrary: fc.integer().map(String) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', 'NA', ' 1', '"1"', 'true', '2020-01-01', 'x', '1_0'),
    },
  );

  function exponent() {
    const power = fc.integer({ min: -70, max: 70 });
    return fc.oneof(
      fc.constant(''),
      power.map((value) => `e${value}`),
    );
  }

  test('is read as through DuckDB, or left to it', async () => {
    const rows = fc.integer({ min: 1, max: 3 }).chain((width) => {
      const row = fc.array(cell, { minLength: width, maxLength: width });
      return fc.array(fc.oneof({ weight: 30, arbitrary: row }, fc.array(cell, { maxLength: 4 })), {
        minLength: 1,
        maxLength: 5,
      });
    });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        async (given, end, closed) => {
          const header = (given[0] ?? []).map((_, j) => `c${j}`).join(',') || 'c';
          const lines = [header, ...given.map((cells) => cells.join(','))];
          const content = lines.join(end) + (closed ? end : '');
          const columns = await fast(content);
          if (columns === null) return;
          expect(columns).toEqual(await throughDuckdb(await requestOf(content)));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('of numbers has each rounded as the language rounds it', async () => {
    const values = fc.array(
      fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }).map(String), number),
      {
        minLength: 1,
        maxLength: 200,
      },
    );
    await fc.assert(
      fc.asyncProperty(values, async (given) => {
        const columns = await fast(`n,x\n${given.map((value) => `0.5,${value}\n`).join('')}`);
        const [, column] = columns ?? [];
        if (column === undefined || column.type === 'string') return;
        const expected = given.map((value) => (value === '' ? Number.NaN : Number(value)));
        expect([...column.values]).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});
