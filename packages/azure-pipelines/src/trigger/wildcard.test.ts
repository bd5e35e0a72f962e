import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesWildcard } from './wildcard.ts';

test.each([
  ['releases/*', 'releases/a/b', true],
  ['releases/*', 'releases/', true],
  ['releases/*', 'releases', false],
  ['*', '', true],
  ['*', 'a/b', true],
  ['*/b', 'a/x/b', true],
  ['v?.*', 'v2.1', true],
  ['v?.*', 'v22.1', false],
  ['?', '/', true],
  ['a*b*c', 'aXbYbZc', true],
  ['a*b*c', 'aXbYbZ', false],
  ['main', 'Main', false],
  ['main', 'main', true],
  ['', '', true],
  ['', 'a', false],
  ['a.c', 'abc', false],
  ['**/*.ts', 'a/b.ts', true],
])('%j on %j: %s', (pattern, text, matches) => {
  expect(matchesWildcard(pattern, text)).toBe(matches);
});

test('a hostile pattern takes no time to speak of', () => {
  expect(matchesWildcard('*a'.repeat(500), 'a'.repeat(20_000))).toBe(true);
  expect(matchesWildcard(`${'*a'.repeat(500)}b`, 'a'.repeat(20_000))).toBe(false);
});

test('property: it is the regular expression in which * is .* and ? is .', () => {
  const letters = (all: string) =>
    fc.array(fc.constantFrom(...all), { maxLength: 8 }).map((list) => list.join(''));
  fc.assert(
    fc.property(letters('ab/*?'), letters('ab/'), (pattern, text) => {
      const source = pattern.replaceAll('*', '.*').replaceAll('?', '.');
      expect(matchesWildcard(pattern, text)).toBe(new RegExp(`^${source}$`, 'u').test(text));
    }),
    { numRuns: 2000 },
  );
});
