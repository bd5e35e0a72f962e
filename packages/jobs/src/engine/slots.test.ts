import { setImmediate as tick } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Slots } from './slots.ts';

const never = new AbortController().signal;

test('runs no more at once than there are slots', async () => {
  const slots = new Slots(2);
  let running = 0;
  let most = 0;
  const work = async () => {
    const release = await slots.acquire(never);
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
  const slots = new Slots(1);
  const release = await slots.acquire(never);
  const order: number[] = [];
  const waiting = [1, 2, 3].map(async (number) => {
    const done = await slots.acquire(never);
    order.push(number);
    done();
  });
  release();
  await Promise.all(waiting);
  expect(order).toEqual([1, 2, 3]);
});

test('one who gives up leaves the queue and costs no slot', async () => {
  const slots = new Slots(1);
  const release = await slots.acquire(never);
  const impatient = new AbortController();
  const given = slots.acquire(impatient.signal);
  impatient.abort(new Error('cancelled'));
  await expect(given).rejects.toThrow('cancelled');
  release();
  await expect(slots.acquire(never)).resolves.toBeTypeOf('function');
});

test('giving a slot back twice frees one slot', async () => {
  const slots = new Slots(1);
  const release = await slots.acquire(never);
  release();
  release();
  await slots.acquire(never);
  const second = Promise.race([slots.acquire(never).then(() => 'got one'), tick('still waiting')]);
  expect(await second).toBe('still waiting');
});

test('steps that run already count, even where they are more than the slots', async () => {
  const slots = new Slots(1);
  const releases = [slots.occupy(), slots.occupy()];
  let got = false;
  const next = slots.acquire(never).then((release) => {
    got = true;
    return release;
  });
  releases[0]?.();
  await tick();
  expect(got).toBe(false);
  releases[1]?.();
  (await next)();
  await expect(slots.acquire(never)).resolves.toBeTypeOf('function');
});
