import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hangUp, json, RecordingServer, testClient } from '../../test/recording-server.ts';
import type { RidgelineClient } from '../ridgeline-client.ts';
import { modelFilter } from './model-filter.ts';
import { cutBatches } from './run-batches.ts';

let server: RecordingServer;
let client: RidgelineClient;
beforeEach(async () => {
  server = await RecordingServer.start();
  client = testClient(server.url);
});
afterEach(() => server.stop());

const notThere = json({ error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'none' }, 404);
const taken = json({ error_code: 'RESOURCE_ALREADY_EXISTS', message: 'taken' }, 400);

describe('experiments', () => {
  const experiment = { experiment_id: '7', name: 'a b' };

  it('are found by id and by name', async () => {
    server.answer(json({ experiment }));
    expect(await client.experiments.getById('7')).toEqual(experiment);
    expect(await client.experiments.getByName('a b')).toEqual(experiment);
    expect(server.lines).toEqual([
      'GET /api/2.0/mlflow/experiments/get?experiment_id=7',
      'GET /api/2.0/mlflow/experiments/get-by-name?experiment_name=a+b',
    ]);
  });

  it('are made where there is none of the name', async () => {
    server.answer(notThere, json({ experiment_id: '7' }), json({ experiment }));
    expect(await client.experiments.getOrCreate('a b')).toEqual(experiment);
    expect(server.lines[1]).toBe('POST /api/2.0/mlflow/experiments/create');
  });

  it('are taken from whoever made them first', async () => {
    server.answer(notThere, taken, json({ experiment }));
    expect(await client.experiments.getOrCreate('a b')).toEqual(experiment);
  });

  it('are searched a page at a time, and the question may be repeated', async () => {
    server.answer(hangUp, json({ experiments: [experiment] }));
    expect(await client.experiments.search()).toEqual({ experiments: [experiment] });
    expect(server.jsonBodies[1]).toEqual({ max_results: 1000 });
  });

  it('that cannot be made say why', async () => {
    server.answer(json({ error_code: 'PERMISSION_DENIED', message: 'no' }, 403));
    await expect(client.experiments.getOrCreate('x')).rejects.toMatchObject({ status: 403 });
  });
});

describe('runs', () => {
  it('are made, read and ended', async () => {
    server.answer(json({ run: { info: { run_id: 'r' } } }));
    await client.runs.create({ experimentId: '1', runName: 'n', startTime: 5, tags: { a: 'b' } });
    await client.runs.get('r');
    await client.runs.update('r', { status: 'FINISHED', endTime: 9 });
    expect(server.lines.map((line) => line.replace('/api/2.0/mlflow', ''))).toEqual([
      'POST /runs/create',
      'GET /runs/get?run_id=r',
      'POST /runs/update',
    ]);
    expect(JSON.parse(String(server.requests[0]?.body))).toEqual({
      experiment_id: '1',
      run_name: 'n',
      start_time: 5,
      tags: [{ key: 'a', value: 'b' }],
    });
  });

  it('take what is logged again after a lost connection, with the same time', async () => {
    server.answer(hangUp, json({}));
    const metrics = [{ key: 'mse', value: 1, timestamp: 17, step: 0 }];
    await client.runs.logBatch('r', { metrics });
    expect(server.jsonBodies).toEqual([
      { run_id: 'r', metrics },
      { run_id: 'r', metrics },
    ]);
  });

  it('are not made twice', async () => {
    server.answer(hangUp, json({}));
    const making = client.runs.create({ experimentId: '1' });
    await expect(making).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });

  it('give a metric history over all its pages', async () => {
    const point = (step: number) => ({ key: 'm', value: step, timestamp: 1, step });
    server.answer(
      json({ metrics: [point(0), point(1)], next_page_token: 'p 2' }),
      json({ metrics: [point(2)], next_page_token: '' }),
    );
    expect(await client.runs.metricHistory('r', 'm')).toEqual([point(0), point(1), point(2)]);
    expect(server.lines[1]).toContain('page_token=p+2');
  });

  it('take inputs, forget tags and are searched', async () => {
    server.answer(json({}));
    await client.runs.logInputs('r', []);
    await client.runs.deleteTag('r', 'k');
    await client.runs.search({ experiment_ids: ['1'], filter: "tags.a = 'b'" });
    expect(server.jsonBodies).toEqual([
      { run_id: 'r', datasets: [] },
      { run_id: 'r', key: 'k' },
      { experiment_ids: ['1'], filter: "tags.a = 'b'" },
    ]);
  });
});

it('a batch is cut into requests that the server takes, in order and whole', () => {
  const pairs = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ key: `k${i}`, value: 'v' }));
  const metrics = pairs(2500).map(({ key }) => ({ key, value: 1, timestamp: 1, step: 0 }));
  const cut = cutBatches({ params: pairs(101), tags: pairs(100), metrics });
  expect(cut.map((part) => Object.values(part).map((items) => items.length))).toEqual([
    [100],
    [1],
    [100],
    [1000],
    [1000],
    [500],
  ]);
  expect(cut.flatMap((part) => part.params ?? [])).toEqual(pairs(101));
  expect(cutBatches({})).toEqual([]);
});

describe('models', () => {
  const version = { name: 'm', version: '3', tags: [{ key: 'mse', value: '1.5' }] };

  it('are made, or taken as they are', async () => {
    server.answer(taken, json({ registered_model: { name: 'm' } }));
    expect(await client.models.getOrCreate('m')).toEqual({ name: 'm' });
    server.answer(json({ registered_model: { name: 'n' } }));
    expect(await client.models.getOrCreate('n')).toEqual({ name: 'n' });
  });

  it('get a version with source, run and tags', async () => {
    server.answer(json({ model_version: version }));
    const source = 'runs:/r/outputs/model';
    await client.models.createVersion({ name: 'm', source, runId: 'r', tags: { mse: '1.5' } });
    expect(server.jsonBodies).toEqual([{ name: 'm', source, run_id: 'r', tags: version.tags }]);
  });

  it('never get the same version twice by a repeat', async () => {
    server.answer(hangUp, json({ model_version: version }));
    const creating = client.models.createVersion({ name: 'm', source: 's' });
    await expect(creating).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    expect(server.requests).toHaveLength(1);
  });

  it('give the latest version with all the tags asked for, or null', async () => {
    server.answer(json({ model_versions: [version] }), json({}));
    expect(await client.models.latestVersion('m', { experiment_name: 'e' })).toEqual(version);
    expect(await client.models.latestVersion('m')).toBeNull();
    const query = new URL(`http://h${server.requests[0]?.url}`).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      filter: "name = 'm' and tags.experiment_name = 'e'",
      max_results: '1',
      order_by: 'version_number DESC',
    });
  });

  it('are read, searched, tagged, aliased, described and deleted by their routes', async () => {
    server.answer(json({ registered_model: {}, model_version: version }));
    await client.models.get('a/b');
    await client.models.search();
    await client.models.getVersion('m', '3');
    await client.models.setVersionTag('m', '3', 'k', 'v');
    await client.models.setAlias('m', 'champion', '3');
    await client.models.getVersionByAlias('m', 'champion');
    await client.models.updateVersion('m', '3', 'words');
    await client.models.deleteVersion('m', '3');
    expect(server.lines.map((line) => line.replace('/api/2.0/mlflow', ''))).toEqual([
      'GET /registered-models/get?name=a%2Fb',
      'GET /registered-models/search',
      'GET /model-versions/get?name=m&version=3',
      'POST /model-versions/set-tag',
      'POST /registered-models/alias',
      'GET /registered-models/alias?name=m&alias=champion',
      'PATCH /model-versions/update',
      'DELETE /model-versions/delete',
    ]);
  });

  it.each([
    ['m', {}, "name = 'm'"],
    ["o'neill", {}, "name = 'o''neill'"],
    ['m', { 'a-b c': 'x' }, "name = 'm' and tags.`a-b c` = 'x'"],
  ])('filter %#', (name, tags, filter) => {
    expect(modelFilter(name, tags)).toBe(filter);
  });
});
