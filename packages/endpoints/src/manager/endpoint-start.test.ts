// Processes that start badly or stop badly.

import { afterEach, expect, it } from 'vitest';
import type { EndpointLimits } from '../limits.ts';
import { isAlive, TestManager } from '../testing/manager.fixture.ts';
import { answering, scriptWith } from '../testing/scripts.fixture.ts';

let test: TestManager | null = null;

afterEach(() => test?.remove());

async function open(limits: Partial<EndpointLimits>): Promise<TestManager> {
  test = await TestManager.open(limits);
  return test;
}

it('a process that is not ready in time is given up', async () => {
  const late = await open({ startTimeoutMs: 1500 });
  const never = scriptWith('return {};', 'await new Promise(() => setInterval(() => {}, 1000));');
  expect(await late.deploy('late', never)).toMatchObject({
    provisioningState: 'Failed',
    error: { message: expect.stringContaining('was not ready after 1.5 s') },
  });
});

it('a process that does not stop when asked to is killed', async () => {
  const deaf = await open({ stopGraceMs: 300 });
  const init = "process.removeAllListeners('SIGTERM'); process.on('SIGTERM', () => {});";
  await deaf.deploy('deaf', scriptWith('return { pid: process.pid };', init));
  const pid = await deaf.pid('deaf');
  await deaf.manager.delete('deaf');
  expect(isAlive(pid)).toBe(false);
});

it('a request that never ends does not hold up a deletion for ever', async () => {
  const stuck = await open({ drainTimeoutMs: 200, stopGraceMs: 200 });
  await stuck.deploy('stuck', scriptWith('await new Promise(() => {}); return {};'));
  const { primaryKey } = await stuck.manager.keys('stuck');
  const underWay = stuck.score('stuck', primaryKey);
  await stuck.manager.delete('stuck');
  expect((await underWay).status).toBe(502);
});

it('an answer that takes too long is 408', async () => {
  const slow = await open({ requestTimeoutMs: 300 });
  const run = 'await new Promise((done) => setTimeout(done, 2000)); return {};';
  await slow.deploy('slow', scriptWith(run));
  expect(await slow.score('slow')).toMatchObject({
    status: 408,
    text: expect.stringContaining('REQUEST_TIMEOUT'),
  });
});

it('a stopped manager answers 503 and takes no changes', async () => {
  const ended = await open({});
  const { manager } = ended;
  const spec = await ended.specOf(answering('x'));
  await ended.deploy('ended', answering('x'));
  await manager.stop();
  expect(await ended.request('ended', 'GET', '/')).toMatchObject({
    status: 503,
    text: expect.stringContaining('ENDPOINT_MANAGER_STOPPED'),
  });
  await expect(manager.createOrUpdate('ended', spec)).rejects.toMatchObject({
    code: 'ENDPOINT_MANAGER_STOPPED',
    status: 503,
  });
});
