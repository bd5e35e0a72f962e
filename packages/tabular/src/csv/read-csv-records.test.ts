import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectError, useTestFolder } from '../../test/test-folder.ts';
import { formatCsvRecord } from './format-csv-record.ts';
import { type CsvRecord, type ReadCsvRecordsOptions, readCsvRecords } from './read-csv-records.ts';

const folder = useTestFolder();

async function read(path: string, options: ReadCsvRecordsOptions = {}) {
  let header: readonly string[] = [];
  const records: CsvRecord[] = [];
  for await (const batch of readCsvRecords(path, options)) {
    header = batch.header;
    records.push(...batch.records);
  }
  return { header, records, rows: records.map(({ fields }) => fields) };
}

async function readText(content: string | Uint8Array, options: ReadCsvRecordsOptions = {}) {
  return await read(await folder.write('a.csv', content), options);
}

describe('reading', () => {
  test.each([
    ['LF', 'a,b\n1,2\n3,4\n'],
    ['CRLF', 'a,b\r\n1,2\r\n3,4\r\n'],
    ['CR', 'a,b\r1,2\r3,4\r'],
    ['mixed line ends', 'a,b\r\n1,2\n3,4\r'],
    ['no line end last', 'a,b\n1,2\n3,4'],
    ['a byte order mark', '\uFEFFa,b\n1,2\n3,4\n'],
    ['blank lines', 'a,b\n\n1,2\n\r\n3,4\n\n'],
    ['quotes that need not be', '"a","b"\n"1","2"\n"3","4"\n'],
    ['blanks around quotes', 'a, "b"\n"1" ,\t"2"\n3,4\n'],
  ])('%s', async (_, content) => {
    const { header, rows } = await readText(content);
    expect(header).toEqual(['a', 'b']);
    expect(rows).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  test('quoted fields hold delimiters, line ends and quotes', async () => {
    const { records } = await readText('a,b\n"x,\r\ny","say ""hi"""\n1,2\n');
    expect(records).toEqual([
      { rowNumber: 1, lineNumber: 2, fields: ['x,\r\ny', 'say "hi"'], problem: null },
      { rowNumber: 2, lineNumber: 4, fields: ['1', '2'], problem: null },
    ]);
  });

  test('an empty field is null, quoted or not, and blanks are kept', async () => {
    const { rows } = await readText('a,b,c\n,"", x \n');
    expect(rows).toEqual([[null, null, ' x ']]);
  });

  test('a quote inside an unquoted field is an ordinary character', async () => {
    expect((await readText('a,b\n5" pipe,x"y"z\n')).rows).toEqual([['5" pipe', 'x"y"z']]);
  });

  test('in a file of one column, a blank line is an empty field', async () => {
    expect((await readText('a\n1\n\n3\n')).rows).toEqual([['1'], [null], ['3']]);
  });

  test('a header alone gives one batch without records', async () => {
    const batches = [];
    for await (const batch of readCsvRecords(await folder.write('h.csv', 'a,b\n'))) {
      batches.push(batch);
    }
    expect(batches).toEqual([{ header: ['a', 'b'], records: [], isPlain: true }]);
  });

  test('.tsv means tabs, and a delimiter can be named', async () => {
    const path = await folder.write('t.tsv', 'a\tb\n1\t2,5\n');
    expect((await read(path)).rows).toEqual([['1', '2,5']]);
    expect((await readText('a;b\n1;2,5\n', { delimiter: ';' })).rows).toEqual([['1', '2,5']]);
  });

  test('batches keep order and size', async () => {
    const rows = Array.from({ length: 10 }, (_, row) => `${row}\n`).join('');
    const path = await folder.write('b.csv', `n\n${rows}`);
    const sizes = [];
    for await (const { records } of readCsvRecords(path, { batchSize: 4 })) {
      sizes.push(records.map(({ rowNumber }) => rowNumber));
    }
    expect(sizes).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
      [9, 10],
    ]);
  });

  test('records, quotes and characters that fall on the edge of a piece stay whole', async () => {
    const row = ['é€😀', 'line\r\nend', 'a "quote"'];
    const line = `${formatCsvRecord(row)}\r\n`;
    for (let shift = 0; shift < 30; shift++) {
      const first = 'x'.repeat(256 * 1024 - 20 - shift);
      const { rows } = await readText(`a,b,c\r\n${formatCsvRecord([first, 'y', 'z'])}\r\n${line}`);
      expect(rows).toEqual([[first, 'y', 'z'], row]);
    }
  });

  test('a reader that stops early leaves nothing open', async () => {
    const path = await folder.write('s.csv', `a\n${'1\n'.repeat(500_000)}`);
    for await (const { records } of readCsvRecords(path)) {
      expect(records[0]?.rowNumber).toBe(1);
      break;
    }
  });
});

describe('records with a problem', () => {
  test('are passed on with their row and line, and do not harm the others', async () => {
    const { records } = await readText('a,b\n1\n1,2\n"x\ny",2,3\n"p"q,2\n5,6\n');
    expect(
      records.map(({ rowNumber, lineNumber, problem }) => [rowNumber, lineNumber, problem]),
    ).toEqual([
      [1, 2, 'has 1 field; expected 2, as the header'],
      [2, 3, null],
      [3, 4, 'has 3 fields; expected 2, as the header'],
      [4, 6, 'field 1 has text after its closing quote'],
      [5, 7, null],
    ]);
  });

  test('an empty field too many is one too many', async () => {
    expect((await readText('a,b\n1,2,\n')).records[0]?.problem).toMatch(/has 3 fields/);
  });
});

describe('files that are refused', () => {
  const latin1 = Uint8Array.of(0x61, 0x0a, 0x62, 0x0a, 0xe9, 0x0a);
  const utf16 = Uint8Array.of(0xff, 0xfe, 0x61, 0x00, 0x0a, 0x00);
  const cutOff = Uint8Array.of(0x61, 0x0a, 0xe2, 0x82);
  test.each([
    ['no bytes', '', 'DATA_FILE_EMPTY', /is empty \(0 bytes\)/],
    ['only a byte order mark', '\uFEFF', 'DATA_FILE_EMPTY', /no header line/],
    ['a NUL byte', 'a,b\n1,x\0y\n', 'DATA_FORMAT_INVALID', /NUL byte near line 2/],
    ['Latin-1', latin1, 'DATA_FORMAT_INVALID', /not UTF-8 near line 3/],
    ['UTF-16', utf16, 'DATA_FORMAT_INVALID', /near line 1; expected text saved as UTF-8/],
    ['half a character last', cutOff, 'DATA_FORMAT_INVALID', /not UTF-8/],
    ['a column without a name', 'a,,c,\n', 'DATA_HEADER_INVALID', /columns 2, 4 have no name/],
    ['a blank first line', '\na,b\n', 'DATA_HEADER_INVALID', /column 1 has no name/],
    ['names twice', 'a,b,a,b,c\n', 'DATA_HEADER_INVALID', /'a', 'b' are there more than .* rename/],
    ['a broken header', '"a"x,b\n', 'DATA_ROW_INVALID', /line 1: field 1 has text after/],
    ['an open quote', 'a,b\n1,2\n3,"4\n5,6\n', 'DATA_ROW_INVALID', /line 3: .* never closed/],
    ['an endless quote', `a\n"${'x\n'.repeat(1_200_000)}`, 'DATA_ROW_INVALID', /never closed/],
    ['an endless line', `a\n${'x'.repeat(2_500_000)}`, 'DATA_ROW_INVALID', /longer than 2000000/],
  ] as const)('%s', async (_, content, code, message) => {
    await expectError(() => readText(content), code, message);
  });

  test('a missing file, a folder and a URL', async () => {
    await expectError(() => read(folder.path('none.csv')), 'DATA_FILE_NOT_FOUND', /does not exist/);
    await expectError(() => read(folder.path('.')), 'DATA_FILE_NOT_READABLE', /is a folder/);
    await expectError(() => read('http://localhost/a.csv'), 'DATA_PATH_NOT_LOCAL', /is a URL/);
  });

  test('one that is larger than allowed', async () => {
    const act = () => readText('a\n1\n', { maxBytes: 3 });
    await expectError(
      act,
      'DATA_LIMIT_EXCEEDED',
      /has 4 bytes; expected at most 3; raise maxBytes/,
    );
  });

  test('options that make no sense', async () => {
    const invalid = 'DATA_OPTION_INVALID';
    await expectError(() => readText('a\n', { delimiter: '"' }), invalid, /delimiter/);
    await expectError(() => readText('a\n', { delimiter: '::' }), invalid, /delimiter/);
    await expectError(() => readText('a\n', { batchSize: 0 }), invalid, /batchSize/);
  });
});

describe('round trip', () => {
  const hostile = fc.constantFrom(
    'a',
    ' ',
    '"',
    ',',
    '\n',
    '\r',
    '\t',
    '\uFEFF',
    ';',
    '€',
    '😀',
    '1',
  );
  const field = fc.oneof(fc.constant(null), fc.string({ unit: hostile, maxLength: 6 }));

  test('what formatCsvRecord writes is what readCsvRecords gives, with any line end', async () => {
    const rows = fc.integer({ min: 1, max: 4 }).chain((width) => {
      return fc.array(fc.array(field, { minLength: width, maxLength: width }), { maxLength: 6 });
    });
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
    const delimiter = fc.constantFrom(',', ';', '\t', ' ');
    await fc.assert(
      fc.asyncProperty(
        rows,
        lineEnd,
        delimiter,
        fc.boolean(),
        async (given, end, comma, closed) => {
          const header = (given[0] ?? ['h']).map((_, index) => `c${index}`);
          const lines = [header, ...given].map((fields) => formatCsvRecord(fields, comma));
          const content = lines.join(end) + (closed ? end : '');
          const { records, rows: found } = await readText(content, { delimiter: comma });
          expect(found).toEqual(given.map((fields) => fields.map((value) => value || null)));
          expect(records.every(({ problem }) => problem === null)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('any text whatever gives records or a user error, never a fault', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: hostile, maxLength: 30 }), async (content) => {
        const outcome = await readText(content).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toHaveProperty('code');
      }),
      { numRuns: 300 },
    );
  });
});
