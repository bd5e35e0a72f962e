import { beforeEach, describe, expect, test } from 'vitest';
import { useTemporaryDatabase } from '../database/temporary-database.fixture.ts';
import type { CreateRun } from './create-run.ts';
import { Runs } from './runs.ts';

const temporary = useTemporaryDatabase();
let now = 1_000;
let runs: Runs;

beforeEach(() => {
  now = 1_000;
  runs = new Runs({ database: temporary.database, clock: () => now });
});

async function newRunId(): Promise<string> {
  return (await runs.create({ experimentId: '0' })).info.run_id;
}

describe('creating', () => {
  test("gives a run in MLflow's shape", async () => {
    const run = await runs.create({
      experimentId: '0',
      runName: 'first',
      tags: { 'mlflow.source.type': 'JOB' },
      userId: 'ada',
    });
    const id = run.info.run_id;
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(run).toEqual({
      info: {
        run_id: id,
        run_uuid: id,
        run_name: 'first',
        experiment_id: '0',
        user_id: 'ada',
        status: 'RUNNING',
        start_time: 1_000,
        artifact_uri: `mlflow-artifacts:/0/${id}/artifacts`,
        lifecycle_stage: 'active',
      },
      data: {
        metrics: [],
        params: [],
        tags: [
          { key: 'mlflow.runName', value: 'first' },
          { key: 'mlflow.source.type', value: 'JOB' },
        ],
      },
      inputs: { dataset_inputs: [], model_inputs: [] },
      outputs: { model_outputs: [] },
    });
    expect(await runs.get(id)).toEqual(run);
    expect(await runs.experimentIdOf(id)).toBe('0');
  });

  test('a run without a name is named after its id', async () => {
    const { info } = await runs.create({ experimentId: '0' });
    expect(info.run_name).toBe(`run-${info.run_id.slice(0, 8)}`);
  });

  test('the name may come as the tag, or as both when they agree', async () => {
    const tags = [{ key: 'mlflow.runName', value: 'tagged' }];
    expect((await runs.create({ experimentId: '0', tags })).info.run_name).toBe('tagged');
    const both = await runs.create({ experimentId: '0', tags, runName: 'tagged' });
    expect(both.info.run_name).toBe('tagged');
    const differing = runs.create({ experimentId: '0', tags, runName: 'other' });
    await expect(differing).rejects.toThrow('with different values');
  });

  test('a child names its parent by the tag mlflow.parentRunId', async () => {
    const parentRunId = await newRunId();
    const child = await runs.create({ experimentId: '0', parentRunId });
    expect(child.data.tags).toContainEqual({ key: 'mlflow.parentRunId', value: parentRunId });
    const found = await runs.search({
      experimentIds: ['0'],
      filter: `tags.mlflow.parentRunId = '${parentRunId}'`,
    });
    expect(found.items.map((run) => run.info.run_id)).toEqual([child.info.run_id]);
  });

  test('a parent that is not there is RESOURCE_DOES_NOT_EXIST, and no run is left', async () => {
    const creating = runs.create({ experimentId: '0', parentRunId: 'f'.repeat(32) });
    await expect(creating).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST', status: 404 });
    expect((await runs.search({ experimentIds: ['0'] })).items).toEqual([]);
  });

  test('an id of the caller is taken once', async () => {
    const runId = 'ab'.repeat(16);
    expect((await runs.create({ experimentId: '0', runId })).info.run_id).toBe(runId);
    await expect(runs.create({ experimentId: '0', runId, runName: 'other' })).rejects.toMatchObject(
      {
        code: 'RESOURCE_ALREADY_EXISTS',
        status: 400,
      },
    );
    expect((await runs.get(runId)).info.run_name).toBe('run-abababab');
  });

  test('an experiment that is not there is RESOURCE_DOES_NOT_EXIST', async () => {
    const creating = runs.create({ experimentId: '77' });
    await expect(creating).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  });

  test.each<Partial<CreateRun>>([
    { runName: 'x'.repeat(251) },
    { runId: '../secrets' },
    { startTime: -1 },
    { startTime: 1.5 },
    { tags: { '../x': 'y' } },
    { tags: { long: 'x'.repeat(8_001) } },
    { userId: 'x'.repeat(251) },
  ])('%o is INVALID_PARAMETER_VALUE', async (run) => {
    await expect(runs.create({ experimentId: '0', ...run })).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
      status: 400,
    });
  });
});

describe('updating', () => {
  test('ends a run', async () => {
    const id = await newRunId();
    const { info } = await runs.update(id, { status: 'FINISHED', endTime: 5_000 });
    expect(info).toMatchObject({ status: 'FINISHED', end_time: 5_000 });
  });

  test('leaves what is not named as it is', async () => {
    const id = await newRunId();
    await runs.update(id, { status: 'FAILED', endTime: 5_000 });
    expect((await runs.update(id, {})).info).toMatchObject({ status: 'FAILED', end_time: 5_000 });
  });

  test('the name and the tag mlflow.runName are always the same', async () => {
    const id = await newRunId();
    const renamed = await runs.update(id, { runName: 'second' });
    expect(renamed.data.tags).toEqual([{ key: 'mlflow.runName', value: 'second' }]);
    await runs.setTag(id, 'mlflow.runName', 'third');
    expect((await runs.get(id)).info.run_name).toBe('third');
  });

  test('an unknown status is refused with the list of them', async () => {
    const status = 'DONE' as 'FINISHED';
    await expect(runs.update(await newRunId(), { status })).rejects.toThrow(
      'status must be one of RUNNING, SCHEDULED, FINISHED, FAILED, KILLED',
    );
  });
});

describe('deleting and restoring', () => {
  test('hides a run, refuses to log to it, and shows it again', async () => {
    const id = await newRunId();
    await runs.delete(id);
    expect((await runs.get(id)).info.lifecycle_stage).toBe('deleted');
    for (const writing of [
      () => runs.logParam(id, 'a', '1'),
      () => runs.setTag(id, 'a', '1'),
      () => runs.update(id, { status: 'FINISHED' }),
      () => runs.delete(id),
    ]) {
      await expect(writing()).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    }
    await runs.restore(id);
    await runs.logParam(id, 'a', '1');
    await expect(runs.restore(id)).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
  });
});

describe('a run that is not there', () => {
  const missing = '0'.repeat(32);

  test.each([
    ['get', () => runs.get(missing)],
    ['experimentIdOf', () => runs.experimentIdOf(missing)],
    ['update', () => runs.update(missing, {})],
    ['delete', () => runs.delete(missing)],
    ['restore', () => runs.restore(missing)],
    ['logBatch', () => runs.logBatch(missing, {})],
    ['logMetric', () => runs.logMetric(missing, { key: 'a', value: 1 })],
    ['deleteTag', () => runs.deleteTag(missing, 'a')],
    ['logInputs', () => runs.logInputs(missing, [])],
    ['metricHistory', () => runs.metricHistory(missing, 'a')],
  ])('%s is RESOURCE_DOES_NOT_EXIST', async (_, asking) => {
    await expect(asking()).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
      status: 404,
      message: `Run with id=${missing} not found`,
    });
  });
});

describe('params', () => {
  test('are written once: the same value again is fine, another is refused', async () => {
    const id = await newRunId();
    await runs.logParam(id, 'alpha', '0.5');
    await runs.logParam(id, 'alpha', '0.5');
    await expect(runs.logParam(id, 'alpha', '0.6')).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
      message: expect.stringContaining(
        "Changing param values is not allowed. Param with key='alpha' was already logged with value='0.5'",
      ),
    });
    expect((await runs.get(id)).data.params).toEqual([{ key: 'alpha', value: '0.5' }]);
  });

  test('two calls at once with different values: one wins, the other is refused', async () => {
    const id = await newRunId();
    const outcomes = await Promise.allSettled(['1', '2'].map((v) => runs.logParam(id, 'seed', v)));
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('the same key twice in one batch is refused', async () => {
    const params = [
      { key: 'a', value: '1' },
      { key: 'a', value: '1' },
    ];
    await expect(runs.logBatch(await newRunId(), { params })).rejects.toThrow(
      "Duplicate parameter keys have been submitted: 'a'",
    );
  });
});

describe('tags', () => {
  test('the last value stays; deleting takes it away', async () => {
    const id = await newRunId();
    await runs.logBatch(id, {
      tags: [
        { key: 'a', value: '1' },
        { key: 'a', value: '2' },
      ],
    });
    await runs.setTag(id, 'a', '3');
    expect((await runs.get(id)).data.tags).toContainEqual({ key: 'a', value: '3' });
    await runs.deleteTag(id, 'a');
    await expect(runs.deleteTag(id, 'a')).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
    });
  });
});

describe('a batch', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `k${index}`);
  const pairs = (count: number) => many(count).map((key) => ({ key, value: 'v' }));
  const metrics = (count: number) => many(count).map((key) => ({ key, value: 1 }));

  test('of 1,000 metrics, or of 800 with 100 params and 100 tags, is taken', async () => {
    const id = await newRunId();
    await runs.logBatch(id, { metrics: metrics(1_000) });
    await runs.logBatch(id, { metrics: metrics(800), params: pairs(100), tags: pairs(100) });
    const { data } = await runs.get(id);
    expect([data.metrics.length, data.params.length, data.tags.length]).toEqual([1_000, 100, 101]);
  });

  test.each([
    ['1,001 metrics', { metrics: metrics(1_001) }, 'at most 1000 metrics. Got 1001'],
    ['101 params', { params: pairs(101) }, 'at most 100 params. Got 101'],
    ['101 tags', { tags: pairs(101) }, 'at most 100 tags. Got 101'],
    ['1,001 in all', { metrics: metrics(901), tags: pairs(100) }, 'at most 1000 metrics, params'],
  ])('of %s is refused', async (_, batch, message) => {
    await expect(runs.logBatch(await newRunId(), batch)).rejects.toThrow(message);
  });

  test('is logged whole or not at all', async () => {
    const id = await newRunId();
    await runs.logParam(id, 'alpha', '1');
    const before = await runs.get(id);
    const logging = runs.logBatch(id, {
      metrics: [{ key: 'rmse', value: 1 }],
      tags: { good: 'yes' },
      params: { beta: '2', alpha: '2' },
    });
    await expect(logging).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    expect(await runs.get(id)).toEqual(before);
  });

  test.each([
    ['a param of 6,001 characters', { params: { a: 'x'.repeat(6_001) } }],
    ['a tag of 8,001 characters', { tags: { a: 'x'.repeat(8_001) } }],
    ['a key of 251 characters', { params: { ['x'.repeat(251)]: '1' } }],
    ['a value that is a number', { params: { a: 1 as unknown as string } }],
    ['a value that is null', { tags: { a: null as unknown as string } }],
    ['a metric that is text', { metrics: [{ key: 'a', value: '1' as unknown as number }] }],
    ['a metric that is true', { metrics: [{ key: 'a', value: true as unknown as number }] }],
    ['a step of a half', { metrics: [{ key: 'a', value: 1, step: 0.5 }] }],
    ['a step beyond 2^53', { metrics: [{ key: 'a', value: 1, step: 2 ** 53 }] }],
    ['a time before 1970', { metrics: [{ key: 'a', value: 1, timestamp: -1 }] }],
    ['a pair that is null', { tags: [null as unknown as { key: string; value: string }] }],
    ['tags that are a text', { tags: 'a=b' as unknown as Record<string, string> }],
  ])('with %s is INVALID_PARAMETER_VALUE', async (_, batch) => {
    const id = await newRunId();
    await expect(runs.logBatch(id, batch)).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
    });
  });

  test('the longest key, param and tag are taken and come back as they were', async () => {
    const id = await newRunId();
    const key = '鍵'.repeat(250);
    await runs.logBatch(id, {
      params: { [key]: '🏔'.repeat(6_000) },
      tags: { [key]: 'é'.repeat(8_000) },
    });
    const { data } = await runs.get(id);
    expect(data.params).toEqual([{ key, value: '🏔'.repeat(6_000) }]);
    expect(data.tags).toContainEqual({ key, value: 'é'.repeat(8_000) });
  });
});

describe('dataset inputs', () => {
  const dataset = { name: 'diabetes', digest: 'abc123', source_type: 'local', source: 'file.csv' };

  test('are kept with their tags, and a dataset only once', async () => {
    const [first, second] = [await newRunId(), await newRunId()];
    const input = { dataset, tags: { 'mlflow.data.context': 'training' } };
    await runs.logInputs(first, [input, input]);
    await runs.logInputs(first, [input]);
    await runs.logInputs(second, [{ dataset: { ...dataset, schema: '{}' } }]);
    expect((await runs.get(first)).inputs.dataset_inputs).toEqual([
      { dataset, tags: [{ key: 'mlflow.data.context', value: 'training' }] },
    ]);
    expect((await runs.get(second)).inputs.dataset_inputs).toEqual([{ dataset, tags: [] }]);
    const stored = await temporary.database.kysely.selectFrom('datasets').selectAll().execute();
    expect(stored).toHaveLength(1);
  });

  test.each([
    ['no dataset', {}],
    ['no digest', { dataset: { ...dataset, digest: undefined } }],
    ['a digest of 37 characters', { dataset: { ...dataset, digest: 'x'.repeat(37) } }],
    ['a name of 501 characters', { dataset: { ...dataset, name: 'x'.repeat(501) } }],
    ['a tag value of 501 characters', { dataset, tags: { a: 'x'.repeat(501) } }],
  ])('with %s are refused', async (_, input) => {
    const inputs = [input as unknown as { dataset: typeof dataset }];
    await expect(runs.logInputs(await newRunId(), inputs)).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
    });
  });
});

test('a restart loses nothing', async () => {
  const id = await newRunId();
  await runs.logBatch(id, { metrics: [{ key: 'm', value: 0.1 }], params: { p: '1' } });
  const before = await runs.get(id);
  runs = new Runs({ database: await temporary.reopen() });
  expect(await runs.get(id)).toEqual(before);
});

test('the value of one tag of many runs is read at once', async () => {
  const [first, second, third] = [await newRunId(), await newRunId(), await newRunId()];
  await runs.setTag(first, 'verdict', 'good');
  await runs.setTag(second, 'verdict', 'bad');
  await runs.setTag(third, 'other', 'x');
  const many = Array.from({ length: 2_500 }, (_, n) => n.toString(16).padStart(32, '0'));
  const values = await runs.tagValues([first, ...many, second, third], 'verdict');
  expect([...values].sort()).toEqual(
    [
      [first, 'good'],
      [second, 'bad'],
    ].sort(),
  );
  expect(await runs.tagValues([], 'verdict')).toEqual(new Map());
});
