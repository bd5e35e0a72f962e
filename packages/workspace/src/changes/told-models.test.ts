// What is told of logged models, and of what garbage collection removes.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';
import type { Change } from './change.ts';
import { type ChangeFilter, changeTest } from './change-filter.ts';
import type { ChangeReader } from './change-reader.ts';

let workspace: Workspace;
let reader: ChangeReader;
let now: number;

beforeEach(async () => {
  now = 1_000;
  workspace = await openWorkspace({ folder: await temporaryFolder(), clock: () => now });
  reader = workspace.changes.read();
});
afterEach(() => workspace.close());

async function take(count: number, filter: ChangeFilter = {}): Promise<readonly (Change | null)[]> {
  const test = changeTest(filter);
  const taken: (Change | null)[] = [];
  while (taken.length < count) {
    await reader.wait(1_000);
    for (const { change, place } of reader.next()) {
      if (change !== null && test(change, place)) taken.push(change);
    }
  }
  return taken;
}

const newRun = async () => (await workspace.runs.create({ experimentId: '0' })).info.run_id;

async function newModel(sourceRunId?: string): Promise<string> {
  const from = sourceRunId === undefined ? {} : { sourceRunId };
  return (await workspace.loggedModels.create({ experimentId: '0', name: 'm', ...from })).info
    .model_id;
}

test('a logged model is told from its creation to its removal, to who reads of its run too', async () => {
  const { loggedModels, runs, garbage } = workspace;
  const runId = await newRun();
  const modelId = await newModel(runId);
  const other = await newModel();
  await loggedModels.logParams(modelId, { p: '1', q: '2' });
  await loggedModels.setTags(modelId, { t: '1' });
  await loggedModels.setTags(other, { t: '1' });
  await loggedModels.deleteTag(modelId, 't');
  const points = [
    { key: 'rmse', value: 1, timestamp: 5, step: 0, modelId },
    { key: 'loss', value: 2, timestamp: 5, step: 0 },
    { key: 'rmse', value: 3, timestamp: 5, step: 1, modelId: other },
  ];
  await runs.logBatch(runId, { metrics: points });
  await loggedModels.finalize(modelId, 'READY');
  await loggedModels.delete(modelId);
  now += 1_000;
  await garbage.collect({ olderThanMs: 0 });
  const model = { kind: 'loggedModel', modelId, experimentId: '0', runId };
  expect(await take(8, { loggedModel: modelId })).toEqual([
    { ...model, action: 'created', name: 'm', status: 'PENDING' },
    { ...model, action: 'updated', params: ['p', 'q'] },
    { ...model, action: 'updated', tags: ['t'] },
    { ...model, action: 'updated', tags: ['t'] },
    {
      ...{ kind: 'metrics', runId, modelId, count: 1 },
      metrics: [{ key: 'rmse', value: 1, timestamp: 5, step: 0 }],
    },
    { ...model, action: 'updated', status: 'READY' },
    { ...model, action: 'deleted' },
    { kind: 'loggedModel', modelId, experimentId: '0', action: 'removed' },
  ]);
  reader = workspace.changes.read(`${workspace.changes.epoch}-1`);
  const ofRun = await take(9, { runId });
  // Those of the other model that the run has measured, and its own, are told apart.
  expect(ofRun.filter((change) => change?.kind === 'metrics')).toMatchObject([
    { modelId, count: 1 },
    { count: 1, metrics: [{ key: 'loss' }] },
    { modelId: other, count: 1 },
  ]);
});

test('a logged model is told of when it is registered', async () => {
  const modelId = await newModel();
  await workspace.models.createRegisteredModel({ name: 'm' });
  await workspace.models.createVersion({ name: 'm', source: `models:/${modelId}` });
  expect(
    await take(2, { loggedModel: modelId, model: 'm', kinds: new Set(['loggedModel']) }),
  ).toEqual([
    expect.objectContaining({ action: 'created' }),
    {
      ...{ kind: 'loggedModel', action: 'updated', modelId },
      experimentId: '0',
      tags: ['mlflow.modelVersions'],
    },
  ]);
});

test('a refused change of a logged model is not told', async () => {
  const { loggedModels } = workspace;
  const modelId = await newModel();
  await loggedModels.logParams(modelId, { p: '1' });
  await take(2);
  await Promise.allSettled([
    loggedModels.logParams(modelId, { p: '2' }),
    loggedModels.deleteTag(modelId, 'none'),
    loggedModels.finalize('m-none', 'READY'),
    loggedModels.delete('m-none'),
    loggedModels.create({ experimentId: '99' }),
  ]);
  await loggedModels.delete(modelId);
  expect(await take(1)).toMatchObject([{ kind: 'loggedModel', action: 'deleted' }]);
});

test('what garbage collection removes is told, and nothing of what it would remove', async () => {
  const { experiments, runs, garbage } = workspace;
  const { experiment_id: experimentId } = await experiments.create({ name: 'old' });
  const { run_id: runId } = (await runs.create({ experimentId })).info;
  await experiments.delete(experimentId);
  const kept = await newRun();
  now += 1_000;
  await garbage.collect({ olderThanMs: 0, dryRun: true });
  await garbage.collect({ olderThanMs: 0 });
  await runs.setTag(kept, 'last', '');
  const told = await take(7);
  expect(told.slice(-3)).toEqual([
    { kind: 'run', action: 'removed', runId, experimentId },
    { kind: 'experiment', action: 'removed', experimentId },
    { kind: 'tags', runId: kept, keys: ['last'] },
  ]);
});
