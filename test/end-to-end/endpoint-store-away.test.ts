// Endpoints whose artifact store does not answer for a while: they wait, say so, and go on by themselves.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type EndpointManager, openEndpointManager } from '../../packages/endpoints/src/index.ts';
import { EndpointStore } from '../../packages/endpoints/src/store/endpoint-store.ts';
import { TestManager, testLimits } from '../../packages/endpoints/src/testing/manager.fixture.ts';
import { answering } from '../../packages/endpoints/src/testing/scripts.fixture.ts';
import { StoreServer } from '../../packages/workspace/test/object-stores/store-server.ts';

let store: StoreServer;
let lab: TestManager;

beforeEach(async () => {
  store = await StoreServer.start('s3');
  for (const [name, value] of Object.entries(store.environment)) vi.stubEnv(name, value);
  vi.stubEnv('RIDGELINE_ARTIFACTS', store.address('team'));
  lab = await TestManager.open({ resumePauseMs: 20 });
});
afterEach(async () => {
  await lab.remove();
  await store.close();
  vi.unstubAllEnvs();
});

const waiting = {
  code: 'DEPLOYMENT_WAITING',
  message: expect.stringMatching(/waits: no answer from artifact store .* started by itself/),
};

function eventually<T>(value: () => T) {
  return expect.poll(value, { timeout: 60_000 });
}

async function untilWaiting(manager: EndpointManager, name: string): Promise<void> {
  await eventually(async () => (await manager.get(name)).error).toMatchObject(waiting);
}

async function untilTried(manager: EndpointManager, name: string, times: number): Promise<void> {
  const tries = async () => (await manager.logs(name)).split('it is tried again in').length - 1;
  await eventually(tries).toBeGreaterThanOrEqual(times);
}

async function untilServing(manager: EndpointManager, name: string): Promise<void> {
  await eventually(() => manager.get(name)).toMatchObject({
    ...{ provisioningState: 'Succeeded', error: null },
    deployments: [{ state: 'Ready', traffic: 100 }],
  });
}

test('an instance that dies meanwhile is started once the store is back, however long that takes', async () => {
  await lab.deploy('diabetes', answering('A'));
  const pid = await lab.pid('diabetes');
  await store.kill();
  process.kill(pid, 'SIGKILL');
  await untilWaiting(lab.manager, 'diabetes');
  // More often than what crashes is tried.
  await untilTried(lab.manager, 'diabetes', (testLimits.maxRestarts ?? 0) + 2);
  expect(await lab.manager.get('diabetes')).toMatchObject({
    ...{ provisioningState: 'Succeeded', error: waiting, deployments: [{ state: 'Starting' }] },
  });
  expect(await lab.score('diabetes')).toMatchObject({ status: 503 });
  await store.resume();
  await untilServing(lab.manager, 'diabetes');
  expect(await lab.score('diabetes')).toMatchObject({ status: 200 });
}, 120_000);

test('a server that starts meanwhile brings up what is recorded, and takes what is not wanted any more back', async () => {
  await lab.deploy('old', answering('A'));
  await lab.deploy('gone', answering('A'));
  const spec = await lab.specOf(answering('B'));
  await lab.manager.stop();
  const { workspace } = lab.workspace;
  const wanted = { ...spec, modelName: 'weights', modelVersion: '1', deploymentName: 'blue' };
  const details = { description: '', tags: {}, environmentVariables: {} };
  const records = await EndpointStore.open(workspace.database, Date.now);
  for (const name of ['new', 'old']) {
    await records.recordWanted(name, {
      ...{ ...wanted, ...details, codeId: spec.codeId ?? null },
      scoringScript: spec.scoringScript ?? null,
    });
  }
  await store.kill();
  const manager = await openEndpointManager(workspace, {
    ...{ ...testLimits, resumePauseMs: 20, publicUrl: () => '', onError: () => {} },
  });
  await manager.start();
  for (const name of ['old', 'new', 'gone']) await untilWaiting(manager, name);
  await expect(manager.createOrUpdate('later', spec)).rejects.toMatchObject({
    ...{ code: 'ARTIFACT_STORE_UNREACHABLE', status: 503 },
  });
  await manager.delete('gone');
  expect((await manager.list()).map(({ name }) => name)).toEqual(['new', 'old']);
  await store.resume();
  for (const name of ['old', 'new']) await untilServing(manager, name);
  const { primaryKey } = await manager.keys('old');
  const { status } = await manager.forward('old', {
    ...{ method: 'GET', path: '/swagger.json', body: null },
    headers: { authorization: `Bearer ${primaryKey}` },
  });
  expect(status).toBe(200);
  await manager.stop();
}, 120_000);
