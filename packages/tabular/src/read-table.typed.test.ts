import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { expectError, useTestFolder } from '../test/test-folder.ts';
import { type ReadTableOptions, readTable } from './read-table.ts';
import { inferSchema } from './table/table-schema.ts';

const folder = useTestFolder();

async function readLines(lines: readonly string[], options: ReadTableOptions = {}) {
  return await readTable(await folder.write('a.jsonl', `${lines.join('\n')}\n`), options);
}

describe('Parquet', () => {
  test('each type becomes the one of ours that holds it', async () => {
    const path = await folder.writeParquet(
      'types.parquet',
      `SELECT 1::TINYINT AS i8, 2::UINTEGER AS u32, 3::BIGINT AS i64, 4::UBIGINT AS u64,
        1.5::FLOAT AS f32, 0.1::DOUBLE AS f64, 1.25::DECIMAL(18, 2) AS amount, true AS flag,
        DATE '2020-02-29' AS day, TIMESTAMP '2020-01-01 10:00:00.123456' AS moment,
        TIMESTAMPTZ '2020-01-01 10:00:00+02' AS zoned, TIMESTAMP_NS '2020-01-01 10:00:00' AS nano,
        'text' AS name, '' AS blank, [1, 2] AS list, TIME '10:00' AS hour`,
    );
    const table = await readTable(path);
    expect(Object.fromEntries(table.columns().map(({ name, type }) => [name, type]))).toEqual({
      i8: 'long',
      u32: 'long',
      i64: 'long',
      u64: 'long',
      f32: 'double',
      f64: 'double',
      amount: 'double',
      flag: 'boolean',
      day: 'datetime',
      moment: 'datetime',
      zoned: 'datetime',
      nano: 'datetime',
      name: 'string',
      blank: 'string',
      list: 'string',
      hour: 'string',
    });
    expect(table.toRows()).toEqual([
      {
        i8: 1,
        u32: 2,
        i64: 3,
        u64: 4,
        f32: 1.5,
        f64: 0.1,
        amount: 1.25,
        flag: true,
        day: '2020-02-29T00:00:00.000Z',
        moment: '2020-01-01T10:00:00.123Z',
        zoned: '2020-01-01T08:00:00.000Z',
        nano: '2020-01-01T10:00:00.000Z',
        name: 'text',
        blank: '',
        list: '[1, 2]',
        hour: '10:00:00',
      },
    ]);
  });

  test('integers that a double cannot hold become strings', async () => {
    const path = await folder.writeParquet(
      'wide.parquet',
      `SELECT 9007199254740993::BIGINT AS a, -9007199254740993::BIGINT AS b,
        18446744073709551615::UBIGINT AS c, 9007199254740991::BIGINT AS d`,
    );
    const cells = { a: '9007199254740993', b: '-9007199254740993', c: '18446744073709551615' };
    expect((await readTable(path)).toRows()).toEqual([{ ...cells, d: 9007199254740991 }]);
  });

  test('nulls and NaN are missing, in every type', async () => {
    const path = await folder.writeParquet(
      'missing.parquet',
      `SELECT * FROM (VALUES (1, 1.5::DOUBLE, true, DATE '2020-01-01', 'x'),
        (NULL, 'nan'::DOUBLE, NULL, NULL, NULL)) AS t(i, d, b, t, s)`,
    );
    const table = await readTable(path);
    expect(inferSchema(table).columns.every(({ nullable }) => nullable)).toBe(true);
    expect(table.toRows()[1]).toEqual({ i: null, d: null, b: null, t: null, s: null });
  });

  test('many rows keep their order', async () => {
    const query = `SELECT range AS n, 'r' || (range % 5) AS name FROM range(100000)`;
    const table = await readTable(await folder.writeParquet('many.parquet', query));
    expect(table.numbers('n').every((value, row) => value === row)).toBe(true);
    expect(table.column('name')).toMatchObject({ dictionary: ['r0', 'r1', 'r2', 'r3', 'r4'] });
  });

  test('columns are chosen by name; odd names, and no rows, are fine', async () => {
    const query = `SELECT 1 AS "a ""quoted""", 2 AS "c0", 3 AS b`;
    const path = await folder.writeParquet('odd.parquet', query);
    const table = await readTable(path, { columns: ['b', 'a "quoted"'] });
    expect(table.toRows()).toEqual([{ b: 3, 'a "quoted"': 1 }]);
    const none = await folder.writeParquet('none.parquet', 'SELECT 1 AS a WHERE false');
    expect((await readTable(none)).rowCount).toBe(0);
  });

  test('what is no Parquet file, or a broken one, is refused', async () => {
    const invalid = 'DATA_FORMAT_INVALID';
    const text = await folder.write('text.parquet', 'a,b\n1,2\n');
    await expectError(() => readTable(text), invalid, /is not a Parquet file; expected 'PAR1'/);
    const tiny = await folder.write('tiny.parquet', 'P');
    await expectError(() => readTable(tiny), invalid, /is not a Parquet file/);
    const hollow = await folder.write('hollow.parquet', `PAR1${'x'.repeat(50)}PAR1`);
    await expectError(() => readTable(hollow), invalid, /cannot be read as parquet: /);
    const good = await folder.writeParquet('good.parquet', 'SELECT range AS n FROM range(9999)');
    const bytes = await readFile(good);
    const cut = await folder.write('cut.parquet', bytes.subarray(0, bytes.length - 100));
    await expectError(() => readTable(cut), invalid, /cut off/);
    const damaged = bytes.fill(0xff, 40, bytes.length - 400);
    const path = await folder.write('damaged.parquet', damaged);
    await expectError(() => readTable(path), invalid, /cannot be read as parquet: /);
    const empty = await folder.write('empty.parquet', '');
    await expectError(() => readTable(empty), 'DATA_FILE_EMPTY');
    const few = () => readTable(good, { maxRows: 9998 });
    await expectError(few, 'DATA_LIMIT_EXCEEDED', /9999 rows; expected at most 9998/);
    const unknown = () => readTable(good, { columns: ['m'] });
    await expectError(unknown, 'COLUMN_NOT_FOUND', /did you mean 'n'\?/);
  });
});

describe('JSON Lines', () => {
  test('keys become columns in the order in which they first come; absent ones are missing', async () => {
    const table = await readLines(['{"b": 1, "a": 2}', '', '{"c": "x", "b": null, "a": 3}']);
    expect(table.toRows()).toEqual([
      { b: 1, a: 2, c: null },
      { b: null, a: 3, c: 'x' },
    ]);
  });

  test('each of many keys has a type of its own', async () => {
    const keys = Array.from({ length: 500 }, (_, key) => key);
    const row = Object.fromEntries(keys.map((key) => [`k${key}`, key % 3 === 0 ? key : `t${key}`]));
    const table = await readLines([JSON.stringify(row)]);
    const types = keys.map((key) => (key % 3 === 0 ? 'long' : 'string'));
    expect(table.columns().map(({ type }) => type)).toEqual(types);
    expect(table.toRows()).toEqual([row]);
  });

  test.each([
    ['long', ['1', '-2'], [1, -2]],
    ['double', ['1', '2.5', '1e3'], [1, 2.5, 1000]],
    ['boolean', ['true', 'false', 'null'], [true, false, null]],
    [
      'datetime',
      ['"2020-01-01"', '"2020-01-01T10:00:00Z"'],
      ['2020-01-01T00:00:00.000Z', '2020-01-01T10:00:00.000Z'],
    ],
    ['string', ['"1"', '"2"'], ['1', '2']],
    ['string', ['""', '"NA"', '"é\\n\\""'], ['', 'NA', 'é\n"']],
    ['string', ['1', '"x"'], ['1', 'x']],
    ['string', ['true', '1'], ['true', '1']],
    ['string', ['9007199254740993', '1'], ['9007199254740993', '1']],
    ['string', ['123456789012345678901234567890'], ['123456789012345678901234567890']],
    ['string', ['{"x": 1}', '[1, 2]'], ['{"x":1}', '[1,2]']],
    ['string', ['null'], [null]],
  ])('%s from %j', async (type, values, cells) => {
    const table = await readLines(values.map((value) => `{"x": ${value}}`));
    expect(table.column('x').type).toBe(type);
    expect(table.toRows().map(({ x }) => x)).toEqual(cells);
  });

  test('any key is a name: case, slashes, dollars, quotes', async () => {
    const row = { a: 1, A: 2, 'x/y~z': 3, '$.q': 4, "it's": 5, 'say "hi"': 6, '/': 7, '*': 8 };
    expect((await readLines([JSON.stringify(row)])).toRows()).toEqual([row]);
  });

  test('columns are chosen by name', async () => {
    const table = await readLines(['{"a": 1, "b": 2}'], { columns: ['b'] });
    expect(table.toRows()).toEqual([{ b: 2 }]);
  });

  test.each([
    ['a broken line', ['{"a": 1}', '{"a": }'], 'DATA_FORMAT_INVALID', /line 2 is not valid JSON/],
    ['a line cut off', ['{"a": 1}', '', '{"a": 2'], 'DATA_FORMAT_INVALID', /line 3 is not valid/],
    ['no object', ['{"a": 1}', '5'], 'DATA_FORMAT_INVALID', /line 2 holds no object: 5; expected/],
    ['an array', ['[{"a": 1}]'], 'DATA_FORMAT_INVALID', /line 1 holds no object/],
    ['CSV', ['a,b', '1,2'], 'DATA_FORMAT_INVALID', /line 1 is not valid JSON/],
    ['a key twice', ['{"a": 1, "a": 2}'], 'DATA_FORMAT_INVALID', /an object has a key twice/],
    ['an empty key', ['{"": 1}'], 'DATA_HEADER_INVALID', /column 1 has no name/],
    ['no keys', ['{}'], 'DATA_HEADER_INVALID', /has no columns/],
  ] as const)('%s is refused', async (_, lines, code, message) => {
    await expectError(() => readLines(lines), code, message);
  });

  test('bytes that are not UTF-8, an empty file and too many rows are refused', async () => {
    const bytes = Uint8Array.of(0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d, 0x0a);
    const path = await folder.write('latin1.jsonl', bytes);
    await expectError(() => readTable(path), 'DATA_FORMAT_INVALID');
    const empty = await folder.write('empty.ndjson', '');
    await expectError(() => readTable(empty), 'DATA_FILE_EMPTY');
    const many = () => readLines(['{"a": 1}', '{"a": 2}'], { maxRows: 1 });
    await expectError(many, 'DATA_LIMIT_EXCEEDED', /2 rows/);
    await expectError(() => readLines(['{"a": 1}'], { columns: ['b'] }), 'COLUMN_NOT_FOUND');
  });
});
