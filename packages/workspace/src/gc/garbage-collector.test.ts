// Removing for good: what goes, what stays, and what a kill in the midst leaves.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';
import { removeRow } from './remove-garbage.ts';

let folder: string;
let now: number;
let workspace: Workspace;

beforeEach(async () => {
  folder = await temporaryFolder();
  now = 1_000_000;
  workspace = await openWorkspace({ folder, clock: () => now });
});
afterEach(() => workspace.close());

/** A run with one of everything that can be logged. */
async function fullRun(experimentId: string): Promise<string> {
  const { runs, artifacts, loggedModels } = workspace;
  const id = (await runs.create({ experimentId })).info.run_id;
  const other = await loggedModels.create({ experimentId: '0' });
  const { model_id: modelId } = other.info;
  await runs.logBatch(id, {
    metrics: [{ key: 'm', value: 1, modelId }],
    params: { p: '1' },
    tags: { t: '1' },
  });
  const dataset = { name: 'd', digest: '1', source_type: 'local', source: 's' };
  await runs.logInputs(id, [{ dataset, tags: { 'mlflow.data.context': 'training' } }], [modelId]);
  await artifacts.write(id, 'folder/file.txt', Buffer.from('12345'));
  await artifacts.write(id, 'file.txt', Buffer.from('12345'));
  return id;
}

async function deleteThenWait(...ids: readonly string[]): Promise<void> {
  for (const id of ids) await workspace.runs.delete(id);
  now += 1_000;
}

const all = { olderThanMs: 0 };

async function rowsOf(...tables: readonly string[]): Promise<readonly number[]> {
  const counts = tables.map(async (table) => {
    const query = sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`;
    return Number((await query.execute(workspace.database.kysely)).rows[0]?.n);
  });
  return Promise.all(counts);
}

const ofRuns = [
  'runs',
  'metric_points',
  'latest_metrics',
  'params',
  'tags',
  'inputs',
  'input_tags',
];

describe('a deleted run', () => {
  test('goes with all that was logged to it, and its files', async () => {
    await deleteThenWait(await fullRun('0'));
    const report = { experiments: 0, runs: 1, loggedModels: 0, files: 2, bytes: 10, kept: 0 };
    const told = { ...report, more: false };
    expect(await workspace.garbage.collect({ ...all, dryRun: true })).toEqual({
      ...told,
      dryRun: true,
    });
    expect(await rowsOf('runs', 'metric_points')).toEqual([1, 1]);
    expect(await workspace.garbage.collect(all)).toEqual({ ...told, dryRun: false });
    expect(await rowsOf(...ofRuns, 'datasets', 'logged_model_metrics')).toEqual(
      Array(ofRuns.length + 2).fill(0),
    );
    expect(await rowsOf('artifact_removals')).toEqual([0]);
    expect(await readdir(join(folder, 'artifacts', '0'))).toEqual([]);
    expect(await workspace.garbage.collect(all)).toMatchObject({ runs: 0, files: 0 });
  });

  test('stays until it has been deleted for so long, and when it is restored', async () => {
    const id = await fullRun('0');
    await deleteThenWait(id);
    expect(await workspace.garbage.collect()).toMatchObject({ runs: 0 });
    expect(await workspace.garbage.collect({ olderThanMs: 1_001 })).toMatchObject({ runs: 0 });
    expect(await workspace.garbage.collect({ olderThanMs: 1_000, dryRun: true })).toMatchObject({
      runs: 1,
    });
    await workspace.runs.restore(id);
    expect(await workspace.garbage.collect(all)).toMatchObject({ runs: 0 });
    expect((await workspace.runs.get(id)).data.params).toHaveLength(1);
  });

  test('stays where a model version stands on its files, until that is gone', async () => {
    const { models, garbage } = workspace;
    const id = await fullRun('0');
    await models.createRegisteredModel({ name: 'm' });
    await models.createVersion({ name: 'm', source: `runs:/${id}/folder` });
    await deleteThenWait(id);
    expect(await garbage.collect(all)).toMatchObject({ runs: 0, kept: 1 });
    expect(await models.versionFolder('m', 1)).toContain(id);
    await models.deleteVersion('m', 1);
    expect(await garbage.collect(all)).toMatchObject({ runs: 1, kept: 0 });
  });

  test('leaves a dataset to the other runs that used it', async () => {
    const [id, other] = [await fullRun('0'), await fullRun('0')];
    await deleteThenWait(id);
    await workspace.garbage.collect(all);
    expect((await workspace.runs.get(other)).inputs.dataset_inputs).toMatchObject([
      { dataset: { name: 'd' }, tags: [{ value: 'training' }] },
    ]);
  });
});

describe('a run with many points', () => {
  const atOnce = 1_000;

  async function longRun(batches: number): Promise<string> {
    const { runs } = workspace;
    const id = await fullRun('0');
    for (let batch = 0; batch < batches; batch += 1) {
      const metrics = Array.from({ length: atOnce }, (_, index) => ({
        ...{ key: `long-${batch % 3}`, value: index, timestamp: 7, step: batch },
      }));
      await runs.logBatch(id, { metrics });
    }
    return id;
  }

  test('is gone for whoever reads before its points are, and lets other writers in between', async () => {
    const id = await longRun(25);
    await deleteThenWait(id);
    const { runs, garbage, experiments } = workspace;
    const seen: number[] = [];
    let isDone = false;
    const collecting = garbage.collect(all).finally(() => {
      isDone = true;
    });
    while (!isDone) {
      const isThere = await runs.get(id).then(
        ({ data }) => data.params.length === 1,
        () => false,
      );
      await experiments.setTag('0', 'turn', String(seen.length));
      const [left = 0] = await rowsOf('metric_points');
      if (!isThere) seen.push(left);
      // SQLite answers at once: without a pause nothing else would come to its turn.
      await setImmediate();
    }
    expect(await collecting).toMatchObject({ runs: 1 });
    expect(Math.max(...seen)).toBeGreaterThan(0);
    expect(await rowsOf(...ofRuns)).toEqual(Array(ofRuns.length).fill(0));
  });

  test('that was left in the midst of it is in no search, and goes with the next collection', async () => {
    const id = await longRun(1);
    const { database, runs, garbage, experiments } = workspace;
    await deleteThenWait(id);
    await database.write((writer) => removeRow(writer, { kind: 'run', id, experimentId: 0 }));
    await experiments.delete('0');
    await experiments.restore('0');
    const found = await runs.search({ experimentIds: ['0'], viewType: 'ALL' });
    expect(found.items).toEqual([]);
    const missing = { code: 'RESOURCE_DOES_NOT_EXIST' };
    await expect(runs.get(id)).rejects.toMatchObject(missing);
    await expect(runs.metricHistory(id, 'long-0')).rejects.toMatchObject(missing);
    await expect(runs.restore(id)).rejects.toMatchObject(missing);
    await expect(runs.logMetric(id, { key: 'm', value: 1 })).rejects.toMatchObject(missing);
    expect((await rowsOf('metric_points'))[0]).toBeGreaterThan(0);
    await garbage.collect(all);
    expect(await rowsOf('runs', 'metric_points', 'artifact_removals')).toEqual([0, 0, 0]);
  });
});

describe('a deleted experiment', () => {
  test('goes with its runs and logged models, and frees its name', async () => {
    const { experiments, loggedModels, artifacts, garbage } = workspace;
    const { experiment_id: id } = await experiments.create({ name: 'e', tags: { a: 'b' } });
    await fullRun(id);
    const model = await loggedModels.create({ experimentId: id, params: { a: '1' } });
    await artifacts.write(model.info.model_id, 'MLmodel', Buffer.from('123'));
    await experiments.delete(id);
    await expect(experiments.create({ name: 'e' })).rejects.toThrow('already exists');
    now += 1_000;
    const told = { experiments: 1, runs: 1, loggedModels: 1, files: 3, bytes: 13 };
    expect(await garbage.collect({ ...all, dryRun: true })).toMatchObject(told);
    expect(await garbage.collect(all)).toMatchObject(told);
    expect(await readdir(join(folder, 'artifacts', id, 'models'))).toEqual([]);
    expect((await experiments.create({ name: 'e' })).experiment_id).not.toBe(id);
  });

  test('with a run that a model version stands on stays', async () => {
    const { experiments, models, garbage } = workspace;
    const { experiment_id: id } = await experiments.create({ name: 'e' });
    const runId = await fullRun(id);
    await models.createRegisteredModel({ name: 'm' });
    await models.createVersion({ name: 'm', source: `runs:/${runId}/folder` });
    await experiments.delete(id);
    now += 1_000;
    expect(await garbage.collect(all)).toMatchObject({ experiments: 0, runs: 0, kept: 1 });
    await experiments.restore(id);
    expect((await workspace.runs.get(runId)).data.params).toHaveLength(1);
  });

  test('of the number 0 stays, as clients log into it that never chose one', async () => {
    await workspace.experiments.delete('0');
    now += 1_000;
    expect(await workspace.garbage.collect(all)).toMatchObject({ experiments: 0 });
    await workspace.experiments.restore('0');
  });
});

test('a deleted logged model goes, if no version stands on it', async () => {
  const { loggedModels, models, artifacts, garbage } = workspace;
  const [free, used] = [
    await loggedModels.create({ experimentId: '0', tags: { a: 'b' } }),
    await loggedModels.create({ experimentId: '0' }),
  ];
  await artifacts.write(free.info.model_id, 'MLmodel', Buffer.from('12'));
  await models.createRegisteredModel({ name: 'm' });
  await models.createVersion({ name: 'm', source: `models:/${used.info.model_id}` });
  for (const { info } of [free, used]) await loggedModels.delete(info.model_id);
  now += 1_000;
  expect(await garbage.collect(all)).toMatchObject({
    loggedModels: 1,
    files: 1,
    bytes: 2,
    kept: 1,
  });
  expect(await rowsOf('logged_models')).toEqual([1]);
});

test('what is removed is told in batches', async () => {
  for (let count = 0; count < 501; count += 1) {
    const { info } = await workspace.runs.create({ experimentId: '0' });
    await workspace.runs.delete(info.run_id);
  }
  now += 1_000;
  expect(await workspace.garbage.collect(all)).toMatchObject({ runs: 500, more: true });
  expect(await workspace.garbage.collect(all)).toMatchObject({ runs: 1, more: false });
}, 120_000);

test.each(['-1', 1.5, Number.NaN])('an age of %s is refused', async (olderThanMs) => {
  const collecting = workspace.garbage.collect({ olderThanMs: olderThanMs as number });
  await expect(collecting).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
});

describe('a collection that is killed', () => {
  const fixture = join(import.meta.dirname, 'collect-until-killed.fixture.ts');

  function start(): ChildProcess {
    return spawn(process.execPath, [fixture, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  }

  // Killed at another moment each time: on a run there is either all of it or nothing.
  test('leaves each run whole or gone, and the next one finishes', async () => {
    const { runs, artifacts } = workspace;
    const ids: string[] = [];
    for (let count = 0; count < 60; count += 1) {
      const { info } = await runs.create({ experimentId: '0' });
      await runs.logParam(info.run_id, 'p', '1');
      await artifacts.write(info.run_id, 'file', Buffer.from('x'));
      ids.push(info.run_id);
    }
    await deleteThenWait(...ids);
    for (let kill = 0; kill < 4; kill += 1) {
      await workspace.close();
      const collecting = start();
      await once(collecting.stdout ?? collecting, 'data');
      setTimeout(() => collecting.kill('SIGKILL'), kill * 15);
      await once(collecting, 'exit');
      workspace = await openWorkspace({ folder, clock: () => now });
      await expectWholeOrGone(ids);
    }
    await workspace.garbage.collect(all);
    expect(await rowsOf('runs', 'params', 'artifact_removals')).toEqual([0, 0, 0]);
    expect(await readdir(join(folder, 'artifacts', '0'))).toEqual([]);
  });

  async function expectWholeOrGone(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const run = await workspace.runs.get(id).catch(() => null);
      if (run === null) continue;
      expect(run.data.params).toHaveLength(1);
      expect(await workspace.artifacts.list(id)).toHaveLength(1);
    }
  }
});
