// The rows of CONFORMANCE.md against the names of the tests: none without the other.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const own = import.meta.dirname;
const list = readFileSync(path.join(own, '..', 'CONFORMANCE.md'), 'utf8');
const rowsIn = (text: string) =>
  [...text.matchAll(/^\| (1[45]\.\d+) /gm)].flatMap(([, row]) => row ?? []);
const rows = new Set(rowsIn(list));

function namedInTests(): ReadonlySet<string> {
  const texts = globSync('**/*.test.ts', { cwd: own }).map((file) =>
    readFileSync(path.join(own, file), 'utf8'),
  );
  const mentions = texts.flatMap((text) => text.match(/['"`]rows? 1[45]\.[\d., and]+: /g) ?? []);
  return new Set(mentions.flatMap((mention) => mention.match(/1[45]\.\d+/g) ?? []));
}

test('every row is the claim of a test', () => {
  const named = namedInTests();
  expect([...rows].filter((row) => !named.has(row))).toEqual([]);
});

test('every row that a test names is in the list', () => {
  expect([...namedInTests()].filter((row) => !rows.has(row))).toEqual([]);
});

test('no row is missing from the list', () => {
  const numbered = (part: number, count: number) =>
    Array.from({ length: count }, (_, index) => `${part}.${index + 1}`);
  expect([...rows]).toEqual([...numbered(14, 35), ...numbered(15, 45)]);
});
