import { expect, it } from 'vitest';
import { NameLock } from './name-lock.ts';

it('work on one name is done in turn, also after a failure; other names do not wait', async () => {
  const lock = new NameLock();
  const gate = Promise.withResolvers<void>();
  const done: string[] = [];
  const first = lock.hold('a', async () => {
    await gate.promise;
    done.push('a1');
    throw new Error('a1 failed');
  });
  const second = lock.hold('a', async () => done.push('a2'));
  await lock.hold('b', async () => done.push('b1'));
  gate.resolve();
  await expect(first).rejects.toThrow('a1 failed');
  await second;
  expect(done).toEqual(['b1', 'a1', 'a2']);
});
