import { matchesGlob } from 'node:path/posix';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesPattern } from './glob.ts';

test.each([
  ['a.csv', '*.csv', true],
  ['a.csv', 'a.csv', true],
  ['parts/a.csv', '*.csv', false],
  ['parts/a.csv', 'parts/*.csv', true],
  ['parts/deep/a.csv', '**/*.csv', true],
  ['a.csv', '**/*.csv', true],
  ['parts/a.csv', '**', true],
  ['a1.csv', 'a?.csv', true],
  ['a12.csv', 'a?.csv', false],
  ['a.txt', '*.csv', false],
  ['a', '', false],
])('%s and %s: %s', (path, pattern, expected) => {
  expect(matchesPattern(path, pattern)).toBe(expected);
});

test("fits what Node's own matching fits", () => {
  const part = (letters: readonly string[]) =>
    fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 4 });
  const path = fc.array(part(['a', 'b']), { minLength: 1, maxLength: 3 });
  // Known difference: for Node, a `**` at the end wants one part more.
  const pattern = fc
    .array(
      fc.oneof(
        part(['a', 'b', '*', '?']).map((letters) => letters.join('').replace(/\*+/g, '*')),
        fc.constant('**'),
      ),
      { minLength: 1, maxLength: 3 },
    )
    .filter((parts) => parts.at(-1) !== '**');
  fc.assert(
    fc.property(path, pattern, (parts, wanted) => {
      const name = parts.map((letters) => letters.join('')).join('/');
      expect(matchesPattern(name, wanted.join('/'))).toBe(matchesGlob(name, wanted.join('/')));
    }),
  );
});

test('a pattern of stars takes no longer than its length times that of the path', () => {
  const path = 'a'.repeat(1_000);
  expect(matchesPattern(path, `${'*a'.repeat(400)}b`)).toBe(false);
});
