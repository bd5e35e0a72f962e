import { setImmediate as tick } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StepPriority } from '../job/job.ts';
import { ComputeQueue } from './compute-queue.ts';

const never = new AbortController().signal;
const job = (jobId: string, priority: StepPriority = 'medium') => ({ jobId, priority });

test('runs no more at once than there are slots', async () => {
  const queue = new ComputeQueue(2);
  let running = 0;
  let most = 0;
  const work = async () => {
    const release = await queue.acquire(job('a'), never);
    running += 1;
    most = Math.max(most, running);
    await tick();
    running -= 1;
    release();
  };
  await Promise.all(Array.from({ length: 20 }, work));
  expect(most).toBe(2);
});

test('serves those who wait in the order they came', async () => {
  const queue = new ComputeQueue(1);
  const release = await queue.acquire(job('a'), never);
  const order: number[] = [];
  const waiting = [1, 2, 3].map(async (number) => {
    const done = await queue.acquire(job('a'), never);
    order.push(number);
    done();
  });
  release();
  await Promise.all(waiting);
  expect(order).toEqual([1, 2, 3]);
});

test('one who gives up leaves the queue and costs no slot', async () => {
  const queue = new ComputeQueue(1);
  const release = await queue.acquire(job('a'), never);
  const impatient = new AbortController();
  const given = queue.acquire(job('a'), impatient.signal);
  impatient.abort(new Error('cancelled'));
  await expect(given).rejects.toThrow('cancelled');
  release();
  await expect(queue.acquire(job('a'), never)).resolves.toBeTypeOf('function');
});

test('giving a slot back twice frees one slot', async () => {
  const queue = new ComputeQueue(1);
  const release = await queue.acquire(job('a'), never);
  release();
  release();
  await queue.acquire(job('a'), never);
  const second = Promise.race([
    queue.acquire(job('a'), never).then(() => 'got one'),
    tick('still waiting'),
  ]);
  expect(await second).toBe('still waiting');
});

test('steps that run already count, even where they are more than the slots', async () => {
  const queue = new ComputeQueue(1);
  const releases = [queue.occupy(), queue.occupy()];
  let got = false;
  const next = queue.acquire(job('a'), never).then((release) => {
    got = true;
    return release;
  });
  releases[0]?.();
  await tick();
  expect(got).toBe(false);
  releases[1]?.();
  (await next)();
  await expect(queue.acquire(job('a'), never)).resolves.toBeTypeOf('function');
});

/** The names of those who waited, in the order in which they were served one after the other. */
async function orderOf(
  queue: ComputeQueue,
  waiting: ReadonlyArray<readonly [name: string, ticket: ReturnType<typeof job>]>,
): Promise<readonly string[]> {
  const release = await queue.acquire(job('first'), never);
  const order: string[] = [];
  const work = waiting.map(async ([name, ticket]) => {
    const done = await queue.acquire(ticket, never);
    order.push(name);
    done();
  });
  release();
  await Promise.all(work);
  return order;
}

test('jobs of one priority take turns, whoever came with more steps first', async () => {
  const waiting = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'].map(
    (name) => [name, job(name.slice(0, 1))] as const,
  );
  const order = await orderOf(new ComputeQueue(1), waiting);
  expect(order).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
});

test('a higher priority goes first', async () => {
  const order = await orderOf(new ComputeQueue(1), [
    ['low', job('a', 'low')],
    ['medium', job('b')],
    ['high', job('c', 'high')],
    ['high too', job('a', 'high')],
  ]);
  expect(order).toEqual(['high', 'high too', 'medium', 'low']);
});

test('more slots serve those who wait; fewer leave those who run', async () => {
  const queue = new ComputeQueue(0);
  const waiting = [1, 2, 3].map(() => queue.acquire(job('a'), never));
  expect(queue.length).toBe(3);
  queue.resize(2);
  const releases = await Promise.all(waiting.slice(0, 2));
  queue.resize(1);
  releases[0]?.();
  await tick();
  expect(queue.length).toBe(1);
  releases[1]?.();
  await waiting[2];
  expect(queue.length).toBe(0);
});

test('whoever waits longest of many jobs is never more than one turn of each job away', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 40 });
  return fc.assert(
    fc.asyncProperty(steps, async (jobs) => {
      const waiting = jobs.map((number, at) => [`${number} ${at}`, job(String(number))] as const);
      const order = await orderOf(new ComputeQueue(1), waiting);
      expect([...order].sort()).toEqual(waiting.map(([name]) => name).sort());
      const served = order.map((name) => name.split(' ')[0]);
      const most = Math.max(
        ...[...Map.groupBy(served, (name) => name).values()].map((v) => v.length),
      );
      // In each round every job that still has a step has one turn.
      for (let round = 0, start = 0; round < most; round += 1) {
        const left = new Set(served.slice(start));
        expect(new Set(served.slice(start, start + left.size))).toEqual(left);
        start += left.size;
      }
    }),
  );
});
