// Logged models over HTTP, and what steps of jobs may do with them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

const post = (path: string, body: object, token?: string) =>
  server.mlflow('POST', path, body, token === undefined ? {} : { token });
const get = (path: string) => server.mlflow('GET', path);

async function create(more: object = {}): Promise<string> {
  const answer = await post('logged-models', { experiment_id: '0', ...more });
  return textAt(answer, 'model.info.model_id');
}

describe('a logged model', () => {
  test('is in the shape of MLflow', async () => {
    const source_run_id = await server.run();
    const id = await create({
      name: 'm',
      model_type: 'ridge',
      source_run_id,
      params: [{ key: 'p', value: '1' }],
      tags: [{ key: 't', value: 'x' }],
    });
    const point = { key: 'rmse', value: 'Infinity', timestamp: 7, step: '2' };
    const data = { dataset_name: 'd', dataset_digest: '1' };
    await post('runs/log-metric', { run_id: source_run_id, ...point, model_id: id, ...data });
    const status = 'LOGGED_MODEL_READY';
    const ended = await server.mlflow('PATCH', `logged-models/${id}`, { model_id: id, status });
    const model = {
      info: {
        model_id: id,
        experiment_id: '0',
        name: 'm',
        artifact_uri: `mlflow-artifacts:/0/models/${id}/artifacts`,
        creation_timestamp_ms: expect.any(Number),
        last_updated_timestamp_ms: expect.any(Number),
        model_type: 'ridge',
        source_run_id,
        status,
        tags: [{ key: 't', value: 'x' }],
      },
      data: {
        params: [{ key: 'p', value: '1' }],
        metrics: [
          {
            key: 'rmse',
            value: Number.MAX_VALUE,
            timestamp: 7,
            step: 2,
            model_id: id,
            run_id: source_run_id,
            ...data,
          },
        ],
      },
    };
    expect(ended.json).toEqual({ model });
    expect((await get(`logged-models/${id}`)).json).toEqual({ model });
  });

  test('is changed, found, and hidden', async () => {
    const id = await create({ name: 'changed' });
    await post(`logged-models/${id}/params`, { params: [{ key: 'depth', value: '3' }] });
    const tags = [
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ];
    await server.mlflow('PATCH', `logged-models/${id}/tags`, { tags });
    await server.mlflow('DELETE', `logged-models/${id}/tags/a`);
    const search = { experiment_ids: ['0'], filter: "params.depth = '3'", max_results: 0 };
    expect((await post('logged-models/search', search)).json).toMatchObject({
      models: [{ info: { model_id: id, tags: [{ key: 'b' }] } }],
    });
    expect(await server.mlflow('DELETE', `logged-models/${id}`)).toMatchObject({ json: {} });
    expect((await post('logged-models/search', search)).json).toEqual({ models: [] });
    expect((await get(`logged-models/${id}`)).status).toBe(404);
    expect((await get(`logged-models/${id}?allow_deleted=true`)).status).toBe(200);
  });

  test('is found by its metrics on some data, in order, page by page', async () => {
    const run_id = await server.run();
    for (const [name, value] of [
      ['x', 2],
      ['y', 1],
    ] as const) {
      const model_id = await create({ name });
      const point = { run_id, key: 'found', value, timestamp: 1, model_id, dataset_name: 'd' };
      await post('runs/log-batch', { run_id, metrics: [point] });
    }
    const body = {
      experiment_ids: ['0'],
      datasets: [{ dataset_name: 'd' }],
      filter: 'metrics.found > 0',
      order_by: [{ field_name: 'metrics.found', ascending: true, dataset_name: 'd' }],
      max_results: 1,
    };
    const first = await post('logged-models/search', body);
    expect(first.json).toMatchObject({ models: [{ info: { name: 'y' } }] });
    const page_token = textAt(first, 'next_page_token');
    const second = await post('logged-models/search', { ...body, page_token });
    expect(second.json).toMatchObject({ models: [{ info: { name: 'x' } }] });
    expect(second.json).not.toHaveProperty('next_page_token');
  });

  test('has files of its own', async () => {
    const id = await create();
    const root = `/api/2.0/mlflow-artifacts/artifacts/0/models/${id}/artifacts`;
    expect((await server.call('PUT', `${root}/data/a.txt`, { payload: 'text' })).status).toBe(200);
    expect((await server.get(`${root}/data/a.txt`)).text).toBe('text');
    const folder = `logged-models/${id}/artifacts/directories`;
    expect((await get(folder)).json).toEqual({
      root_uri: `mlflow-artifacts:/0/models/${id}/artifacts`,
      files: [{ path: 'data', is_dir: true }],
    });
    expect((await get(`${folder}?artifact_directory_path=data`)).json).toMatchObject({
      files: [{ path: 'data/a.txt', is_dir: false, file_size: 4 }],
    });
    const outside = await get(`${folder}?artifact_directory_path=../../..`);
    expect(outside).toMatchObject({ status: 400, json: { error_code: 'INVALID_PARAMETER_VALUE' } });
  });

  test.each([
    ['POST', 'logged-models', {}, 400],
    ['POST', 'logged-models', { experiment_id: '999' }, 404],
    ['POST', 'logged-models', { experiment_id: '0', source_run_id: 'none' }, 404],
    ['POST', 'logged-models/search', {}, 400],
    ['POST', 'logged-models/search', { experiment_ids: ['0'], filter: 'nonsense' }, 400],
    ['GET', 'logged-models/m-none', undefined, 404],
    ['PATCH', 'logged-models/m-none', { status: 'LOGGED_MODEL_READY' }, 404],
    ['PATCH', 'logged-models/m-none', { status: 'READY' }, 400],
    ['DELETE', 'logged-models/m-none', undefined, 404],
    ['DELETE', 'logged-models/m-none/tags/a', undefined, 404],
    ['POST', 'logged-models/m-none/params', { params: [{ key: 'a' }] }, 404],
  ])('%s %s %j is refused', async (method, path, body, status) => {
    expect((await server.mlflow(method, path, body)).status).toBe(status);
  });
});

describe('a step of a job', () => {
  test('makes a model of its own run, and writes on it', async () => {
    const { token, runId } = await server.step();
    const made = await post('logged-models', { experiment_id: '0' }, token);
    expect(made.json).toMatchObject({ model: { info: { source_run_id: runId } } });
    const id = textAt(made, 'model.info.model_id');
    const answer = await post(`logged-models/${id}/params`, { params: [{ key: 'a' }] }, token);
    expect(answer.status).toBe(200);
    const file = `/api/2.0/mlflow-artifacts/artifacts/0/models/${id}/artifacts/MLmodel`;
    expect((await server.call('PUT', file, { payload: 'x', token })).status).toBe(200);
  });

  test('writes on no model of others, and makes none for their runs', async () => {
    const { token } = await server.step();
    const others = await create({ source_run_id: await server.run() });
    const ofNobody = await create();
    for (const id of [others, ofNobody]) {
      const status = 'LOGGED_MODEL_READY';
      const file = `/api/2.0/mlflow-artifacts/artifacts/0/models/${id}/artifacts/MLmodel`;
      const answers = [
        server.mlflow('PATCH', `logged-models/${id}`, { status }, { token }),
        server.mlflow('PATCH', `logged-models/${id}/tags`, { tags: [] }, { token }),
        server.mlflow('DELETE', `logged-models/${id}/tags/a`, undefined, { token }),
        post(`logged-models/${id}/params`, {}, token),
        server.call('PUT', file, { payload: 'x', token }),
        server.call('DELETE', file, { token }),
      ];
      for (const answer of answers) expect((await answer).status).toBe(403);
    }
    const source_run_id = await server.run();
    const making = await post('logged-models', { experiment_id: '0', source_run_id }, token);
    expect(making.status).toBe(403);
  });
});

test('a run notes the models that it used and made, and what old clients log', async () => {
  const run_id = await server.run();
  const model_id = await create();
  await post('runs/log-inputs', { run_id, models: [{ model_id }] });
  await post('runs/outputs', { run_id, models: [{ model_id, step: '3' }] });
  const model = { artifact_path: 'model', flavors: {}, utc_time_created: 't', run_id };
  for (let count = 0; count < 2; count += 1) {
    await post('runs/log-model', { run_id, model_json: JSON.stringify(model) });
  }
  const { json } = await get(`runs/get?run_id=${run_id}`);
  expect(json).toMatchObject({
    run: {
      inputs: { model_inputs: [{ model_id }] },
      outputs: { model_outputs: [{ model_id, step: 3 }] },
      data: {
        tags: [{ key: 'mlflow.log-model.history', value: JSON.stringify([model, model]) }, {}],
      },
    },
  });
  for (const model_json of ['{', '[]', '5', '{"flavors": {}}']) {
    expect((await post('runs/log-model', { run_id, model_json })).status).toBe(400);
  }
});
