import { expect, test } from 'vitest';
import { TryLimit } from './try-limit.ts';

test('a limit is reached by tries, ends with its while, and is each key’s own', () => {
  let now = 0;
  const limit = new TryLimit(2, 1000, () => now);
  limit.note('a');
  expect(limit.isReached('a')).toBe(false);
  limit.note('a');
  expect(limit.isReached('a')).toBe(true);
  expect(limit.isReached('b')).toBe(false);
  now = 1000;
  expect(limit.isReached('a')).toBe(false);
});

test('a crowd of keys takes no more than its share of memory: the oldest go first', () => {
  const limit = new TryLimit(1, 1000, () => 0);
  for (let key = 0; key < 10_001; key += 1) limit.note(`key-${key}`);
  expect(limit.isReached('key-0')).toBe(false);
  expect(limit.isReached('key-10000')).toBe(true);
});
