import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

const post = (path: string, body: object) => server.mlflow('POST', path, body);
const get = (path: string) => server.mlflow('GET', path);

async function create(name: string, more: object = {}): Promise<string> {
  return textAt(await post('experiments/create', { name, ...more }), 'experiment_id');
}

describe('an experiment', () => {
  test('is found by its id and by its name', async () => {
    const id = await create('made', { tags: [{ key: 'a', value: 'b' }] });
    const experiment = {
      experiment_id: id,
      name: 'made',
      artifact_location: `mlflow-artifacts:/${id}`,
      lifecycle_stage: 'active',
      creation_time: expect.any(Number),
      last_update_time: expect.any(Number),
      tags: [{ key: 'a', value: 'b' }],
    };
    expect((await get(`experiments/get?experiment_id=${id}`)).json).toEqual({ experiment });
    const byName = await get('experiments/get-by-name?experiment_name=made');
    expect(byName.json).toEqual({ experiment });
  });

  test('with a name that is taken is refused', async () => {
    await create('twice');
    expect(await post('experiments/create', { name: 'twice' })).toMatchObject({
      status: 400,
      json: { error_code: 'RESOURCE_ALREADY_EXISTS' },
    });
  });

  test('that is not there is 404', async () => {
    for (const path of ['get?experiment_id=999', 'get-by-name?experiment_name=none']) {
      expect(await get(`experiments/${path}`)).toMatchObject({
        status: 404,
        json: { error_code: 'RESOURCE_DOES_NOT_EXIST' },
      });
    }
  });

  test('is renamed, tagged, hidden and shown again', async () => {
    const experiment_id = await create('old');
    const changes = [
      ['update', { new_name: 'new' }],
      ['set-experiment-tag', { key: 'k', value: 'v' }],
      ['delete', {}],
      ['restore', {}],
    ] as const;
    for (const [path, body] of changes) {
      const answer = await post(`experiments/${path}`, { experiment_id, ...body });
      expect(answer).toMatchObject({ status: 200, json: {} });
    }
    const { json } = await get(`experiments/get?experiment_id=${experiment_id}`);
    expect(json).toMatchObject({
      experiment: { name: 'new', lifecycle_stage: 'active', tags: [{ key: 'k', value: 'v' }] },
    });
  });
});

describe('a search', () => {
  test('answers to GET and POST alike, page by page', async () => {
    await create('found-1');
    await create('found-2');
    const filter = "name LIKE 'found-%'";
    const order = 'name ASC';
    const query = new URLSearchParams({ filter, order_by: order, max_results: '1' });
    const first = await get(`experiments/search?${query}`);
    expect(first.json).toMatchObject({ experiments: [{ name: 'found-1' }] });
    const page_token = textAt(first, 'next_page_token');
    const body = { filter, order_by: [order], max_results: 1, view_type: 'ALL', page_token };
    const second = await post('experiments/search', body);
    expect(second.json).toMatchObject({ experiments: [{ name: 'found-2' }] });
    expect(second.json).not.toHaveProperty('next_page_token');
  });

  test('takes several orders in a query', async () => {
    const query = 'order_by=name%20ASC&order_by=creation_time%20DESC';
    expect((await get(`experiments/search?${query}`)).status).toBe(200);
  });
});

test('a tag is deleted, once', async () => {
  const experiment_id = await create('tagged', { tags: [{ key: 'a', value: 'b' }] });
  const remove = () => post('experiments/delete-experiment-tag', { experiment_id, key: 'a' });
  expect(await remove()).toMatchObject({ status: 200, json: {} });
  expect((await remove()).status).toBe(404);
});

describe('the datasets of experiments', () => {
  test('are told once for each context, by name', async () => {
    const experiment_id = await create('with-data');
    const digest = '1';
    for (const [name, context] of [
      ['b', 'training'],
      ['b', 'training'],
      ['a', undefined],
    ] as const) {
      const run_id = await server.run({ experimentId: experiment_id });
      const tags = context === undefined ? [] : [{ key: 'mlflow.data.context', value: context }];
      const dataset = { name, digest, source_type: 'local', source: 's' };
      await post('runs/log-inputs', { run_id, datasets: [{ dataset, tags }] });
    }
    const asked = await post('experiments/search-datasets', { experiment_ids: [experiment_id] });
    expect(asked.json).toEqual({
      dataset_summaries: [
        { experiment_id, name: 'a', digest },
        { experiment_id, name: 'b', digest, context: 'training' },
      ],
    });
  });

  test.each([[[]], [Array(21).fill('0')]])('of %j are not told', async (experiment_ids) => {
    const answer = await post('experiments/search-datasets', { experiment_ids });
    expect(answer.status).toBe(400);
  });
});
