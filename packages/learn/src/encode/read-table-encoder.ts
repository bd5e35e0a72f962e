// Reads what FittedTableEncoder's `toJSON` wrote, taking nothing on trust.

import {
  bool,
  finite,
  integer,
  invalidField,
  list,
  oneOf,
  record,
  text,
} from '../model-json/read-fields.ts';
import { BooleanEncoding } from './boolean-encoding.ts';
import { CategoricalEncoding, type Levels } from './categorical-encoding.ts';
import type { ColumnEncoding } from './column-encoding.ts';
import { type ColumnReport, columnPurposes } from './column-purpose.ts';
import { type ColumnType, columnTypes } from './column-types.ts';
import { dateFormats } from './date-formats.ts';
import { dateParts } from './date-parts.ts';
import { DatetimeEncoding } from './datetime-encoding.ts';
import { FittedTableEncoder } from './fitted-table-encoder.ts';
import type { InputColumn } from './input-column.ts';
import { NumericEncoding } from './numeric-encoding.ts';
import { TextEncoding } from './text-encoding.ts';

const maxColumns = 100_000;
const maxFeatures = 1_000_000;
const kinds = ['numeric', 'boolean', 'categorical', 'datetime', 'text'] as const;

/** @throws LearnError MODEL_INVALID naming the field that is wrong. */
export function readTableEncoder(json: unknown, what = 'encoder'): FittedTableEncoder {
  const fields = record(json, what);
  const limits = { minLength: 1, maxLength: maxColumns };
  let featureCount = 0;
  const readCounted = (value: unknown, name: string) => {
    const encoding = readEncoding(value, name);
    featureCount += encoding.features.length;
    if (featureCount > maxFeatures)
      throw invalidField(`${what} makes more than ${maxFeatures} features`);
    return encoding;
  };
  const encodings = list(fields.encodings, `${what}.encodings`, readCounted, limits);
  const report = list(fields.report, `${what}.report`, readReport, { maxLength: maxColumns });
  const names = encodings.map(({ input }) => input.name);
  if (new Set(names).size !== names.length) throw invalidField(`${what} has an input twice`);
  return new FittedTableEncoder(encodings, report);
}

function readEncoding(value: unknown, what: string): ColumnEncoding {
  const fields = record(value, what);
  const input = readInput(fields.input, `${what}.input`);
  switch (oneOf(fields.kind, `${what}.kind`, kinds)) {
    case 'numeric':
      return readNumeric(fields, what, input);
    case 'boolean':
      return new BooleanEncoding(input);
    case 'categorical':
      return readCategorical(fields, what, input);
    case 'datetime':
      return readDatetime(fields, what, input);
    case 'text':
      return readText(fields, what, input);
  }
}

type Fields = Readonly<Record<string, unknown>>;

function readNumeric(fields: Fields, what: string, input: InputColumn): NumericEncoding {
  const limits = { maxLength: 10_000 };
  const texts = list(fields.missingTexts, `${what}.missingTexts`, text, limits);
  return new NumericEncoding(input, new Set(texts));
}

function readCategorical(fields: Fields, what: string, input: InputColumn): CategoricalEncoding {
  const mergesRare = bool(fields.mergesRare, `${what}.mergesRare`);
  const limits = { minLength: mergesRare ? 0 : 1, maxLength: 65_534 };
  const name = `${what}.levels`;
  const levels: Levels =
    input.type === 'string'
      ? list(fields.levels, name, text, limits)
      : list(fields.levels, name, finite, limits);
  if (new Set<string | number>(levels).size !== levels.length) {
    throw invalidField(`${name} has a level twice`);
  }
  return new CategoricalEncoding(input, levels, mergesRare);
}

function readDatetime(fields: Fields, what: string, input: InputColumn): DatetimeEncoding {
  const parts = list(fields.parts, `${what}.parts`, (part, name) => oneOf(part, name, dateParts), {
    minLength: 1,
    maxLength: dateParts.length,
  });
  const formats = list(
    fields.formats,
    `${what}.formats`,
    (format, name) => oneOf(format, name, dateFormats),
    { minLength: 1, maxLength: dateFormats.length },
  );
  return new DatetimeEncoding(input, parts, formats);
}

function readText(fields: Fields, what: string, input: InputColumn): TextEncoding {
  const ngrams = list(fields.ngrams, `${what}.ngrams`, text, { minLength: 1, maxLength: 200_000 });
  if (new Set(ngrams).size !== ngrams.length) throw invalidField(`${what}.ngrams has one twice`);
  const bucketCount = integer(fields.bucketCount, `${what}.bucketCount`, { min: 1, max: 4096 });
  return new TextEncoding(input, ngrams, bucketCount);
}

function readInput(value: unknown, what: string): InputColumn {
  const fields = record(value, what);
  return {
    name: nonEmpty(fields.name, `${what}.name`),
    type: readColumnType(fields.type, `${what}.type`),
    required: bool(fields.required, `${what}.required`),
  };
}

function nonEmpty(value: unknown, what: string): string {
  const read = text(value, what);
  if (read === '') throw invalidField(`${what} is empty`);
  return read;
}

export function readColumnType(value: unknown, what: string): ColumnType {
  return oneOf(value, what, columnTypes);
}

function readReport(value: unknown, what: string): ColumnReport {
  const fields = record(value, what);
  return {
    column: text(fields.column, `${what}.column`),
    type: readColumnType(fields.type, `${what}.type`),
    purpose: oneOf(fields.purpose, `${what}.purpose`, columnPurposes),
    reason: text(fields.reason, `${what}.reason`),
    missingCount: integer(fields.missingCount, `${what}.missingCount`),
    featureCount: integer(fields.featureCount, `${what}.featureCount`),
  };
}
