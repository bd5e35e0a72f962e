// What is behind an address changes; the address goes on answering.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, isAlive, type Scored, TestManager } from '../testing/manager.fixture.ts';
import { answering, failingAtInit, scriptWith } from '../testing/scripts.fixture.ts';

let test: TestManager;

beforeAll(async () => {
  test = await TestManager.open();
});
afterAll(() => test.remove());

/** Scores from `count` callers at once, one request after the other, until `stop` is called. */
function constantLoad(name: string, key: string, count: number) {
  const answers: Scored[] = [];
  let stopped = false;
  const caller = async () => {
    while (!stopped) answers.push(await test.score(name, key));
  };
  const callers = Promise.all(Array.from({ length: count }, caller));
  const stop = async () => {
    stopped = true;
    await callers;
    return answers;
  };
  return { answers, stop };
}

it('an update under constant load fails no request, and the answers switch', async () => {
  await test.deploy('loaded', answering('v0'));
  const { primaryKey } = await test.manager.keys('loaded');
  const load = constantLoad('loaded', primaryKey, 8);
  for (const version of ['v1', 'v2', 'v3']) {
    await test.deploy('loaded', answering(version));
    const before = load.answers.length;
    expect((await test.score('loaded', primaryKey)).text).toContain(version);
    await eventually(() => load.answers.length).toBeGreaterThan(before + 20);
  }
  const answers = await load.stop();
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  // Each caller sees each version, and none comes back once it was replaced.
  expect(new Set(answers.map(({ text }) => JSON.parse(text).result))).toEqual(
    new Set(['v0', 'v1', 'v2', 'v3']),
  );
});

it('a request that the old version is working on is answered by it', async () => {
  const slow = "await new Promise((done) => setTimeout(done, 700)); return { result: 'old' };";
  await test.deploy('slow', scriptWith(slow));
  const { primaryKey } = await test.manager.keys('slow');
  const underWay = test.score('slow', primaryKey);
  await test.deploy('slow', answering('new'));
  expect((await test.score('slow', primaryKey)).text).toContain('new');
  expect(await underWay).toMatchObject({ status: 200, text: '{"result":"old"}' });
});

it('the old process and its folder go when they are not needed any more', async () => {
  await test.deploy('tidy', answering('old'));
  const oldPid = await test.pid('tidy');
  await test.deploy('tidy', answering('new'));
  await eventually(() => isAlive(oldPid)).toBe(false);
  await eventually(() => readdir(join(test.folder, 'endpoints', 'tidy'))).toEqual(['2']);
});

describe('an update that fails', () => {
  beforeAll(async () => {
    await test.deploy('kept', answering('old'));
  });

  it('leaves the old version serving, and says why with the log', async () => {
    const endpoint = await test.deploy('kept', failingAtInit);
    expect(endpoint).toMatchObject({
      provisioningState: 'Failed',
      error: {
        code: 'DEPLOYMENT_START_FAILED',
        message: expect.stringMatching(
          /'blue' \(model 'weights', version 1\).*exited with code 1.*no weights today/,
        ),
        details: expect.stringMatching(/Error: no weights today\n\s+at init .*score\.ts/),
      },
      deployments: [
        { name: 'blue', traffic: 100, state: 'Ready' },
        { name: 'blue', traffic: 0, state: 'Failed' },
      ],
    });
    expect((await test.score('kept')).text).toContain('old');
  });

  it('shows both logs, each under a heading', async () => {
    const logs = await test.manager.logs('kept');
    expect(logs).toMatch(/^==> blue, model weights:1, Ready <==\n/);
    expect(logs).toMatch(/\n==> blue, model weights:1, Failed <==\n(.*\n)*.*no weights today/);
  });

  it('can be tried again', async () => {
    expect(await test.deploy('kept', answering('new'))).toMatchObject({
      provisioningState: 'Succeeded',
      error: null,
      deployments: [{ traffic: 100, state: 'Ready' }],
    });
    expect((await test.score('kept')).text).toContain('new');
  });
});

it('a first version that fails leaves an endpoint that says so, and can be tried again', async () => {
  expect(await test.deploy('first', failingAtInit)).toMatchObject({
    provisioningState: 'Failed',
    deployments: [{ traffic: 0, state: 'Failed' }],
  });
  expect((await test.score('first')).status).toBe(503);
  expect(await test.deploy('first', answering('better'))).toMatchObject({
    provisioningState: 'Succeeded',
  });
});

it('the newest of several updates wins, and one that is starting gives way to it', async () => {
  await test.deploy('hasty', answering('v0'));
  const never = scriptWith('return {};', 'await new Promise(() => setInterval(() => {}, 1000));');
  await test.manager.createOrUpdate('hasty', await test.specOf(never));
  expect(await test.manager.get('hasty')).toMatchObject({ provisioningState: 'Updating' });
  await Promise.all(
    ['v1', 'v2'].map(async (version) =>
      test.manager.createOrUpdate('hasty', await test.specOf(answering(version))),
    ),
  );
  await test.manager.createOrUpdate('hasty', await test.specOf(answering('v3')));
  expect(await test.manager.waitUntilSettled('hasty')).toMatchObject({
    provisioningState: 'Succeeded',
  });
  expect((await test.score('hasty')).text).toContain('v3');
});

it('a deployment of another name takes the place of the first', async () => {
  await test.deploy('renamed', answering('blue'));
  await test.deploy('renamed', answering('green'), { deploymentName: 'green' });
  expect(await test.score('renamed')).toMatchObject({ deployment: 'green' });
});

it('nothing went wrong behind the scenes', () => {
  expect(test.errors).toEqual([]);
});
