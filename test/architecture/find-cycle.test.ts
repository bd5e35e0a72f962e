import { expect, test } from 'vitest';
import { findCycle } from './find-cycle.ts';

test('a tree has no cycle', () => {
  const tree = [
    ['a', 'b'],
    ['a', 'c'],
    ['b', 'd'],
    ['c', 'd'],
  ] as const;
  expect(findCycle(tree)).toBeNull();
});

test('a cycle is told as the way round, without the way to it', () => {
  const graph = [
    ['start', 'a'],
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'a'],
  ] as const;
  expect(findCycle(graph)).toEqual(['a', 'b', 'c', 'a']);
});
