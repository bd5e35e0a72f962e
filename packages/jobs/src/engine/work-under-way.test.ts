import { setImmediate as tick } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { WorkUnderWay } from './work-under-way.ts';

const noFailure = () => {
  throw new Error('nothing has failed');
};

test('ends when the last piece has, with those that were added on the way', async () => {
  const work = new WorkUnderWay(noFailure);
  const log: string[] = [];
  const second = async () => {
    await tick();
    log.push('second');
  };
  const first = async () => {
    await tick();
    work.add(second());
    log.push('first');
  };
  work.add(first());
  await work.ended();
  expect(log).toEqual(['first', 'second']);
});

test('a failure asks the rest to end, and is told when it has', async () => {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  const onFailure = vi.fn(stop);
  const work = new WorkUnderWay(onFailure);
  const log: string[] = [];
  work.add(stopped.then(() => tick()).then(() => void log.push('the rest has ended')));
  await work.add(Promise.reject(new Error('first')));
  expect(onFailure).toHaveBeenCalledOnce();
  expect(log).toEqual([]);
  await expect(work.ended()).rejects.toThrow('first');
  expect(log).toEqual(['the rest has ended']);
});

test('of several failures the first is told', async () => {
  const work = new WorkUnderWay(() => {});
  const later = tick().then(() => Promise.reject(new Error('second')));
  work.add(later);
  work.add(Promise.reject(new Error('first')));
  await expect(work.ended()).rejects.toThrow('first');
});
