import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectError, useTestFolder } from '../test/test-folder.ts';
import { type CsvRecord, readCsvRecords } from './csv/read-csv-records.ts';
import { TabularError } from './errors.ts';
import { type ReadTableOptions, readTable } from './read-table.ts';

const folder = useTestFolder();

async function readText(content: string | Uint8Array, options: ReadTableOptions = {}) {
  return await readTable(await folder.write('a.csv', content), options);
}

/** The type and the cells of a file's only column, after a first one that fills the lines. */
async function columnOf(values: readonly string[]) {
  const lines = values.map((value) => `1,${value}\n`).join('');
  const table = await readText(`n,x\n${lines}`);
  return { type: table.column('x').type, cells: table.toRows().map(({ x }) => x) };
}

describe('types', () => {
  test.each([
    ['long', ['1', '-2', '+3', '007'], [1, -2, 3, 7]],
    ['long', ['9007199254740991', '-9007199254740991'], [9007199254740991, -9007199254740991]],
    ['double', ['1', '2.5', '1e3', '.5', '-1.5E-2'], [1, 2.5, 1000, 0.5, -0.015]],
    ['double', ['0.1', '12345678.123456789', '5e-324'], [0.1, 12345678.123456789, 5e-324]],
    ['double', ['1.5', '100000000000000000000'], [1.5, 1e20]],
    ['double', ['inf', '-Infinity', '1.5'], [Infinity, -Infinity, 1.5]],
    ['double', ['1.5', 'NaN', 'NA', 'n/a', 'null', 'None', ''], [1.5, ...Array(6).fill(null)]],
    ['long', ['1', '', '""', ' 3 '], [1, null, null, 3]],
    ['boolean', ['true', 'FALSE', 'NA'], [true, false, null]],
    ['datetime', ['2020-02-29', ''], ['2020-02-29T00:00:00.000Z', null]],
    [
      'datetime',
      ['2020-01-01T10:00:00+02:00', '2020-01-01 10:00', '2020-01-01T10:00:00.5Z'],
      ['2020-01-01T08:00:00.000Z', '2020-01-01T10:00:00.000Z', '2020-01-01T10:00:00.500Z'],
    ],
    ['string', ['9007199254740993', '1'], ['9007199254740993', '1']],
    ['string', ['12345678901234567890123'], ['12345678901234567890123']],
    ['string', ['DE', 'NA', ''], ['DE', 'NA', null]],
    ['string', ['1_000', '2'], ['1_000', '2']],
    ['string', ['+-1'], ['+-1']],
    ['string', ['0x1F'], ['0x1F']],
    ['string', ['2020-02-30', '2020-01-01'], ['2020-02-30', '2020-01-01']],
    ['string', ['epoch', 'infinity today'], ['epoch', 'infinity today']],
    ['string', ['true', '1'], ['true', '1']],
    ['string', ['2020-01-01', '5'], ['2020-01-01', '5']],
    ['string', ['', ''], [null, null]],
    ['string', ['NA', 'NA'], ['NA', 'NA']],
  ])('%s from %j', async (type, values, cells) => {
    expect(await columnOf(values)).toEqual({ type, cells });
  });

  test('a text in the last of very many rows makes the column a string column', async () => {
    const lines = Array.from({ length: 60_000 }, (_, row) => `${row}\n`).join('');
    const table = await readText(`x\n${lines}late\n`);
    const column = table.column('x');
    expect([table.rowCount, column.type]).toEqual([60_001, 'string']);
    expect(table.takeRows(Int32Array.of(0, 60_000)).toRows()).toEqual([{ x: '0' }, { x: 'late' }]);
  });

  test('each of thousands of columns has its own', async () => {
    const cells = ['1', '0.5', 'true', '2020-01-01', 'a'];
    const types = ['long', 'double', 'boolean', 'datetime', 'string'];
    const of = (column: number) => Math.floor(column / 7) % 5;
    const columns = Array.from({ length: 3_000 }, (_, column) => column);
    const row = columns.map((column) => cells[of(column)]).join(',');
    const header = columns.map((column) => `c${column}`).join(',');
    const table = await readText(`${header}\n${row}\n${row}\n`);
    expect(table.columns().map(({ type }) => type)).toEqual(
      columns.map((column) => types[of(column)]),
    );
  });

  test('any double reads back as itself', async () => {
    const numbers = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(numbers, async (values) => {
        const table = await readText(`x\n0.5\n${values.map((value) => `${value}\n`).join('')}`);
        // Text has no sign of zero worth keeping: JavaScript writes -0 as 0.
        expect([...table.numbers('x')]).toEqual([0.5, ...values.map((value) => value + 0)]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('rows and columns', () => {
  test('rows keep the order of the file, across many chunks', async () => {
    const lines = Array.from({ length: 200_000 }, (_, row) => `${row},r${row % 7}\n`).join('');
    const table = await readText(`n,name\n${lines}`);
    expect(table.numbers('n').every((value, row) => value === row)).toBe(true);
    const name = table.column('name');
    expect(name.type === 'string' && name.dictionary).toEqual([
      'r0',
      'r1',
      'r2',
      'r3',
      'r4',
      'r5',
      'r6',
    ]);
  });

  test('a header alone is a table of no rows', async () => {
    const table = await readText('a,b\n');
    expect([table.rowCount, table.columnNames]).toEqual([0, ['a', 'b']]);
  });

  test('columns are chosen by name, in the order asked for', async () => {
    const table = await readText('a,b,c\n1,2,3\n', { columns: ['c', 'a'] });
    expect(table.toRows()).toEqual([{ c: 3, a: 1 }]);
  });

  test('names that differ only in case, or look like SQL, are ordinary names', async () => {
    const name = `"); DROP TABLE x; --'`;
    const table = await readText(`y,Y,"${name.replaceAll('"', '""')}"\n1,2,3\n`);
    expect(table.toRows()).toEqual([{ y: 1, Y: 2, [name]: 3 }]);
  });

  test.each([
    `it's.csv`,
    'a"b.csv',
    'd[1]*?.csv',
    'x); --.csv',
    'k=1.csv',
    'back\\slash.csv',
    'ü .csv',
  ])('a file named %s is read, and no other', async (name) => {
    await folder.write('d1.csv', 'x\n2\n');
    expect((await readTable(await folder.write(name, 'x\n1\n'))).toRows()).toEqual([{ x: 1 }]);
  });

  test('.tsv means tabs, and any delimiter can be named', async () => {
    const path = await folder.write('t.tsv', 'a\tb\n1\tx,y\n');
    expect((await readTable(path)).toRows()).toEqual([{ a: 1, b: 'x,y' }]);
    expect((await readText(`a'b\n1'2\n`, { delimiter: `'` })).toRows()).toEqual([{ a: 1, b: 2 }]);
  });
});

describe('agreement of both readers', () => {
  test.each([
    ['mixed line ends', 'x,y\r\na,b\nc,d\r'],
    ['blanks around quotes', 'x,y\n a , "b" \n  "c"  ,d\n'],
    ['a carriage return in an unquoted place', 'x,y\n"p\rq",b\nc,d\n'],
  ])('%s is read as our own reader reads it', async (_, content) => {
    expect(await tableCells(content)).toEqual(await recordCells(content));
  });

  test('a table has the cells of the records, or the file is refused', async () => {
    const unit = fc.constantFrom('a', 'b', '"', '""', ',', '\n', '\r\n', '\r', ' ', '\t', 'é');
    const tail = fc.string({ unit, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('x\n', 'x,y\n', 'x,y\r\n'), tail, async (head, text) => {
        expect(await tableCells(head + text)).toEqual(await recordCells(head + text));
      }),
      { numRuns: 600 },
    );
  });

  async function tableCells(content: string): Promise<unknown> {
    const table = await codeOrValue(readText(content));
    return typeof table === 'string' ? table : table.toRows().map((row) => Object.values(row));
  }

  async function recordCells(content: string): Promise<unknown> {
    const records = await codeOrValue(readRecords(content));
    if (typeof records === 'string') return records;
    const hasProblem = records.some(({ problem }) => problem !== null);
    return hasProblem ? 'DATA_ROW_INVALID' : records.map(({ fields }) => fields);
  }

  async function readRecords(content: string): Promise<CsvRecord[]> {
    const batches = await Array.fromAsync(readCsvRecords(await folder.write('b.csv', content)));
    return batches.flatMap(({ records }) => records);
  }

  async function codeOrValue<T>(value: Promise<T>): Promise<T | string> {
    return await value.catch((error: unknown) => {
      if (error instanceof TabularError) return error.code;
      throw error;
    });
  }
});

describe('files that are refused', () => {
  const garbage = Uint8Array.from({ length: 5000 }, (_, index) => (index * 89) % 256);
  test.each([
    ['no bytes', '', 'DATA_FILE_EMPTY', /0 bytes/],
    ['binary garbage', garbage, 'DATA_FORMAT_INVALID', /expected text saved as UTF-8/],
    ['a NUL byte', 'a\nx\0\n', 'DATA_FORMAT_INVALID', /NUL byte near line 2/],
    ['names twice', 'a,b,a\n1,2,3\n', 'DATA_HEADER_INVALID', /'a' is there more than once/],
    ['a column without a name', 'a, ,c\n1,2,3\n', 'DATA_HEADER_INVALID', /column 2 has no name/],
    ['a short row', 'a,b\n1,2\n3\n', 'DATA_ROW_INVALID', /a.csv', line 3: has 1 field; expected 2/],
    ['semicolons', 'a;b\n1,5;2\n', 'DATA_ROW_INVALID', /expected 1.* divided by commas/],
    ['a long row', 'a,b\n1,2\n3,4,\n', 'DATA_ROW_INVALID', /line 3: has 3 fields; expected 2/],
    ['an open quote', 'a,b\n1,"2\n', 'DATA_ROW_INVALID', /line 2: .* never closed/],
  ] as const)('%s', async (_, content, code, message) => {
    await expectError(() => readText(content), code, message);
  });

  test('a missing file, a folder, a device, a URL, an unknown extension', async () => {
    const none = folder.path('none.csv');
    await expectError(() => readTable(none), 'DATA_FILE_NOT_FOUND', /none.csv' does not exist/);
    await expectError(() => readTable(`${none}/x.csv`), 'DATA_FILE_NOT_FOUND');
    await expectError(() => readTable('a\0.csv'), 'DATA_FILE_NOT_READABLE');
    await expectError(() => readTable(folder.path('.')), 'DATA_FILE_NOT_READABLE', /is a folder/);
    const device = () => readTable('/dev/zero', { format: 'csv' });
    await expectError(device, 'DATA_FILE_NOT_READABLE', /not a regular file/);
    for (const url of ['http://127.0.0.1/a.csv', 'https://x/a.csv', 's3://b/a.parquet']) {
      await expectError(() => readTable(url), 'DATA_PATH_NOT_LOCAL', /is a URL; expected a local/);
    }
    const odd = await folder.write('a.xlsx', 'x');
    await expectError(() => readTable(odd), 'DATA_FORMAT_UNKNOWN', /'.xlsx'; expected one of .csv/);
  });

  test('what is beyond the limits, and options that make no sense', async () => {
    const content = 'a\n1\n2\n';
    const maxRows = () => readText(content, { maxRows: 1 });
    const maxBytes = () => readText(content, { maxBytes: 5 });
    await expectError(maxRows, 'DATA_LIMIT_EXCEEDED', /2 rows; expected at most 1; raise maxRows/);
    await expectError(maxBytes, 'DATA_LIMIT_EXCEEDED', /6 bytes; expected at most 5/);
    await expectError(() => readText(content, { columns: [] }), 'DATA_OPTION_INVALID');
    await expectError(() => readText(content, { delimiter: 'x' }), 'DATA_OPTION_INVALID');
    const wrong = () => readText('AGE,BMI\n1,2\n', { columns: ['BMY'] });
    await expectError(wrong, 'COLUMN_NOT_FOUND', /did you mean 'BMI'\?/);
  });
});
