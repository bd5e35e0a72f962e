import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RidgelineError } from '../errors.ts';
import { comparators } from './condition.ts';
import { parseFilter } from './filter-parser.ts';
import type { SearchSpace } from './search-space.ts';

const space: SearchSpace = {
  noun: 'runs',
  entities: ['metric', 'param', 'tag'],
  attributes: new Map([
    ['status', { column: 'status', type: 'text' }],
    ['run_name', { column: 'name', type: 'text' }],
    ['start_time', { column: 'start_time', type: 'number' }],
  ]),
};

const tagsOnly: SearchSpace = { noun: 'models', entities: ['tag'], attributes: new Map() };

function problem(filter: string, where: SearchSpace = space): string {
  try {
    parseFilter(filter, where);
  } catch (error) {
    if (error instanceof RidgelineError) return `${error.code} ${error.message}`;
    throw error;
  }
  return 'no problem';
}

function valueIn(filter: string): unknown {
  const [condition] = parseFilter(filter, space);
  return condition !== undefined && 'value' in condition ? condition.value : undefined;
}

describe('what a filter means', () => {
  test('each comparison has a field, a comparator and a value of the type of the field', () => {
    expect(parseFilter("metrics.rmse > 0.5 and params.alpha = '0.1'", space)).toMatchObject([
      { field: { entity: 'metric', key: 'rmse', type: 'number' }, comparator: '>', value: 0.5 },
      { field: { entity: 'param', key: 'alpha', type: 'text' }, comparator: '=', value: '0.1' },
    ]);
  });

  test.each([undefined, '', '   '])('%j matches everything', (filter) => {
    expect(parseFilter(filter, space)).toEqual([]);
  });

  test.each([
    ['metric', 'metric'],
    ['metrics', 'metric'],
  ])('%s.x is the metric x', (word, entity) => {
    expect(parseFilter(`${word}.x = 1`, space)).toMatchObject([{ field: { entity, key: 'x' } }]);
  });

  test.each(['param', 'params', 'parameter', 'parameters'])('%s.x is the param x', (word) => {
    const [condition] = parseFilter(`${word}.x = '1'`, space);
    expect(condition?.field).toMatchObject({ entity: 'param', key: 'x', type: 'text' });
  });

  test.each(['attribute.', 'attributes.', 'attr.', 'run.', ''])(
    "'%srun_name' is the attribute, under the name of its column",
    (prefix) => {
      const [condition] = parseFilter(`${prefix}run_name = 'a'`, space);
      expect(condition?.field).toMatchObject({ entity: 'attribute', key: 'name', type: 'text' });
    },
  );

  test.each([
    ['tags.mlflow.parentRunId', 'mlflow.parentRunId'],
    ['tags.`my key`', 'my key'],
    ['tags."my key"', 'my key'],
    ['tags.`a``b`', 'a`b'],
    ['tags."a/b-c:d"', 'a/b-c:d'],
    ['tags.ключ', 'ключ'],
    ['tags.1st', '1st'],
  ])('the key of %s is %s', (written, key) => {
    const [condition] = parseFilter(`${written} = 'x'`, space);
    expect(condition?.field.key).toBe(key);
  });

  test.each([
    [`tags.x = 'it''s'`, "it's"],
    [`tags.x = "it's"`, "it's"],
    [`tags.x = ''`, ''],
    [`tags.x = 'a and b'`, 'a and b'],
    [`tags.x = '日本 🏔'`, '日本 🏔'],
  ])('the value of %s is %j', (filter, value) => {
    expect(valueIn(filter)).toBe(value);
  });

  test.each([
    ['1', 1],
    ['-1.5', -1.5],
    ['.5', 0.5],
    ['1e-3', 0.001],
    ['+2E2', 200],
  ])('%s is the number %d', (written, value) => {
    expect(valueIn(`metrics.x < ${written}`)).toBe(value);
  });

  test('words of the language are read in any case, and without spaces where none is needed', () => {
    const conditions = parseFilter("tags.x like 'a%' AND metrics.y>=1 aNd tags.z ILIKE 'b'", space);
    expect(conditions.map((condition) => condition.comparator)).toEqual(['LIKE', '>=', 'ILIKE']);
  });
});

describe('what is wrong with a filter', () => {
  test.each([
    ['metrics.x >', 'at character 12: expected a number to compare metrics.x with, found the end'],
    ["metrics.x > 'a'", "character 13: expected a number to compare metrics.x with, found 'a'"],
    ["metrics.x LIKE 'a'", 'metrics.x is a number and can be compared by =, !=, <, <=, >, >=, not'],
    ['tags.x = 5', 'expected a text in quotes to compare tags.x with, found 5'],
    ["tags.x > 'a'", 'tags.x is a text and can be compared by =, !=, LIKE, ILIKE, not by >'],
    ["tags.x ~ 'a'", "found '~'"],
    ["tags.x foo 'a'", 'character 8: expected =, !=, LIKE, ILIKE, found foo'],
    ["tags.x = 'a", "character 10: the quote ' is never closed"],
    [
      "tags.x = 'a' or tags.y = 'b'",
      "character 14: expected 'and' or the end of the filter, found or",
    ],
    ["tags.x = 'a' and", 'expected a name such as metrics.rmse, found the end'],
    ["(tags.x = 'a')", 'expected a name such as metrics.rmse, found ('],
    ["'tags.x' = 'a'", "expected a name such as metrics.rmse, found 'tags.x'"],
    ["tags. = 'a'", 'expected a name'],
    ["colour.x = 'a'", "'colour' is nothing that runs have; expected one of metrics, params, tags"],
    [
      "colour = 'a'",
      "runs have no attribute 'colour'; expected one of status, run_name, start_time",
    ],
    ['metrics.x = 1e999', 'expected a number'],
    ['metrics.x = 12abc', 'expected'],
    ["tags.x = 'a'; drop table runs", "found ';'"],
  ])('%s: %s', (filter, message) => {
    expect(problem(filter)).toContain('INVALID_PARAMETER_VALUE');
    expect(problem(filter)).toContain(message);
  });

  test('a site that has no metrics says what it has', () => {
    expect(problem('metrics.x = 1', tagsOnly)).toContain(
      "'metrics' is nothing that models have; expected one of tags, attributes",
    );
  });

  test.each([
    ['too many comparisons', Array(101).fill("tags.x = 'a'").join(' and ')],
    ['a pattern that is too long', `tags.x LIKE '${'%'.repeat(10_001)}'`],
    ['a text that is too long', `tags.x = '${'a'.repeat(100_001)}'`],
  ])('%s', (_, filter) => {
    expect(problem(filter)).toContain('INVALID_PARAMETER_VALUE');
  });
});

const lists: SearchSpace = {
  noun: 'runs',
  entities: ['param', 'tag', 'dataset'],
  lists: ['dataset'],
  nulls: ['param', 'tag'],
  attributes: new Map([
    ['run_id', { column: 'run_uuid', type: 'text', lists: true }],
    ['experiment_id', { column: 'experiment_id', type: 'id' }],
    ['status', { column: 'status', type: 'text' }],
  ]),
};

describe('lists and nulls', () => {
  test.each([
    ["run_id IN ('a')", { comparator: 'IN', values: ['a'] }],
    ['run_id not in (\'a\', "b",)', { comparator: 'NOT IN', values: ['a', 'b'] }],
    ["dataset.digest In('a','b')", { comparator: 'IN', values: ['a', 'b'] }],
    ["experiment_id IN ('0', '12')", { comparator: 'IN', values: [0, 12] }],
    ["experiment_id = '7'", { comparator: '=', value: 7 }],
    ['tags.x IS NULL', { comparator: 'IS NULL' }],
    ['params.`a b` is not null', { comparator: 'IS NOT NULL' }],
  ])('%s', (filter, meaning) => {
    expect(parseFilter(filter, lists)).toMatchObject([meaning]);
  });

  test.each([
    ['run_id IN ()', 'character 12: expected a text in quotes to compare run_id with, found )'],
    ["run_id IN 'a'", "character 11: expected a list such as ('a', 'b'), found 'a'"],
    ["run_id IN ('a' 'b')", "character 16: expected ',' or ')', found 'b'"],
    ["run_id IN ('a'", "expected ',' or ')', found the end"],
    ["status IN ('a')", 'status is a text and can be compared by =, !=, LIKE, ILIKE, not by IN'],
    ["tags.x NOT 'a'", "character 12: expected IN, found 'a'"],
    ['tags.x IS 5', 'character 11: expected NULL, found 5'],
    ['status IS NULL', 'not by IS NULL'],
    ["experiment_id = 'x'", "expected a number in quotes to compare experiment_id with, found 'x'"],
    ["experiment_id > '1'", 'can be compared by =, !=, IN, NOT IN, not by >'],
    ["dataset.size = '1'", "a dataset has no 'size'; expected one of name, digest, context"],
    [`run_id IN (${"'a',".repeat(1_001)})`, 'a list may have at most 1000 values'],
  ])('%s: %s', (filter, message) => {
    expect(problem(filter, lists)).toContain(message);
  });
});

describe('properties', () => {
  test('any text is read, or refused with INVALID_PARAMETER_VALUE', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'metrics',
        'tags',
        'params',
        '.',
        ' ',
        'x',
        "'",
        '"',
        '`',
        'and',
        ...comparators,
      ),
      fc.double().map(String),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    const text = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
    const outcome = /^(no problem|INVALID_PARAMETER_VALUE )/;
    const property = fc.property(text, (filter) => {
      expect(problem(filter)).toMatch(outcome);
    });
    fc.assert(property);
  });

  test('every key and every value can be written, quoted', () => {
    const doubled = (text: string, quote: string) =>
      quote + text.replaceAll(quote, quote + quote) + quote;
    const key = fc.string({ unit: 'grapheme', minLength: 1 });
    const property = fc.property(key, fc.string({ unit: 'grapheme' }), (tag, value) => {
      const filter = `tags.${doubled(tag, '`')} = ${doubled(value, "'")}`;
      expect(parseFilter(filter, space)).toMatchObject([
        { field: { entity: 'tag', key: tag, type: 'text' }, comparator: '=', value },
      ]);
    });
    fc.assert(property);
  });

  test('every number can be written', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const property = fc.property(number, (value) => {
      // Adding 0 makes 0 of -0, which is written '0' too.
      expect(valueIn(`metrics.x = ${value}`)).toBe(value + 0);
    });
    fc.assert(property);
  });
});
