import Type, { type TSchema } from 'typebox';
import { Compile } from 'typebox/schema';
import { expect, test } from 'vitest';
import { describeMismatch } from './describe-mismatch.ts';

const Tag = Type.Object({ key: Type.String(), value: Type.String({ maxLength: 3 }) });
const Body = Type.Object(
  {
    name: Type.String(),
    count: Type.Optional(Type.Union([Type.Integer(), Type.String({ pattern: '^\\d+$' })])),
    tags: Type.Optional(Type.Array(Tag)),
    state: Type.Optional(Type.Enum(['on', 'off'])),
    labels: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  { additionalProperties: false },
);

function mismatch(value: unknown, schema: TSchema = Body): string {
  const [, errors] = Compile(schema).Errors(value);
  return describeMismatch(errors, value, 'the body');
}

test.each([
  [null, 'the body must be object; got nothing'],
  [[], 'the body must be object; got an array'],
  ['secret', 'the body must be object; got a text'],
  [{}, "Missing value for required parameter 'name'"],
  [{ name: 5 }, "parameter 'name' must be string; got 5"],
  [{ name: null }, "parameter 'name' must be string; got nothing"],
  [{ name: {} }, "parameter 'name' must be string; got an object"],
  [{ name: 'a', other: 1 }, "parameter 'other' is not known here"],
  [{ name: 'a', state: 'secret' }, "parameter 'state' must be one of on, off; got a text"],
  [{ name: 'a', tags: {} }, "parameter 'tags' must be array; got an object"],
  [{ name: 'a', tags: [{ key: 'a' }] }, "Missing value for required parameter 'tags[0].value'"],
  [{ name: 'a', labels: { 'x/y~z': 1 } }, "parameter 'labels.x/y~z' must be string; got 1"],
  [{ name: 'a', count: true }, "parameter 'count' must be integer or must be string; got true"],
])('%j: %s', (value, message) => {
  expect(mismatch(value)).toBe(message);
});

test('a bound is named, and text is not repeated', () => {
  const tags = [{ key: 'a', value: 'secret' }];
  expect(mismatch({ name: 'a', tags })).toBe(
    "parameter 'tags[0].value' must not have more than 3 characters; got a text",
  );
});
