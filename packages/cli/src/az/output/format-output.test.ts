import { describe, expect, test } from 'vitest';
import { formatOutput, outputFormat } from './format-output.ts';
import { queried } from './query.ts';

const models = [
  { name: 'b', version: 2, tags: { x: '1' }, none: null, list: [1, 2] },
  { name: 'a', version: 1, tags: {}, none: null, list: [] },
];

describe('as tabs', () => {
  test.each<readonly [string, unknown, string]>([
    ['a text', 'id', 'id\n'],
    ['a number', 3, '3\n'],
    ['a truth', true, 'true\n'],
    ['texts, one a line', ['a', 'b'], 'a\nb\n'],
    [
      'lists',
      [
        ['a', 1],
        ['b', null],
      ],
      'a\t1\nb\t\n',
    ],
    ['objects by the order of their names', models, '2\tb\t\t\t2\n0\ta\t\t\t1\n'],
    ['an empty list', [], ''],
  ])('%s', (_, value, text) => {
    expect(formatOutput(value, 'tsv')).toBe(text);
  });
});

test('as JSON, as a table, and not at all', () => {
  expect(JSON.parse(formatOutput(models, 'json'))).toEqual(models);
  const [headings, rule, first] = formatOutput(models, 'table').split('\n');
  expect(headings).toBe('Name  Version');
  expect(rule).toBe('----  -------');
  expect(first).toBe('b     2');
  expect(formatOutput(['x'], 'table')).toBe('Result\n------\nx\n');
  expect(formatOutput(models, 'none')).toBe('');
});

test.each(['json', 'tsv', 'table'] as const)('nothing is printed of nothing, as %s', (format) => {
  expect(formatOutput(null, format)).toBe('');
  expect(formatOutput(undefined, format)).toBe('');
});

test('a format is taken in any case, and an unknown one refused', () => {
  expect(outputFormat('TSV')).toBe('tsv');
  expect(outputFormat(undefined)).toBe('json');
  expect(() => outputFormat('yaml')).toThrow('--output takes json, jsonc, tsv, table, none here');
});

describe('a query', () => {
  test.each<readonly [string, unknown]>([
    ['[0].name', 'b'],
    ['[5]', null],
    ['[?tags.x==`1`].version', []],
    ["[?tags.x=='1'].version | [0]", 2],
    ['sort_by(@, &version)[].name', ['a', 'b']],
    ['[].{n: name}', [{ n: 'b' }, { n: 'a' }]],
  ])('%s', async (query, answer) => {
    expect(await queried(models, query)).toEqual(answer);
  });

  test.each(['[?', 'nope(@)', 'length(`1`)', ''])('%j is a mistake of the call', async (query) => {
    await expect(queried(models, query)).rejects.toMatchObject({ code: 'AZ_USAGE', exitCode: 2 });
  });
});
