import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkspace, type Workspace } from '@ridgeline/workspace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { servingDeployment, wantedDeployment } from './endpoint-record.ts';
import { EndpointStore } from './endpoint-store.ts';
import type { ResolvedSpec } from './record-wanted.ts';

const failure = { code: 'DEPLOYMENT_START_FAILED', message: 'm', details: 'd' };
const crashLoop = { ...failure, code: 'DEPLOYMENT_CRASH_LOOP' };

let folder: string;
let workspace: Workspace;
let store: EndpointStore;
let now = 1000;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'endpoint-store-'));
  workspace = await openWorkspace({ folder });
  store = await EndpointStore.open(workspace.database, () => now);
});
afterEach(async () => {
  await workspace.close();
  await rm(folder, { recursive: true });
});

function version(modelVersion: string, change: Partial<ResolvedSpec> = {}): ResolvedSpec {
  return {
    modelName: 'm',
    modelVersion,
    codeId: null,
    scoringScript: null,
    description: '',
    tags: {},
    deploymentName: 'blue',
    environmentVariables: {},
    ...change,
  };
}

/** Generation, traffic and state of each deployment, in short. */
async function deployments(name = 'a'): Promise<string[]> {
  const record = await store.get(name);
  return (record?.deployments ?? []).map((d) => `${d.generation} ${d.traffic} ${d.state}`);
}

it('gives back what was recorded', async () => {
  now = 5000;
  const spec = version('7', {
    description: 'd',
    tags: { a: 'b' },
    codeId: 'c',
    scoringScript: 's.ts',
    environmentVariables: { X: 'y' },
  });
  await store.recordWanted('a', spec);
  expect(await store.get('a')).toEqual({
    name: 'a',
    description: 'd',
    tags: { a: 'b' },
    provisioningState: 'Creating',
    error: null,
    createdAt: 5000,
    updatedAt: 5000,
    deployments: [
      {
        generation: 1,
        name: 'blue',
        modelName: 'm',
        modelVersion: '7',
        codeId: 'c',
        scoringScript: 's.ts',
        environmentVariables: { X: 'y' },
        traffic: 0,
        state: 'Starting',
      },
    ],
  });
  expect(await store.get('b')).toBeNull();
});

it('lists by name, each with its own deployments', async () => {
  for (const name of ['b', 'a']) await store.recordWanted(name, version('1'));
  const records = await store.list();
  expect(records.map((record) => [record.name, record.deployments.length])).toEqual([
    ['a', 1],
    ['b', 1],
  ]);
});

describe('the life of a deployment', () => {
  it('first, it is wanted; promoted, it serves', async () => {
    await store.recordWanted('a', version('1'));
    expect(await store.recordPromoted('a', 1)).toBe(true);
    expect(await deployments()).toEqual(['1 100 Ready']);
    expect(await store.get('a')).toMatchObject({ provisioningState: 'Succeeded' });
  });

  it('an update waits beside the one that serves, then takes its place', async () => {
    await store.recordWanted('a', version('1'));
    await store.recordPromoted('a', 1);
    await store.recordWanted('a', version('2'));
    expect(await deployments()).toEqual(['1 100 Ready', '2 0 Starting']);
    expect(await store.get('a')).toMatchObject({ provisioningState: 'Updating' });
    await store.recordPromoted('a', 2);
    expect(await deployments()).toEqual(['2 100 Ready']);
  });

  it('a failed update stays to be seen until the next one', async () => {
    await store.recordWanted('a', version('1'));
    await store.recordPromoted('a', 1);
    await store.recordWanted('a', version('2'));
    await store.recordFailed('a', 2, failure);
    expect(await deployments()).toEqual(['1 100 Ready', '2 0 Failed']);
    expect(await store.get('a')).toMatchObject({ provisioningState: 'Failed', error: failure });
    await store.recordWanted('a', version('3'));
    expect(await deployments()).toEqual(['1 100 Ready', '3 0 Starting']);
    expect(await store.get('a')).toMatchObject({ provisioningState: 'Updating', error: null });
  });

  it('one that a newer has replaced can neither be promoted nor fail', async () => {
    await store.recordWanted('a', version('1'));
    await store.recordWanted('a', version('2'));
    expect(await store.recordPromoted('a', 1)).toBe(false);
    await store.recordFailed('a', 1, failure);
    expect(await deployments()).toEqual(['2 0 Starting']);
    expect(await store.get('a')).toMatchObject({ provisioningState: 'Creating', error: null });
  });

  it('a promotion does not touch a newer wish', async () => {
    await store.recordWanted('a', version('1'));
    await store.recordPromoted('a', 1);
    await store.recordWanted('a', version('2'));
    await store.recordPromoted('a', 1);
    expect(await deployments()).toEqual(['1 100 Ready', '2 0 Starting']);
  });

  it('a crash loop ends when it runs again, the error of a failed update does not', async () => {
    await store.recordWanted('a', version('1'));
    await store.recordPromoted('a', 1);
    await store.recordFailed('a', 1, crashLoop);
    await store.recordRestarting('a', 1);
    expect(await deployments()).toEqual(['1 100 Starting']);
    await store.recordRunning('a', 1);
    expect(await store.get('a')).toMatchObject({ provisioningState: 'Succeeded', error: null });

    await store.recordWanted('a', version('2'));
    await store.recordFailed('a', 2, failure);
    await store.recordRestarting('a', 1);
    await store.recordRunning('a', 1);
    expect(await store.get('a')).toMatchObject({ provisioningState: 'Failed', error: failure });
  });
});

it('a wait is over when it runs, and hides no error of a failed update', async () => {
  const waiting = { ...failure, code: 'DEPLOYMENT_WAITING', details: '' };
  await store.recordWanted('a', version('1'));
  await store.recordWaiting('a', 1, waiting);
  expect(await store.get('a')).toMatchObject({ provisioningState: 'Creating', error: waiting });
  await store.recordPromoted('a', 1);
  expect(await store.get('a')).toMatchObject({ provisioningState: 'Succeeded', error: null });
  await store.recordWaiting('a', 1, waiting);
  expect(await store.get('a')).toMatchObject({
    error: waiting,
    deployments: [{ state: 'Starting' }],
  });
  await store.recordRunning('a', 1);
  expect(await store.get('a')).toMatchObject({ provisioningState: 'Succeeded', error: null });

  await store.recordWanted('a', version('2'));
  await store.recordFailed('a', 2, failure);
  await store.recordWaiting('a', 1, waiting);
  expect(await store.get('a')).toMatchObject({ provisioningState: 'Failed', error: failure });
  // One that nobody knows any more changes nothing.
  await store.recordWaiting('a', 9, waiting);
  expect(await store.get('a')).toMatchObject({ error: failure });
});

it('what serves and what is wanted can be told from the record', async () => {
  await store.recordWanted('a', version('1'));
  await store.recordPromoted('a', 1);
  await store.recordFailed('a', 1, crashLoop);
  await store.recordWanted('a', version('2'));
  const record = await store.get('a');
  expect(record && servingDeployment(record)?.generation).toBe(1);
  expect(record && wantedDeployment(record)?.generation).toBe(2);
});

it('a deletion is not undone by a roll-out that ends at the same time', async () => {
  await store.recordWanted('a', version('1'));
  await store.recordDeleting('a');
  await store.recordPromoted('a', 1);
  expect(await store.get('a')).toMatchObject({ provisioningState: 'Deleting' });
  await expect(store.recordWanted('a', version('2'))).rejects.toMatchObject({
    code: 'ENDPOINT_BEING_DELETED',
    status: 409,
  });
  await store.remove('a');
  expect(await store.list()).toEqual([]);
  await store.recordWanted('a', version('1'));
  expect(await deployments()).toEqual(['1 0 Starting']);
});

it('names that differ in case only do not go together', async () => {
  await store.recordWanted('Abc', version('1'));
  await expect(store.recordWanted('aBC', version('1'))).rejects.toMatchObject({
    code: 'ENDPOINT_NAME_IN_USE',
    status: 409,
  });
});

it('opens again on what is there', async () => {
  await store.recordWanted('a', version('1'));
  const again = await EndpointStore.open(workspace.database, () => now);
  expect(await again.list()).toEqual(await store.list());
});
