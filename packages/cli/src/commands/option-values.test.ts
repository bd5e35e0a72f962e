import { expect, test } from 'vitest';
import { collectPair, parseInteger } from './option-values.ts';

test('pairs add up, and a value may hold an equals sign', () => {
  expect(collectPair('b=x=y', { a: '1' })).toEqual({ a: '1', b: 'x=y' });
  expect(collectPair('empty=', {})).toEqual({ empty: '' });
});

test.each(['name', '=value', ''])('“%s” is no pair', (pair) => {
  expect(() => collectPair(pair, {})).toThrow('expected NAME=VALUE');
});

test.each([
  ['0', 0],
  ['-1', -1],
  ['8080', 8080],
])('%s is a whole number', (text, value) => {
  expect(parseInteger(text)).toBe(value);
});

test.each(['1.5', '1e3', 'ten', '', ' 1'])('“%s” is no whole number', (text) => {
  expect(() => parseInteger(text)).toThrow('expected a whole number');
});
