import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TestApp } from '../../test/test-app.ts';

let server: TestApp;
let run_id: string;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());
beforeEach(async () => {
  run_id = await server.run();
});

const post = (path: string, body: object) => server.mlflow('POST', path, { run_id, ...body });

async function logged() {
  const { json } = await server.mlflow('GET', `runs/get?run_id=${run_id}`);
  return (json as { run: { data: Record<string, object[]>; inputs: object } }).run;
}

async function history(key: string, query = '') {
  const path = `metrics/get-history?run_id=${run_id}&metric_key=${key}${query}`;
  return (await server.mlflow('GET', path)).json;
}

describe('a metric', () => {
  const point = { key: 'm', timestamp: 5, step: 0 };

  test.each([
    [1.5, 1.5],
    [-0.25, -0.25],
    ['2.5', 2.5],
    ['1e-3', 0.001],
    ['NaN', 'NaN'],
    // As MLflow stores them.
    ['Infinity', Number.MAX_VALUE],
    ['-Infinity', -Number.MAX_VALUE],
  ])('%s comes back as %s', async (value, expected) => {
    expect(await post('runs/log-metric', { ...point, value })).toMatchObject({
      status: 200,
      json: {},
    });
    expect((await logged()).data.metrics).toEqual([{ ...point, value: expected }]);
    expect(await history('m')).toEqual({ metrics: [{ ...point, value: expected }] });
  });

  test.each(['', ' ', 'one', 'nan', '1,5', 'Infinit', '--1'])(
    'of %j is refused, and says what may be sent',
    async (value) => {
      expect(await post('runs/log-metric', { ...point, value })).toMatchObject({
        status: 400,
        json: {
          error_code: 'INVALID_PARAMETER_VALUE',
          message: expect.stringContaining(`metric 'm' is not a number; send one, or "NaN"`),
        },
      });
      expect((await logged()).data.metrics).toEqual([]);
    },
  );

  test.each([null, undefined, true, [], {}])('of %j is refused', async (value) => {
    const answer = await post('runs/log-metric', { ...point, value });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain("parameter 'value'");
  });

  test('takes its time and step as text, too, and makes up the time', async () => {
    await post('runs/log-metric', { key: 'm', value: 1, timestamp: '1700000000000', step: '-7' });
    const expected = { key: 'm', value: 1, timestamp: 1_700_000_000_000, step: -7 };
    expect((await logged()).data.metrics).toEqual([expected]);
    expect((await post('runs/log-metric', { key: 'n', value: 1 })).status).toBe(200);
  });

  test.each([
    { timestamp: '1.5' },
    { timestamp: 'now' },
    { timestamp: -1 },
    { timestamp: 1e300 },
    { timestamp: '9'.repeat(16) },
    { timestamp: '9'.repeat(40) },
    { step: 0.5 },
    { step: '' },
    { step: {} },
  ])('with %j is refused', async (wrong) => {
    const answer = await post('runs/log-metric', { ...point, value: 1, ...wrong });
    expect(answer).toMatchObject({ status: 400, json: { error_code: 'INVALID_PARAMETER_VALUE' } });
  });

  test('keeps all its points, and comes in pages', async () => {
    const metrics = [1, 2, 3].map((step) => ({ key: 'm', value: step / 2, timestamp: step, step }));
    await post('runs/log-batch', { metrics });
    expect((await logged()).data.metrics).toEqual([metrics[2]]);
    expect(await history('m')).toEqual({ metrics });
    const first = await history('m', '&max_results=2');
    expect(first).toEqual({ metrics: metrics.slice(0, 2), next_page_token: expect.any(String) });
    const { next_page_token: token } = first as { next_page_token: string };
    const second = await history('m', `&max_results=2&page_token=${encodeURIComponent(token)}`);
    expect(second).toEqual({ metrics: [metrics[2]] });
  });

  test('that was never logged has an empty history', async () => {
    expect(await history('other')).toEqual({ metrics: [] });
  });
});

describe('a param', () => {
  test('is written once: the same value again is fine, another is refused', async () => {
    const log = (value: string) => post('runs/log-parameter', { key: 'p', value });
    expect((await log('1')).status).toBe(200);
    expect((await log('1')).status).toBe(200);
    expect(await log('2')).toMatchObject({
      status: 400,
      json: {
        error_code: 'INVALID_PARAMETER_VALUE',
        message: expect.stringContaining('Changing param values is not allowed'),
      },
    });
    expect((await logged()).data.params).toEqual([{ key: 'p', value: '1' }]);
  });

  test('without a value is empty, as protobuf has it', async () => {
    await post('runs/log-parameter', { key: 'p' });
    expect((await logged()).data.params).toEqual([{ key: 'p', value: '' }]);
  });
});

test('a tag is set, set again, and deleted', async () => {
  const tag = async () => {
    const { data } = await logged();
    return data.tags?.find((each) => 'key' in each && each.key === 't');
  };
  await post('runs/set-tag', { key: 't', value: '1' });
  await post('runs/set-tag', { key: 't', value: '2' });
  expect(await tag()).toEqual({ key: 't', value: '2' });
  expect((await post('runs/delete-tag', { key: 't' })).json).toEqual({});
  expect(await tag()).toBeUndefined();
  expect((await post('runs/delete-tag', { key: 't' })).status).toBe(404);
});

describe('a batch', () => {
  const metrics = [{ key: 'm', value: 'NaN', timestamp: 1, step: 0 }];
  const params = [{ key: 'p', value: '1' }];
  const tags = [{ key: 't', value: '1' }];

  test('logs all of it', async () => {
    expect((await post('runs/log-batch', { metrics, params, tags })).json).toEqual({});
    const { data } = await logged();
    expect(data).toMatchObject({ metrics, params });
    expect(data.tags).toContainEqual(tags[0]);
  });

  test('takes null for nothing, however deep, as protobuf does', async () => {
    const spare = { metrics: [{ key: 'm', value: 1, timestamp: null, step: null }], params: null };
    expect((await post('runs/log-batch', spare)).status).toBe(200);
    expect((await logged()).data.metrics).toMatchObject([{ key: 'm', value: 1, step: 0 }]);
  });

  test.each([
    [{ metrics: [...metrics, { key: 'n', value: 'one' }] }, "metric 'n'"],
    [{ params: [...params, { key: 'p', value: '2' }] }, 'Duplicate parameter keys'],
    [{ tags: [...tags, { key: '', value: '' }] }, 'tag name must not be empty'],
    [{ tags: [...tags, { value: '' }] }, "required parameter 'tags[1].key'"],
    [{ tags: [...tags, null] }, "parameter 'tags[1]' must be object; got nothing"],
    [{ metrics: Array(1001).fill(metrics[0]) }, 'at most 1000 metrics'],
    [{ params: [{ key: 'p', value: 5 }] }, "parameter 'params[0].value' must be string; got 5"],
  ])('with %j in it is refused whole', async (wrong, words) => {
    const answer = await post('runs/log-batch', { metrics, params, tags, ...wrong });
    expect(answer).toMatchObject({ status: 400, json: { error_code: 'INVALID_PARAMETER_VALUE' } });
    expect(answer.text).toContain(words);
    expect((await logged()).data).toMatchObject({ metrics: [], params: [] });
  });
});

test('the data that a run used is noted with it', async () => {
  const dataset = { name: 'd', digest: '1', source_type: 'local', source: 'x', schema: '{}' };
  const datasets = [{ dataset, tags: [{ key: 'mlflow.data.context', value: 'training' }] }];
  expect((await post('runs/log-inputs', { datasets })).json).toEqual({});
  expect((await logged()).inputs).toEqual({ dataset_inputs: datasets, model_inputs: [] });
});
