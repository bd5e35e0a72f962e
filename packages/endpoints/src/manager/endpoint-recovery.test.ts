// Instances that crash, and servers that go away, politely or not.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually, isAlive, TestManager } from '../testing/manager.fixture.ts';
import { answering, endingOnRequest, scriptWith } from '../testing/scripts.fixture.ts';

let test: TestManager;

beforeEach(async () => {
  test = await TestManager.open();
});
afterEach(async () => {
  await test.remove();
  expect(test.errors).toEqual([]);
});

describe('an instance that crashes', () => {
  it('is started again, and requests in between are told to come back', async () => {
    await test.deploy('diabetes', answering('A'));
    const pid = await test.pid('diabetes');
    process.kill(pid, 'SIGKILL');
    await eventually(async () => (await test.manager.get('diabetes')).deployments[0]?.state).toBe(
      'Starting',
    );
    expect(await test.score('diabetes')).toMatchObject({
      status: 503,
      text: expect.stringContaining('DEPLOYMENT_NOT_READY'),
    });
    expect(await test.manager.waitUntilSettled('diabetes')).toMatchObject({
      provisioningState: 'Succeeded',
      deployments: [{ state: 'Ready' }],
    });
    expect(await test.pid('diabetes')).not.toBe(pid);
    expect(await test.manager.logs('diabetes')).toContain('was killed by SIGKILL');
  });

  it('again and again is given up, and says so with its log; an update helps', async () => {
    await test.deploy('looping', endingOnRequest);
    for (;;) {
      const { deployments } = await test.manager.waitUntilSettled('looping');
      if (deployments[0]?.state === 'Failed') break;
      expect((await test.score('looping')).status).toBeOneOf([502, 503]);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await test.manager.get('looping')).toMatchObject({
      provisioningState: 'Failed',
      error: {
        code: 'DEPLOYMENT_CRASH_LOOP',
        message: expect.stringMatching(/crashed 3 times in a row.*exited with code 7/),
        details: expect.stringContaining('"event":"ready"'),
      },
    });
    expect(await test.score('looping')).toMatchObject({
      status: 503,
      text: expect.stringMatching(/DEPLOYMENT_CRASH_LOOP.*crashed 3 times/),
    });
    await test.deploy('looping', answering('mended'));
    expect((await test.score('looping')).status).toBe(200);
  });
});

describe('the next start', () => {
  it('restores every endpoint at its recorded version, with its keys', async () => {
    await test.deploy('one', answering('A'));
    await test.deploy('two', answering('B'), { model: 'weights@latest' });
    const [before, keys] = [await test.manager.get('two'), await test.manager.keys('two')];
    const pids = [await test.pid('one'), await test.pid('two')];
    await test.workspace.addModelVersion();
    await test.stop();
    expect(pids.filter(isAlive)).toEqual([]);

    await test.start();
    expect(await test.manager.waitUntilSettled('two')).toEqual(before);
    await test.manager.waitUntilSettled('one');
    expect((await test.score('one')).text).toContain('A');
    expect((await test.score('two', keys.secondaryKey)).text).toContain('B');
  });

  it('takes up an update that was not finished', async () => {
    await test.deploy('diabetes', answering('old'));
    await test.manager.createOrUpdate('diabetes', await test.specOf(answering('new')));
    await test.stop();
    await test.start();
    await test.manager.waitUntilSettled('diabetes');
    expect((await test.score('diabetes')).text).toContain('new');
  });

  it('takes up a deletion that was not finished', async () => {
    await test.deploy('diabetes', answering('A'));
    await test.stop();
    await test.editRecord((database) =>
      database.updateTable('endpoints').set({ provisioning_state: 'Deleting' }).execute(),
    );
    await test.start();
    await eventually(() => test.manager.list()).toEqual([]);
    await eventually(() => readdir(join(test.folder, 'endpoints'))).toEqual([]);
  });

  it('tries a crash loop again, and clears its error when that works', async () => {
    const flag = join(test.folder, 'broken');
    const script = scriptWith(
      'return {};',
      `const { existsSync } = await import('node:fs'); if (existsSync('${flag}')) process.exit(3);`,
    );
    await test.deploy('flaky', script);
    await test.stop();
    await writeFile(flag, '');
    await test.start();
    expect(await test.manager.waitUntilSettled('flaky')).toMatchObject({
      provisioningState: 'Failed',
      error: { code: 'DEPLOYMENT_CRASH_LOOP' },
    });
    await test.stop();
    await rm(flag);
    await test.start();
    await eventually(async () => (await test.manager.get('flaky')).provisioningState).toBe(
      'Succeeded',
    );
    expect(await test.manager.get('flaky')).toMatchObject({ error: null });
  });
});

it('a killed server leaves no process behind, and the next one restores its endpoints', async () => {
  await test.deploy('diabetes', answering('A'));
  await test.stop();
  const server = spawn(process.execPath, [managerProcess, test.folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(server.stdout, 'data');
  const [instancePid] = await childrenOf(server.pid);
  expect(instancePid).toBeDefined();
  server.kill('SIGKILL');
  await once(server, 'exit');
  await eventually(() => isAlive(instancePid ?? 0)).toBe(false);

  await test.start();
  await test.manager.waitUntilSettled('diabetes');
  expect((await test.score('diabetes')).text).toContain('A');
});

const managerProcess = fileURLToPath(
  new URL('../testing/manager-process.fixture.ts', import.meta.url),
);

async function childrenOf(pid: number | undefined): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return rows.flatMap(([child, parent]) => (parent === pid && child !== undefined ? [child] : []));
}
