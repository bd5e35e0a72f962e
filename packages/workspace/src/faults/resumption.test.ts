import { expect, test } from 'vitest';
import { RidgelineError } from '../errors.ts';
import { Resumption } from './resumption.ts';

const away = new RidgelineError('DATABASE_UNREACHABLE', 'it is away');
const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });

function resumptionOf(resume: (id: string) => Promise<void>) {
  const reported: unknown[] = [];
  const report = (_id: string, error: unknown) => reported.push(error);
  return { reported, resumption: new Resumption({ firstPauseMs: 1, resume, report }) };
}

test.each([away, full])(
  'what %s has broken off goes on after a pause, and what our own mistake has does not',
  async (error) => {
    const resumed = Promise.withResolvers<string>();
    const { resumption, reported } = resumptionOf(async (id) => resumed.resolve(id));
    resumption.note('mistaken', new TypeError('ours'));
    resumption.note('a', error);
    expect(await resumed.promise).toBe('a');
    expect(reported).toHaveLength(2);
    await resumption.stop();
  },
);

test('it is tried until the fault is over', async () => {
  const over = Promise.withResolvers<void>();
  let tries = 0;
  const { resumption, reported } = resumptionOf(async () => {
    tries += 1;
    if (tries < 4) throw away;
    over.resolve();
  });
  resumption.note('a', away);
  await over.promise;
  expect(reported).toEqual([away, away, away, away]);
  await resumption.stop();
});

test('after its stop nothing goes on', async () => {
  let tries = 0;
  const { resumption } = resumptionOf(async () => {
    tries += 1;
  });
  resumption.note('a', away);
  await resumption.stop();
  resumption.note('b', away);
  await resumption.stop();
  expect(tries).toBe(0);
});
