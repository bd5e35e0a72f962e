import { expect, test } from 'vitest';
import { compileSchema } from './json-schema.ts';

const rows = {
  type: 'object',
  required: ['data'],
  properties: {
    data: {
      type: 'array',
      items: { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 },
    },
    kind: { enum: ['a', 'b'] },
    count: { type: 'integer' },
    choice: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    name: { type: 'string' },
  },
  additionalProperties: false,
};

test.each([
  [{ data: [[1, 2]] }, null],
  [{ data: [] }, null],
  [{}, "the body must have required property 'data'"],
  [{ data: 1 }, 'data must be array, not number'],
  [{ data: null }, 'data must be array, not null'],
  [{ data: [1, 2] }, 'data/0 must be array, not number'],
  [
    {
      data: [
        [1, 2],
        [1, 'x'],
      ],
    },
    'data/1/1 must be number, not string',
  ],
  [{ data: [[1, null]] }, 'data/0/1 must be number, not null'],
  [{ data: [[1, {}]] }, 'data/0/1 must be number, not object'],
  [{ data: [[1, true]] }, 'data/0/1 must be number, not boolean'],
  [{ data: [[1, [2]]] }, 'data/0/1 must be number, not array'],
  [{ data: [[1, 1 / 0]] }, 'data/0/1 must be number, not a number beyond the range of a double'],
  [{ data: [[1, 2, 3]] }, 'data/0 must NOT have more than 2 items, not 3'],
  [{ data: [[1]] }, 'data/0 must NOT have fewer than 2 items, not 1'],
  [{ data: [], extra: 1 }, "the body must NOT have additional properties: 'extra'"],
  [{ data: [], kind: 'c' }, 'kind must be equal to one of the allowed values: ["a","b"]'],
  [{ data: [], count: 1.5 }, 'count must be integer, not a number with a fraction'],
  [{ data: [], choice: 1 }, 'choice must match a schema in anyOf'],
  [{ data: [], name: 1 }, 'name must be string, not number'],
])('a body %j gives the finding %j', (body, finding) => {
  expect(compileSchema(rows, 'inputSchema', 'the body')(body)).toBe(finding);
});

test('a typed array where an array is wanted is named with the way out', () => {
  const check = compileSchema(
    { type: 'object', properties: { result: { type: 'array' } } },
    'outputSchema',
    'the answer',
  );
  expect(check({ result: new Float64Array(1) })).toBe(
    'result must be array, not Float64Array (use Array.from)',
  );
});

test('drafts differ: items as a list is a tuple in draft-07 only', () => {
  const schema = { type: 'array', items: [{ type: 'number' }] };
  const draft07 = { $schema: 'http://json-schema.org/draft-07/schema#', ...schema };
  expect(compileSchema(draft07, 'inputSchema', 'the body')(['x'])).toBe(
    '0 must be number, not string',
  );
  expect(() => compileSchema(schema, 'inputSchema', 'the body')).toThrow(/not a valid JSON Schema/);
});

test.each([
  ['not an object', 'text', /must be a JSON Schema object/],
  ['a list', [], /must be a JSON Schema object/],
  ['a misspelt keyword', { propertys: {} }, /unknown keyword: "propertys"/],
  ['a wrong type', { type: 'nummer' }, /type/],
  ['a reference to another document', { $ref: 'https://example.com/a.json' }, /can't resolve/],
  ['an old draft', { $schema: 'http://json-schema.org/draft-04/schema#' }, /draft 2020-12/],
  ['an async schema', { $async: true, type: 'object' }, /\$async/],
])('%s is refused as a schema', (_name, schema, message) => {
  expect(() => compileSchema(schema, 'inputSchema', 'the body')).toThrow(
    expect.objectContaining({
      code: 'SCORING_SCRIPT_SCHEMA_INVALID',
      message: expect.stringMatching(message),
    }),
  );
});

test('a value deeper than the stack is a finding, not a crash', () => {
  const list = { type: 'array', items: { $ref: '#' } };
  const deep = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000));
  expect(compileSchema(list, 'inputSchema', 'the body')(deep)).toBe(
    'the body is nested too deeply',
  );
});
