import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRelaxedJson } from './relaxed-json.ts';

const values = fc.jsonValue({ maxDepth: 3 });

test('JSON is read as it is', () => {
  fc.assert(
    fc.property(values, (value) => {
      expect(parseRelaxedJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('texts in single quotes are texts', () => {
  const quoted = (text: string) =>
    `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (name, text) => {
      const json = `{${quoted(`k${name}`)}: [${quoted(text)},],}`;
      expect(parseRelaxedJson(json)).toEqual({ [`k${name}`]: [text] });
    }),
  );
});

test('whatever is given, it is read or is a syntax error', () => {
  const parts = fc.constantFrom('{', '}', '[', ']', ':', ',', "'", '"', '\\', ' ', 'a', '1', 'é');
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 30 }), (list) => {
      try {
        parseRelaxedJson(list.join(''));
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError);
      }
    }),
    { numRuns: 500 },
  );
});

test('a long text takes no longer than it is', () => {
  const text = `{'a': {'v': '${'x'.repeat(1_000_000)}'}}`;
  expect(parseRelaxedJson(text)).toMatchObject({ a: { v: expect.stringMatching(/^x+$/) } });
  expect(() => parseRelaxedJson(`'${"\\'".repeat(500_000)}`)).toThrow(SyntaxError);
  expect(() => parseRelaxedJson('{'.repeat(500_000))).toThrow(SyntaxError);
});
