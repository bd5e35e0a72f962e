import { expect, test } from 'vitest';
import { formatDuration, formatFields, formatTable, formatTime } from './table.ts';

test('columns are as wide as their widest cell, and lines have no blanks at their end', () => {
  const rows = [
    ['a', 'short', ''],
    ['longer', 'b', 'last'],
  ];
  expect(formatTable(['NAME', 'VALUE', 'X'], rows)).toBe(
    ['NAME    VALUE  X', 'a       short', 'longer  b      last'].join('\n'),
  );
});

test('a list of nothing is its headings', () => {
  expect(formatTable(['JOB', 'STATUS'], [])).toBe('JOB  STATUS');
});

test('fields stand in line', () => {
  expect(
    formatFields([
      ['a', '1'],
      ['long', ''],
    ]),
  ).toBe('a     1\nlong');
});

test.each([
  [0, '0.0 s'],
  [449, '0.4 s'],
  [59_900, '59.9 s'],
  [60_000, '1 min 0 s'],
  [125_999, '2 min 5 s'],
])('%i ms is %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test('times are UTC to the second', () => {
  expect(formatTime('2026-11-21T08:09:10.123Z')).toBe('2026-11-21 08:09:10Z');
  expect(formatTime(null)).toBe('-');
});
