import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMlTable } from './parse-ml-table.ts';

const parse = (text: string) => parseMlTable(text, { fileName: 'MLTable' });

describe('an MLTable file', () => {
  test('names files, folders and patterns, and how they are read', () => {
    const text = `
$schema: https://azuremlschemas.azureedge.net/latest/MLTable.schema.json
type: mltable
paths:
  - file: ./train.csv
  - folder: ./more/
  - pattern: ./parts/*.csv
  - folder: azureml://datastores/workspaceblobstore/paths/data/
transformations:
  - read_delimited:
      delimiter: ';'
      encoding: ascii
      header: all_files_same_headers
`;
    expect(parse(text)).toEqual({
      mlTable: {
        paths: [
          { kind: 'file', path: 'train.csv' },
          { kind: 'folder', path: 'more' },
          { kind: 'pattern', path: 'parts/*.csv' },
          { kind: 'folder', path: 'azureml://datastores/workspaceblobstore/paths/data/' },
        ],
        reader: { format: 'csv', delimiter: ';' },
      },
      diagnostics: [],
    });
  });

  test.each([
    ['read_delimited', { format: 'csv', delimiter: ',' }],
    ['read_delimited: {delimiter: tab}', { format: 'csv', delimiter: '\t' }],
    ['read_parquet', { format: 'parquet' }],
    ['read_parquet:', { format: 'parquet' }],
    ['read_json_lines: {encoding: utf8, invalid_lines: error}', { format: 'jsonl' }],
  ])('%s', (transformation, reader) => {
    const { mlTable } = parse(`paths: [{file: a}]\ntransformations:\n  - ${transformation}\n`);
    expect(mlTable?.reader).toEqual(reader);
  });

  test('may only list files', () => {
    expect(parse('paths: [{folder: .}]').mlTable).toEqual({
      paths: [{ kind: 'folder', path: '' }],
      reader: null,
    });
  });
});

describe('every mistake is told at once, with its place', () => {
  test('of paths', () => {
    const text = `
path: x
paths:
  - file: ../secret.csv
  - file: /etc/passwd
  - pattern: https://example.com/*.csv
  - files: a.csv
  - file: 5
`;
    const found = parse(text).diagnostics.map(({ line, code }) => `${line} ${code}`);
    expect(found).toEqual([
      '2 KEY_UNKNOWN',
      '4 PATH_LEAVES_FOLDER',
      '5 PATH_LEAVES_FOLDER',
      '6 FEATURE_NOT_SUPPORTED',
      '7 VALUE_NOT_ALLOWED',
      '8 VALUE_WRONG_TYPE',
    ]);
  });

  test.each([
    ['- take: 5', 'FEATURE_NOT_SUPPORTED'],
    ['- read_delimted', 'FEATURE_NOT_SUPPORTED'],
    ['- constructor', 'FEATURE_NOT_SUPPORTED'],
    ['- read_delimited: {header: no_header}', 'VALUE_NOT_ALLOWED'],
    ['- read_delimited: {delimiter: ab}', 'VALUE_NOT_ALLOWED'],
    ['- read_delimited: {delimeter: ","}', 'KEY_UNKNOWN'],
    ['- read_parquet: {include_path_column: true}', 'VALUE_NOT_ALLOWED'],
    ['- read_parquet\n  - read_parquet', 'FEATURE_NOT_SUPPORTED'],
    ['{read_parquet: 1}', 'VALUE_WRONG_TYPE'],
  ])('of the transformation %s', (transformation, code) => {
    const { mlTable, diagnostics } = parse(
      `paths: [{file: a}]\ntransformations:\n  ${transformation}\n`,
    );
    expect(mlTable).toBeNull();
    expect(diagnostics).toMatchObject([{ code }]);
  });

  test.each([
    ['- a', 'VALUE_WRONG_TYPE'],
    ['type: mltable', 'KEY_MISSING'],
    ['paths: []', 'VALUE_WRONG_TYPE'],
    ['paths: a.csv', 'VALUE_WRONG_TYPE'],
  ])('of the text %j', (text, code) => {
    expect(parse(text).diagnostics).toMatchObject([{ code, line: 1 }]);
  });

  test('of any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { mlTable, diagnostics } = parse(text);
        expect(mlTable === null).toBe(diagnostics.some(({ severity }) => severity === 'error'));
      }),
    );
  });
});
