import { type Column, numberColumn, stringColumn, Table } from '@ridgeline/tabular';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { mixedTable } from '../../test/mixed-table.ts';
import { LearnError } from '../errors.ts';
import type { ColumnPurpose } from './column-purpose.ts';
import { readTableEncoder } from './read-table-encoder.ts';
import { TableEncoder } from './table-encoder.ts';

const many = Array.from({ length: 60 }, (_, i) => i);

function texts(name: string, textOf: (i: number) => string | null, rowCount = 60) {
  return stringColumn(
    name,
    Array.from({ length: rowCount }, (_, i) => textOf(i)),
  );
}

function numbers(
  name: string,
  type: 'long' | 'double' | 'boolean' | 'datetime',
  of: (i: number) => number,
) {
  return numberColumn(name, type, Float64Array.from(many, of));
}

const varying = numbers('v', 'double', (i) => Math.sin(i));

function reportOf(column: Column, purpose?: ColumnPurpose) {
  const purposes = new Map(purpose === undefined ? [] : [[column.name, purpose] as const]);
  const filler = column.type === 'string' ? column.codes.length : column.values.length;
  const other = numberColumn(
    'other',
    'double',
    Float64Array.from({ length: filler }, (_, i) => Math.sin(i)),
  );
  const encoder = new TableEncoder({ purposes }).fit(Table.fromColumns([column, other]));
  const [report] = encoder.report;
  return {
    ...report,
    encoder,
    encoding: encoder.encodings.find(({ input }) => input.name === column.name),
  };
}

describe('the purpose of a column', () => {
  it.each<[string, Parameters<typeof reportOf>[0], ColumnPurpose, RegExp]>([
    ['numbers', varying, 'numeric', /a column of numbers/],
    ['few numbers', numbers('c', 'long', (i) => i % 4), 'numeric', /4 different values/],
    ['a constant', numbers('c', 'long', () => 7), 'ignored', /every value is 7/],
    ['a constant text', texts('c', () => 'x'), 'ignored', /every value is 'x'/],
    ['nothing', numbers('c', 'double', () => Number.NaN), 'ignored', /every value is missing/],
    ['no text', texts('c', () => null), 'ignored', /every value is missing/],
    ['empty texts', texts('c', () => ''), 'ignored', /every value is missing/],
    [
      'a number or nothing',
      numbers('c', 'double', (i) => (i % 2 ? 1 : Number.NaN)),
      'numeric',
      /1 different/,
    ],
    ['a row counter', numbers('c', 'long', (i) => 1 + i), 'ignored', /counts the rows/],
    [
      'a row counter of some rows',
      numbers('c', 'long', (i) => Math.floor(i * 1.5)),
      'ignored',
      /counts the rows/,
    ],
    ['steps of time', numbers('week', 'long', (i) => 1 + i), 'numeric', /a column of numbers/],
    ['years', numbers('c', 'long', (i) => 1950 + i), 'numeric', /a column of numbers/],
    [
      'an id by name',
      numbers('customer_id', 'long', (i) => (i * 7919) % 6007),
      'ignored',
      /by its name/,
    ],
    [
      'the same by another name',
      numbers('size', 'long', (i) => (i * 7919) % 6007),
      'numeric',
      /numbers/,
    ],
    ['an id of text', texts('c', (i) => `k-${i}`), 'ignored', /60 different texts in 60 rows/],
    ['categories', texts('c', (i) => 'abc'[i % 3]), 'categorical', /3 categories/],
    [
      'rare categories',
      texts('c', (i) => (i < 2 ? `r${i}` : 'abc'[i % 3])),
      'categorical',
      /2 rarest/,
    ],
    ['free text', texts('c', (i) => `the ${i} quick word${i % 7} jumps`), 'text', /5.0 words/],
    ['blobs', texts('c', (i) => `${i}`.padEnd(5000, 'x')), 'ignored', /5000 characters/],
    ['booleans', numbers('c', 'boolean', (i) => i % 2), 'boolean', /true or false/],
    ['times', numbers('c', 'datetime', (i) => i * 1e9), 'datetime', /times/],
    ['numbers as text', texts('c', (i) => `${i / 4}`), 'numeric', /texts of numbers/],
    [
      'numbers and a mark',
      texts('c', (i) => (i % 9 ? `${i}` : '?')),
      'numeric',
      /'\?' counts as missing/,
    ],
    [
      'numbers and words',
      texts('c', (i) => (i % 2 ? `${i % 4}` : 'tall')),
      'categorical',
      /3 categories/,
    ],
    ['codes with zeros', texts('c', (i) => `00${i % 5}`), 'categorical', /5 categories/],
    [
      'digits beyond a double',
      texts('c', (i) => `9007199254740993${i % 3}`),
      'categorical',
      /3 categories/,
    ],
  ])('of %s is judged by its values', (_, column, purpose, reason) => {
    const report = reportOf(column);
    expect(report.purpose).toBe(purpose);
    expect(report.reason).toMatch(reason);
  });

  it('can be given by the user', () => {
    expect(
      reportOf(
        numbers('c', 'long', (i) => i % 4),
        'categorical',
      ).purpose,
    ).toBe('categorical');
    expect(
      reportOf(
        texts('c', (i) => `k-${i}`),
        'text',
      ).purpose,
    ).toBe('text');
    expect(reportOf(varying, 'ignored')).toMatchObject({ purpose: 'ignored', reason: 'as asked' });
    expect(
      reportOf(
        numbers('c', 'long', () => 7),
        'numeric',
      ).encoding,
    ).toBeDefined();
  });

  it('falls back on a row counter where there is nothing else', () => {
    const table = Table.fromColumns([numbers('n', 'long', (i) => i), texts('k', (i) => `k${i}`)]);
    const encoder = new TableEncoder().fit(table);
    expect(encoder.features.map(({ name }) => name)).toEqual(['n']);
    expect(encoder.report[0].reason).toContain('no other column');
  });
});

describe('dates as text', () => {
  const day = (i: number) => String((i % 28) + 1).padStart(2, '0');

  it.each<[string, (i: number) => string, RegExp]>([
    ['ISO', (i) => `2020-03-${day(i)}`, /texts of dates \(year-month-day\)/],
    ['times', (i) => `2020-03-${day(i)} 1${i % 10}:30`, /year-month-day/],
    ['dots', (i) => `${day(i)}.03.2020`, /day-month-year/],
    ['slashes', (i) => `3/${day(i)}/2020`, /month-day-year/],
    ['names', (i) => `${day(i)} Mar 2020`, /day-name-year/],
    ['names first', (i) => `March ${day(i)}, 2020`, /name-day-year/],
    [
      'three formats',
      (i) => [`2020-03-${day(i)}`, `${day(i)}.03.2020`, `March ${day(i)}, 2020`][i % 3],
      /3 formats/,
    ],
    [
      'only ambiguous',
      (i) => `0${(i % 9) + 1}/03/2020`,
      /month-day-year is assumed: set dateOrder/,
    ],
  ])('in %s are dates', (_, textOf, reason) => {
    const report = reportOf(texts('d', textOf));
    expect(report.purpose).toBe('datetime');
    expect(report.reason).toMatch(reason);
    expect(report.encoding?.input.type).toBe('datetime');
  });

  it('in formats that contradict are no dates, and the report says so', () => {
    const report = reportOf(
      texts('d', (i) => (i % 2 ? `${13 + (i % 5)}/01/2020` : `01/${13 + (i % 5)}/2020`)),
    );
    expect(report.purpose).toBe('categorical');
    expect(report.reason).toMatch(
      /some dates can only be day-month-year and others only month-day-year/,
    );
  });

  it('are read in the order that the user knows', () => {
    const table = Table.fromColumns([texts('d', (i) => `0${(i % 9) + 1}/03/2020`)]);
    const parts = (dateOrder: 'day-first' | 'month-first') =>
      new TableEncoder({ dateOrder }).fit(table).features.map(({ name }) => name);
    expect(parts('day-first')).toContain('d day');
    expect(parts('month-first')).toContain('d month');
    expect(parts('month-first')).not.toContain('d day');
  });

  it('that do not exist are none', () => {
    expect(reportOf(texts('d', (i) => `2020-02-${30 + (i % 2)}`)).purpose).toBe('categorical');
  });
});

describe('transform', () => {
  it('keeps numbers in their own arrays', () => {
    const encoder = new TableEncoder().fit(Table.fromColumns([varying]));
    const made = encoder.transform(Table.fromColumns([varying]));
    expect(made.columns[0].values).toBe(varying.values);
  });

  it('gives codes by frequency, the rare and the unseen ones the last, and missing NaN', () => {
    const levels = ['b', 'b', 'b', 'a', 'a', 'rare', null, ''];
    const table = Table.fromColumns([stringColumn('c', levels)]);
    const encoder = new TableEncoder({ purposes: new Map([['c', 'categorical']]) }).fit(table);
    expect([...encoder.transform(table).columns[0].values]).toEqual([
      0,
      0,
      0,
      1,
      1,
      2,
      Number.NaN,
      Number.NaN,
    ]);
    expect([...encoder.encodeRow(['new'])]).toEqual([2]);
    expect(encoder.features).toEqual([
      { name: 'c', kind: 'categorical', levelCount: 3, source: 'c' },
    ]);
  });

  it('takes a level never seen for missing where no levels were merged', () => {
    const table = Table.fromColumns([stringColumn('c', ['a', 'a', 'b', 'b'])]);
    const encoder = new TableEncoder().fit(table);
    expect([...encoder.encodeRow(['new'])]).toEqual([Number.NaN]);
    const other = Table.fromColumns([stringColumn('c', ['b', 'new', null])]);
    expect([...encoder.transform(other).columns[0].values]).toEqual([1, Number.NaN, Number.NaN]);
  });

  it('counts the parts of dates that vary', () => {
    const dates = ['2020-02-29T23:59:59Z', '2021-12-31T00:00:00Z', '1969-12-31T05:00:00Z'];
    const encoder = new TableEncoder().fit(Table.fromColumns([stringColumn('d', dates)]));
    const made = encoder.transform(Table.fromColumns([stringColumn('d', dates)]));
    const rows = dates.map((_, i) => made.columns.map(({ values }) => values[i]));
    expect(encoder.features.map(({ name }) => name)).toEqual(
      ['epochDay', 'year', 'month', 'day', 'weekday', 'hour'].map((part) => `d ${part}`),
    );
    expect(rows).toEqual([
      [18321, 2020, 2, 29, 6, 23],
      [18992, 2021, 12, 31, 5, 0],
      [-1, 1969, 12, 31, 3, 5],
    ]);
  });

  it('agrees with Date on every day', () => {
    const encoder = new TableEncoder().fit(
      Table.fromColumns([stringColumn('d', ['1600-01-01', '2400-12-31T05:00'])]),
    );
    const time = fc.date({
      min: new Date('1000-01-01'),
      max: new Date('3000-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(time, (date) => {
        const weekday = date.getUTCDay() === 0 ? 7 : date.getUTCDay();
        const expected = [
          ...[
            Math.floor(date.getTime() / 86_400_000),
            date.getUTCFullYear(),
            date.getUTCMonth() + 1,
          ],
          ...[date.getUTCDate(), weekday, date.getUTCHours()],
        ];
        expect([...encoder.encodeRow([date.toISOString()])]).toEqual(expected);
        expect([...encoder.encodeRow([date.getTime()])]).toEqual(expected);
      }),
    );
  });

  it('counts words and pairs of words, in any case of ASCII letters, and none that are new', () => {
    const table = Table.fromColumns([texts('t', (i) => `Good wine number ${i}\nfrom Bern`)]);
    const encoder = new TableEncoder({ textBuckets: 4096 }).fit(table);
    const total = (text: string | null) =>
      encoder.encodeRow([text]).reduce((sum, count) => sum + count, 0);
    expect(total('GOOD wine')).toBe(3);
    expect(total('wine good')).toBe(2);
    expect(total('number from Bern')).toBe(4);
    expect(total('7\nfrom')).toBe(2);
    expect(total('bad beer')).toBe(0);
    expect(total(null)).toBe(0);
    expect(total('')).toBe(0);
  });

  it('takes a column of another type where it means the same', () => {
    const encoder = new TableEncoder().fit(
      Table.fromColumns([
        varying,
        numbers('b', 'boolean', (i) => i % 2),
        texts('c', (i) => `${'xyz'[i % 3]}`),
      ]),
    );
    const other = Table.fromColumns([
      stringColumn('v', [' 1.5', '', '2e3']),
      stringColumn('b', ['TRUE', 'false', '1']),
      stringColumn('c', ['x', 'y', 'z']),
    ]);
    expect(encoder.transform(other).columns.map(({ values }) => [...values])).toEqual([
      [1.5, Number.NaN, 2000],
      [1, 0, 1],
      [0, 1, 2],
    ]);
    const numbersForText = Table.fromColumns([
      numberColumn('v', 'long', Float64Array.of(1)),
      numberColumn('b', 'long', Float64Array.of(0)),
      numberColumn('c', 'long', Float64Array.of(5)),
    ]);
    expect(encoder.transform(numbersForText).columns[2].values).toEqual(
      Float64Array.of(Number.NaN),
    );
  });
});

describe('bad input', () => {
  const encoder = new TableEncoder().fit(
    Table.fromColumns([
      varying,
      numbers('b', 'boolean', (i) => i % 2),
      numbers('w', 'datetime', (i) => i * 1e9),
    ]),
  );
  const good = [
    varying,
    numbers('b', 'boolean', (i) => i % 2),
    numbers('w', 'datetime', (i) => i * 1e9),
  ];
  const withColumn = (column: Column) =>
    Table.fromColumns(good.map((one) => (one.name === column.name ? column : one)));

  it.each<[string, () => unknown, string, RegExp]>([
    [
      'a text for a number',
      () => encoder.transform(withColumn(texts('v', (i) => (i === 4 ? 'tall' : '1')))),
      'DATA_TYPE_MISMATCH',
      /column 'v', row 4 \(from 0\) holds 'tall'; expected a number/,
    ],
    [
      'a time for a number',
      () => encoder.transform(withColumn(numbers('v', 'datetime', (i) => i))),
      'DATA_TYPE_MISMATCH',
      /a time/,
    ],
    [
      'two for true',
      () => encoder.transform(withColumn(numbers('b', 'long', (i) => (i === 3 ? 2 : 0)))),
      'DATA_TYPE_MISMATCH',
      /column 'b', row 3 .* holds 2; expected true or false/,
    ],
    [
      'a word for a date',
      () => encoder.transform(withColumn(texts('w', () => 'soon'))),
      'DATA_TYPE_MISMATCH',
      /column 'w', row 0 .*'soon'; expected a date/,
    ],
    [
      'true for a date',
      () => encoder.transform(withColumn(numbers('w', 'boolean', () => 1))),
      'DATA_TYPE_MISMATCH',
      /true or false/,
    ],
    [
      'an infinity',
      () => encoder.transform(withColumn(numbers('v', 'double', (i) => (i === 9 ? Infinity : i)))),
      'DATA_NOT_FINITE',
      /column 'v', row 9 \(from 0\) is Infinity/,
    ],
    [
      'an infinity in training',
      () =>
        new TableEncoder().fit(
          withColumn(numbers('v', 'double', (i) => (i === 9 ? -Infinity : i))),
        ),
      'DATA_NOT_FINITE',
      /column 'v', row 9 \(from 0\) is -Infinity/,
    ],
    [
      'an infinite cell',
      () => encoder.encodeRow([Infinity, true, 0]),
      'DATA_NOT_FINITE',
      /column 'v' is Infinity/,
    ],
    [
      'a wrong cell',
      () => encoder.encodeRow([1, 'maybe', 0]),
      'DATA_TYPE_MISMATCH',
      /column 'b' holds 'maybe'/,
    ],
    [
      'a wrong date',
      () => encoder.encodeRow([1, true, true]),
      'DATA_TYPE_MISMATCH',
      /column 'w' holds true/,
    ],
    [
      'an object',
      () => encoder.encodeRow([JSON.parse('{"toString":1}'), true, 0]),
      'DATA_TYPE_MISMATCH',
      /'v' holds an object/,
    ],
    [
      'an object as a date',
      () => encoder.encodeRow([1, true, JSON.parse('[]')]),
      'DATA_TYPE_MISMATCH',
      /'w' holds an object/,
    ],
    [
      'cells too few',
      () => encoder.encodeRow([1]),
      'SHAPE_MISMATCH',
      /has 1 cells; expected 3: v, b, w/,
    ],
    ['no rows', () => new TableEncoder().fit(Table.fromColumns([])), 'DATA_EMPTY', /no rows/],
    [
      'one row',
      () => new TableEncoder().fit(Table.fromColumns([stringColumn('c', ['x'])])),
      'DATA_NO_FEATURES',
      /'c': every value is 'x'/,
    ],
    [
      'only the target',
      () => new TableEncoder().fit(Table.fromColumns([varying]), { target: 'v' }),
      'DATA_NO_FEATURES',
      /none beside the target/,
    ],
    [
      'a number told to be text',
      () => reportOf(varying, 'text'),
      'DATA_TYPE_MISMATCH',
      /column 'v'/,
    ],
    [
      'words told to be numbers',
      () =>
        reportOf(
          texts('c', (i) => 'abc'[i % 3]),
          'numeric',
        ),
      'DATA_TYPE_MISMATCH',
      /column 'c', row 0 .*'a'/,
    ],
    [
      'words told to be dates',
      () =>
        reportOf(
          texts('c', (i) => 'abc'[i % 3]),
          'datetime',
        ),
      'DATA_TYPE_MISMATCH',
      /column 'c', row 0/,
    ],
    [
      'a purpose that is none',
      () => new TableEncoder({ purposes: new Map([['v', 'number' as ColumnPurpose]]) }),
      'PARAMETER_INVALID',
      /'v' is 'number'; expected one of numeric/,
    ],
    [
      'an option that is none',
      () => new TableEncoder({ textBuckets: 0 }),
      'PARAMETER_INVALID',
      /textBuckets/,
    ],
  ])('%s is refused by column and row', (_, call, code, message) => {
    const error = errorOf(call);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it('names a column that is not there, unless it could be missing', () => {
    expect(() => encoder.transform(Table.fromColumns([varying]))).toThrow(
      /column 'b' does not exist/,
    );
    const holes = numbers('h', 'double', (i) => (i % 5 ? i : Number.NaN));
    const lenient = new TableEncoder().fit(Table.fromColumns([varying, holes]));
    const made = lenient.transform(Table.fromColumns([varying]));
    expect(made.columns[1].values.every(Number.isNaN)).toBe(true);
    const unknown = new TableEncoder({ purposes: new Map([['vv', 'numeric']]) });
    expect(() => unknown.fit(Table.fromColumns([varying]))).toThrow(/did you mean 'v'/);
  });

  it('takes 10,000 categories and keeps those with rows enough', () => {
    const rowCount = 15_000;
    const column = texts('c', (i) => `level ${i % 10_000}`, rowCount);
    const encoder = new TableEncoder().fit(Table.fromColumns([column]));
    expect(encoder.features[0].levelCount).toBe(5001);
    expect(encoder.report[0].reason).toContain('the 5000 rarest');
  });
});

describe('the fast path of one row', () => {
  it('gives the bits of the table, whatever the columns hold', () => {
    const table = mixedTable(60);
    const encoder = new TableEncoder({ textBuckets: 8 }).fit(table);
    const made = encoder.transform(table);
    const rows = table.toRows();
    for (const [i, row] of rows.entries()) {
      const cells = encoder.inputs.map(({ name }) => row[name]);
      expect([...encoder.encodeRow(cells)]).toEqual(made.columns.map(({ values }) => values[i]));
    }
  });
});

describe('the native format', () => {
  const encoder = new TableEncoder({ textBuckets: 4 }).fit(mixedTable());
  const json = () => JSON.parse(JSON.stringify(encoder));

  it('comes back bit for bit', () => {
    const read = readTableEncoder(json());
    expect(read.transform(mixedTable(90)).columns).toEqual(
      encoder.transform(mixedTable(90)).columns,
    );
    expect(JSON.stringify(read)).toBe(JSON.stringify(encoder));
    expect(read.report).toEqual(encoder.report);
  });

  it.each<[string, (one: ReturnType<typeof json>) => void, string]>([
    ['no encodings', (one) => (one.encodings = []), 'encoder.encodings has 0 items'],
    ['an input twice', (one) => one.encodings.push(one.encodings[0]), 'an input twice'],
    ['a kind that is none', (one) => (one.encodings[0].kind = 'magic'), 'kind is not one of'],
    ['a level twice', (one) => (one.encodings[0].levels = ['a', 'a']), 'a level twice'],
    ['a level that is no text', (one) => (one.encodings[0].levels = [1]), 'is not a text'],
    ['an input without name', (one) => (one.encodings[0].input.name = ''), 'is empty'],
    ['a part that is none', (one) => (one.encodings[3].parts = ['era']), 'parts at index 0'],
    ['too many buckets', (one) => (one.encodings[4].bucketCount = 1e9), 'bucketCount'],
    ['a report of nothing', (one) => (one.report = [null]), 'report at index 0'],
  ])('is refused with %s', (_, change, message) => {
    const changed = json();
    change(changed);
    const error = errorOf(() => readTableEncoder(changed));
    expect(error.code).toBe('MODEL_INVALID');
    expect(error.message).toContain(message);
  });

  it('is read or refused with a code, wherever it is damaged', () => {
    const places = [['encodings'], ['report'], ...[0, 1, 2, 3, 4, 5].map((i) => ['encodings', i])];
    const keys = [
      'input',
      'levels',
      'kind',
      'parts',
      'formats',
      'ngrams',
      'mergesRare',
      'missingTexts',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.constantFrom(...keys),
        fc.jsonValue(),
        (place, key, value) => {
          const changed = json();
          const target = place.reduce((at, step) => at?.[step], changed);
          if (target !== undefined) target[key] = value;
          try {
            readTableEncoder(changed);
          } catch (error) {
            expect(error).toBeInstanceOf(LearnError);
          }
        },
      ),
    );
  });
});
