import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalPipelineRunBody } from './pipeline-run-body.ts';
import { knownKeys, withKnownKeys } from './read-body.ts';

const known = knownKeys(['Tags', 'Filter']);

describe('keys', () => {
  test.each([
    [
      { TAGS: { a: 1 }, filter: 'x' },
      { Tags: { a: 1 }, Filter: 'x' },
    ],
    [{ Tags: { a: 1 }, tags: { b: 2 } }, { Tags: { a: 1, b: 2 } }],
    [{ Tags: { a: 1 }, tags: { a: 2 } }, { Tags: { a: 2 } }],
    [{ Filter: null, tags: undefined, other: 1 }, {}],
    [null, {}],
    [undefined, {}],
    [[1], [1]],
    ['text', 'text'],
  ])('of %j become those of %j', (value, expected) => {
    expect(withKnownKeys(value, known)).toEqual(expected);
  });

  test('that every object has are none', () => {
    const body = JSON.parse('{"__proto__": {"tags": {"a": 1}}, "constructor": 1}');
    expect(withKnownKeys(body, known)).toEqual({});
  });
});

test('the body of a start becomes its schema’s, whatever it was', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      const canonical = canonicalPipelineRunBody(body);
      expect(canonicalPipelineRunBody(canonical)).toEqual(canonical);
    }),
  );
});
