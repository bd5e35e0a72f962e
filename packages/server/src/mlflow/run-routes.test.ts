import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

const post = (path: string, body: object) => server.mlflow('POST', path, body);

describe('a run', () => {
  test('is begun in the shape of MLflow, for the artifact proxy', async () => {
    const { status, json } = await post('runs/create', {
      experiment_id: '0',
      run_name: 'first',
      user_id: 'ada',
      start_time: 1_700_000_000_000,
      tags: [{ key: 'a', value: 'b' }],
    });
    const id = expect.stringMatching(/^[0-9a-f]{32}$/);
    expect(status).toBe(200);
    expect(json).toEqual({
      run: {
        info: {
          run_id: id,
          run_uuid: id,
          run_name: 'first',
          experiment_id: '0',
          user_id: 'ada',
          status: 'RUNNING',
          start_time: 1_700_000_000_000,
          artifact_uri: expect.stringMatching(/^mlflow-artifacts:\/0\/[0-9a-f]{32}\/artifacts$/),
          lifecycle_stage: 'active',
        },
        data: {
          metrics: [],
          params: [],
          tags: [
            { key: 'a', value: 'b' },
            { key: 'mlflow.runName', value: 'first' },
          ],
        },
        inputs: { dataset_inputs: [], model_inputs: [] },
        outputs: { model_outputs: [] },
      },
    });
  });

  test('is begun with nothing said, in the default experiment', async () => {
    const answer = await server.call('POST', '/api/2.0/mlflow/runs/create');
    expect(answer.json).toMatchObject({
      run: { info: { experiment_id: '0', status: 'RUNNING', user_id: '' } },
    });
  });

  test('may name a parent that this server does not know, as in MLflow', async () => {
    const tags = [{ key: 'mlflow.parentRunId', value: 'somewhere' }];
    expect((await post('runs/create', { tags })).status).toBe(200);
  });

  test('changes its status, its end and its name', async () => {
    const run_id = await server.run();
    const update = { run_id, status: 'FINISHED', end_time: '1700000000000', run_name: 'new' };
    expect((await post('runs/update', update)).json).toMatchObject({
      run_info: { status: 'FINISHED', end_time: 1_700_000_000_000, run_name: 'new' },
    });
  });

  test('is found by its old name for the id', async () => {
    const runId = await server.run();
    const { json } = await server.mlflow('GET', `runs/get?run_uuid=${runId}`);
    expect(json).toMatchObject({ run: { info: { run_id: runId } } });
    expect((await post('runs/set-tag', { run_uuid: runId, key: 'a', value: 'b' })).status).toBe(
      200,
    );
    expect((await post('runs/update', { run_uuid: runId, status: 'KILLED' })).status).toBe(200);
  });

  test('is hidden and shown again', async () => {
    const run_id = await server.run();
    const stage = async () =>
      textAt(await server.mlflow('GET', `runs/get?run_id=${run_id}`), 'run.info.lifecycle_stage');
    expect(await post('runs/delete', { run_id })).toMatchObject({ status: 200, json: {} });
    expect(await stage()).toBe('deleted');
    expect(await post('runs/restore', { run_id })).toMatchObject({ status: 200, json: {} });
    expect(await stage()).toBe('active');
  });

  test('is the same at the prefix of the web pages of MLflow', async () => {
    const runId = await server.run();
    const { json } = await server.get(`/ajax-api/2.0/mlflow/runs/get?run_id=${runId}`);
    expect(json).toMatchObject({ run: { info: { run_id: runId } } });
  });
});

describe('a search', () => {
  test('finds runs by what was logged, in order, page by page', async () => {
    const made = await post('experiments/create', { name: 'searched' });
    const experimentId = textAt(made, 'experiment_id');
    const ids: string[] = [];
    for (const value of [3, 1, 2]) {
      const runId = await server.run({ experimentId });
      await post('runs/log-metric', { run_id: runId, key: 'loss', value, timestamp: 1 });
      ids[value] = runId;
    }
    const search = {
      experiment_ids: [experimentId],
      filter: 'metrics.loss < 3',
      order_by: ['metrics.loss ASC'],
      max_results: 1,
      run_view_type: 'ACTIVE_ONLY',
    };
    const first = await post('runs/search', search);
    expect(first.json).toMatchObject({ runs: [{ info: { run_id: ids[1] } }] });
    const page_token = textAt(first, 'next_page_token');
    const second = await post('runs/search', { ...search, page_token });
    expect(second.json).toMatchObject({ runs: [{ info: { run_id: ids[2] } }] });
    expect(second.json).not.toHaveProperty('next_page_token');
  });

  test.each([
    [{ filter: 'metrics.' }, 'filter'],
    [{ filter: 5 }, "parameter 'filter' must be string; got 5"],
    [{ max_results: 0 }, 'max_results'],
    [{ max_results: 50_001 }, 'max_results'],
    [{ max_results: 'many' }, 'max_results'],
    [{ page_token: 'made up' }, 'page_token'],
    [{ order_by: ['loss SIDEWAYS'] }, 'order'],
    [{ run_view_type: 'SOME' }, 'must be one of ACTIVE_ONLY, DELETED_ONLY, ALL'],
    [{ experiment_ids: '0' }, "parameter 'experiment_ids' must be array"],
  ])('for %j is refused', async (search, words) => {
    const answer = await post('runs/search', { experiment_ids: ['0'], ...search });
    expect(answer).toMatchObject({
      status: 400,
      json: { error_code: 'INVALID_PARAMETER_VALUE' },
    });
    expect(answer.text).toContain(words);
  });
});

describe('a request of a run that cannot be', () => {
  const none = '0'.repeat(32);

  test.each([
    ['GET', 'runs/get', undefined],
    ['POST', 'runs/update', {}],
    ['POST', 'runs/delete', {}],
    ['POST', 'runs/log-metric', { key: 'a', value: 1, timestamp: 1 }],
    ['GET', 'metrics/get-history?metric_key=a', undefined],
    ['GET', 'artifacts/list', undefined],
  ])('%s %s without a run says so in the words of MLflow', async (method, path, body) => {
    expect(await server.mlflow(method, path, body)).toMatchObject({
      status: 400,
      json: {
        error_code: 'INVALID_PARAMETER_VALUE',
        message: "Missing value for required parameter 'run_id'",
      },
    });
  });

  test.each([
    ['GET', `runs/get?run_id=${none}`, undefined],
    ['POST', 'runs/update', { run_id: none }],
    ['POST', 'runs/log-batch', { run_id: none }],
    ['POST', 'runs/delete', { run_id: none }],
    ['GET', `artifacts/list?run_id=${none}`, undefined],
  ])('%s %s of a run that is not there is 404', async (method, path, body) => {
    expect(await server.mlflow(method, path, body)).toMatchObject({
      status: 404,
      json: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: expect.stringContaining(none) },
    });
  });

  test('a status that there is not is refused with those there are', async () => {
    const { text } = await post('runs/update', { run_id: none, status: 'ASLEEP' });
    expect(text).toContain('must be one of RUNNING, SCHEDULED, FINISHED, FAILED, KILLED');
  });
});
