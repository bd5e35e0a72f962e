import { expect, test } from 'vitest';
import { toNamedSchemas } from './openapi-schema.ts';

test.each([
  ['a plain type', { type: 'number' }, { type: 'number' }, { type: 'number' }],
  [
    'a type that may be null',
    { type: ['string', 'null'] },
    { type: 'string', 'x-nullable': true },
    { type: 'string', nullable: true },
  ],
  ['a constant', { const: 1 }, { enum: [1] }, { enum: [1] }],
  [
    'an exclusive bound',
    { exclusiveMinimum: 0 },
    { minimum: 0, exclusiveMinimum: true },
    { minimum: 0, exclusiveMinimum: true },
  ],
  ['examples', { examples: [1, 2] }, { example: 1 }, { example: 1 }],
  [
    'a tuple',
    { type: 'array', prefixItems: [{}] },
    { type: 'array', items: {} },
    { type: 'array', items: {} },
  ],
  [
    'a choice, which 2.0 cannot say',
    { anyOf: [{ type: 'number' }, { const: 'x' }] },
    {},
    { anyOf: [{ type: 'number' }, { enum: ['x'] }] },
  ],
  [
    'a reference to the root',
    { $ref: '#' },
    { $ref: '#/definitions/In' },
    { $ref: '#/components/schemas/In' },
  ],
  ['a reference elsewhere', { $ref: '#/properties/a' }, {}, {}],
])('%s', (_name, part, swagger2, openApi3) => {
  const schema = { $schema: 'x', type: 'object', properties: { part } };
  const expected = (converted: unknown) => ({
    In: { type: 'object', properties: { part: converted } },
  });
  expect(toNamedSchemas(schema, 'In', 2)).toEqual(expected(swagger2));
  expect(toNamedSchemas(schema, 'In', 3)).toEqual(expected(openApi3));
});

test('definitions become schemas of their own, and references follow them', () => {
  const schema = {
    type: 'array',
    items: { $ref: '#/$defs/row' },
    $defs: { row: { type: 'object', additionalProperties: { type: 'number' } } },
  };
  expect(toNamedSchemas(schema, 'ServiceInput', 2)).toEqual({
    ServiceInput: { type: 'array', items: { $ref: '#/definitions/ServiceInput_row' } },
    ServiceInput_row: { type: 'object', additionalProperties: { type: 'number' } },
  });
});
