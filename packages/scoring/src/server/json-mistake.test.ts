import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findJsonMistake } from './json-mistake.ts';

test.each([
  ['', 0],
  ['{', 1],
  ['{"data": [[1, 2], [3,, 4]]}', 21],
  ['{"data": [1, x]}', 13],
  ['{"data": [01]}', 11],
  ['{"data": [1.]}', 11],
  ['{data: 1}', 1],
  ['{"data" 1}', 8],
  ['{"data": 1,}', 11],
  ['[1, 2', 5],
  ['[1}', 2],
  ['{"a": 1]', 7],
  ['{} {}', 3],
  ['"a\nb"', 2],
  ['"\\x"', 1],
  ['"\\u12G4"', 1],
  ['"open', 5],
  ['NaN', 0],
  ['\u00a0{}', 0],
  ['[1,2,]', 5],
])('%j goes wrong at offset %i', (text, offset) => {
  expect(findJsonMistake(text)?.offset).toBe(offset);
});

test('the place is told as line and column', () => {
  expect(findJsonMistake('{\n  "data": [\n    1,\n    oops\n  ]\n}')).toMatchObject({
    line: 4,
    column: 5,
  });
});

test('agrees with JSON.parse on what is JSON and what is damaged', () => {
  const damaged = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', ']', '"', ':', '1', '\\', '\n', 'e'))
    .map(([text, at, piece]) => {
      const cut = at % (text.length + 1);
      return text.slice(0, cut) + piece + text.slice(cut + 1);
    });
  fc.assert(
    fc.property(damaged, (text) => {
      expect(findJsonMistake(text) === null).toBe(parses(text));
    }),
    { numRuns: 2000 },
  );
});

test('a hundred thousand open brackets do not overflow the scan', () => {
  expect(findJsonMistake('['.repeat(100_000))?.offset).toBe(100_000);
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
