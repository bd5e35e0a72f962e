import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tree, withStep } from '../testing.fixture.ts';
import { cache } from './cache.ts';
import { fingerprint, isLiteral } from './fingerprint.ts';

describe('the key of a cache', () => {
  it.each([
    ['npm', true],
    ['"package.json"', true],
    ['version.', true],
    ['a b:c', true],
    ['package.json', false],
    ['src/x', false],
    ['**/lock, !node_modules/**', false],
    ['*', false],
  ])('the segment %s is a literal: %s', (segment, literal) => {
    expect(isLiteral(segment)).toBe(literal);
  });

  it('hashes names and contents of files, in one order', () =>
    withStep(async (step) => {
      await step.put({ 'b.lock': '2', 'a.lock': '1' });
      const key = () => fingerprint('npm | "Linux" | *.lock', step.folders.sources);
      const before = await key();
      expect(before).toMatch(/^npm\|Linux\|[0-9a-f]{64}$/);
      expect(await key()).toBe(before);
      await step.put({ 'a.lock': '3' });
      expect(await key()).not.toBe(before);
    }));

  it.each([
    ['npm | | x', 'empty segment'],
    ['npm | none.json', 'fits no file'],
    ['npm | **', 'would hash every file'],
  ])('%s is refused', (key, why) =>
    withStep(async (step) => {
      await expect(fingerprint(key, step.folders.sources)).rejects.toThrow(why);
    }),
  );
});

describe('Cache', () => {
  const inputs = {
    key: 'pip | lock.txt',
    path: 'packages',
    cacheHitVar: 'HIT',
    restoreKeys: 'pip',
  };

  it('saves at the end of the job and restores before it', () =>
    withStep(async (step) => {
      await step.put({ 'lock.txt': '1' });
      const [, first, last] = await step.runAll(cache, inputs, 'succeeded', () =>
        step.put({ 'packages/a': 'a' }),
      );
      expect([first?.result, last?.result, step.set.get('HIT')]).toEqual([
        'succeeded',
        'succeeded',
        'false',
      ]);
      await rm(join(step.folders.sources, 'packages'), { recursive: true });
      await step.runAll(cache, inputs);
      expect(step.set.get('HIT')).toBe('true');
      expect(await tree(join(step.folders.sources, 'packages'))).toEqual(['a']);
    }));

  it('takes another key of the same beginning, and says that it is not exact', () =>
    withStep(async (step) => {
      await step.put({ 'lock.txt': '1', 'packages/a': 'a' });
      await step.runAll(cache, inputs);
      await step.put({ 'lock.txt': '2' });
      await step.run(cache, inputs);
      expect(step.set.get('HIT')).toBe('inexact');
    }));

  it('a job that failed saves nothing', () =>
    withStep(async (step) => {
      await step.put({ 'lock.txt': '1', 'packages/a': 'a' });
      await step.runAll(cache, inputs, 'failed');
      await step.run(cache, inputs);
      expect(step.set.get('HIT')).toBe('false');
    }));

  it('a path that was never made fails the saving', () =>
    withStep(async (step) => {
      await step.put({ 'lock.txt': '1' });
      const outcomes = await step.runAll(cache, inputs);
      expect(outcomes.at(-1)?.message).toContain('packages');
    }));
});
