// The encoder within the graph gives the features that the native one gives.
import { type Column, numberColumn, stringColumn, Table } from '@ridgeline/tabular';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featuresByOnnx } from '../../test/run-onnx.ts';
import { BooleanEncoding } from '../encode/boolean-encoding.ts';
import { CategoricalEncoding } from '../encode/categorical-encoding.ts';
import type { ColumnEncoding } from '../encode/column-encoding.ts';
import { dateParts } from '../encode/date-parts.ts';
import { DatetimeEncoding } from '../encode/datetime-encoding.ts';
import { FittedTableEncoder } from '../encode/fitted-table-encoder.ts';
import { forEachNgram } from '../encode/ngrams.ts';
import { NumericEncoding } from '../encode/numeric-encoding.ts';
import { TableEncoder } from '../encode/table-encoder.ts';
import { TextEncoding } from '../encode/text-encoding.ts';

const missing = Number.NaN;

async function expectSameFeatures(
  encodings: readonly ColumnEncoding[],
  columns: readonly Column[],
) {
  const encoder = new FittedTableEncoder(encodings, []);
  const table = Table.fromColumns(columns);
  const native = encoder.transform(table).columns.map(({ values }) => [...values]);
  expect(await featuresByOnnx(encoder, table)).toEqual(native);
}

function input<Type extends 'double' | 'long' | 'boolean' | 'string' | 'datetime'>(
  name: string,
  type: Type,
  required = false,
) {
  return { name, type, required };
}

describe('numbers', () => {
  it('pass as they are, in every type that they are sent in', async () => {
    await expectSameFeatures(
      [
        new NumericEncoding(input('a', 'double')),
        new NumericEncoding(input('b', 'long')),
        new NumericEncoding(input('c', 'long', true)),
        new BooleanEncoding(input('d', 'boolean')),
        new BooleanEncoding(input('e', 'boolean', true)),
      ],
      [
        numberColumn('a', 'double', Float64Array.of(0.1, missing, 1e300)),
        numberColumn('b', 'long', Float64Array.of(1, missing, -(2 ** 53) + 1)),
        numberColumn('c', 'long', Float64Array.of(2 ** 53 - 1, -1, 0)),
        numberColumn('d', 'boolean', Float64Array.of(1, missing, 0)),
        numberColumn('e', 'boolean', Float64Array.of(1, 0, 1)),
      ],
    );
  });

  it('are categories where they are told to be', async () => {
    const values = Float64Array.of(1, 2.5, missing, -7, 3, 0.1 + 0.2);
    const levels = [2.5, 0.1 + 0.2, -7];
    await expectSameFeatures(
      [
        new CategoricalEncoding(input('a', 'double'), levels, false),
        new CategoricalEncoding(input('b', 'double'), levels, true),
      ],
      [numberColumn('a', 'double', values), numberColumn('b', 'double', values)],
    );
  });
});

// The Node binding of onnxruntime ends a text at its first NUL.
const unicode = fc
  .string({ unit: 'binary', maxLength: 6 })
  .filter((text) => text.isWellFormed() && !text.includes('\0'));
const oddTexts = ['', ' ', 'a', 'A', 'é', '日本', 'a\u0301', '🎉', '\u0001', 'null', 'x y'];
const texts = fc.oneof(unicode, fc.constantFrom(...oddTexts));

describe('categories', () => {
  it('have the same codes, whatever the texts are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(texts, { minLength: 1, maxLength: 12 }),
        fc.array(fc.option(texts), { minLength: 1, maxLength: 30 }),
        fc.boolean(),
        async (levels, others, mergesRare) => {
          const known = levels.filter((level) => level !== '' && !/^(nan|None|<NA>)$/.test(level));
          const values = [...others, ...levels, 'never seen', null];
          await expectSameFeatures(
            [
              new CategoricalEncoding(
                input('a', 'string'),
                known,
                mergesRare || known.length === 0,
              ),
              new NumericEncoding(input('b', 'double')),
            ],
            [
              stringColumn('a', values),
              numberColumn('b', 'double', new Float64Array(values.length)),
            ],
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('times', () => {
  it('have the same parts from year 1 to 9999, also before 1970', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), {
          minLength: 1,
          maxLength: 50,
        }),
        async (times) => {
          const values = Float64Array.of(...times, missing, 0, -1, 951_782_400_000);
          await expectSameFeatures(
            [new DatetimeEncoding(input('when', 'datetime'), dateParts)],
            [numberColumn('when', 'datetime', values)],
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('have those parts alone that the encoder keeps', async () => {
    await expectSameFeatures(
      [new DatetimeEncoding(input('when', 'datetime', true), ['hour', 'month'])],
      [numberColumn('when', 'datetime', Float64Array.of(0, 1e12, 1.7e12))],
    );
  });
});

const word = fc.constantFrom(
  'red',
  'Red',
  'CAR',
  'car',
  'é',
  'É',
  'ß',
  '日本',
  'x',
  '.',
  '-',
  'a\u00a0b',
);
const gap = fc.constantFrom(' ', '  ', '\n', '\t', '\r\n', ' \n ', '\u00a0', '\f', '\v');
const prose = fc.array(fc.tuple(word, gap), { maxLength: 8 }).map((pairs) => pairs.flat().join(''));

describe('texts', () => {
  it.each([[['']], [[null]], [['', ' ', '\n', null]]])('without a word in %j', async (values) => {
    await expectSameFeatures(
      [new TextEncoding(input('a', 'string'), ['car', 'red car'], 4)],
      [stringColumn('a', values)],
    );
  });

  it('have the same n-grams in the same buckets', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(prose, { minLength: 1, maxLength: 6 }),
        fc.array(fc.option(fc.oneof(prose, texts)), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 16 }),
        fc.boolean(),
        async (seen, others, bucketCount, withSeen) => {
          const ngrams = new Set<string>();
          for (const text of seen) forEachNgram(text, (ngram) => ngrams.add(ngram));
          const values = [...(withSeen ? seen : []), ...others];
          await expectSameFeatures(
            [new TextEncoding(input('a', 'string'), [...ngrams], bucketCount)],
            [stringColumn('a', values)],
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

it('a whole table as the encoder sees it', async () => {
  const names = ['ford', 'opel', 'fiat'];
  const rows = Array.from({ length: 60 }, (_, i) => i);
  const table = Table.fromColumns([
    stringColumn(
      'make',
      rows.map((i) => (i % 7 === 0 ? null : names[i % 3])),
    ),
    numberColumn(
      'km',
      'double',
      Float64Array.from(rows, (i) => (i % 5 === 0 ? missing : i * 1.7)),
    ),
    numberColumn(
      'sold',
      'datetime',
      Float64Array.from(rows, (i) => i * 9e9),
    ),
    stringColumn(
      'note',
      rows.map((i) => `a ${names[i % 3]} of ${i} owners\nand ${i % 4} doors`),
    ),
    numberColumn(
      'new',
      'boolean',
      Float64Array.from(rows, (i) => i % 2),
    ),
  ]);
  const encoder = new TableEncoder().fit(table);
  const native = encoder.transform(table).columns.map(({ values }) => [...values]);
  expect(await featuresByOnnx(encoder, table)).toEqual(native);
});
