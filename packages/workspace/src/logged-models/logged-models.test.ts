// Logged models: begun, ended, tagged, measured, found, and registered as versions.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';

let workspace: Workspace;
let now: number;

beforeEach(async () => {
  now = 1_000;
  workspace = await openWorkspace({ folder: await temporaryFolder(), clock: () => now });
});
afterEach(() => workspace.close());

const notThere = { code: 'RESOURCE_DOES_NOT_EXIST' };
const invalid = { code: 'INVALID_PARAMETER_VALUE' };

const create = (more: object = {}) => workspace.loggedModels.create({ experimentId: '0', ...more });
const newRun = async () => (await workspace.runs.create({ experimentId: '0' })).info.run_id;

describe('a logged model', () => {
  test('begins as pending, with its place for files', async () => {
    const sourceRunId = await newRun();
    const details = { name: 'm', modelType: 'ridge', sourceRunId };
    const made = await create({ ...details, params: { b: '2', a: '1' }, tags: { t: 'x' } });
    const id = made.info.model_id;
    expect(id).toMatch(/^m-[0-9a-f]{32}$/);
    expect(made).toEqual({
      info: {
        model_id: id,
        experiment_id: '0',
        name: 'm',
        artifact_uri: `mlflow-artifacts:/0/models/${id}/artifacts`,
        creation_timestamp_ms: 1_000,
        last_updated_timestamp_ms: 1_000,
        model_type: 'ridge',
        source_run_id: sourceRunId,
        status: 'PENDING',
        tags: [{ key: 't', value: 'x' }],
      },
      data: {
        params: [
          { key: 'a', value: '1' },
          { key: 'b', value: '2' },
        ],
        metrics: [],
      },
    });
    now = 2_000;
    expect((await workspace.loggedModels.finalize(id, 'READY')).info).toMatchObject({
      status: 'READY',
      last_updated_timestamp_ms: 2_000,
    });
  });

  test('without a name gets one', async () => {
    const { info } = await create();
    expect(info.name).toBe(`model-${info.model_id.slice(2, 10)}`);
  });

  test('that is deleted is found by who asks for deleted ones only', async () => {
    const { info } = await create();
    const { loggedModels } = workspace;
    await loggedModels.delete(info.model_id);
    await expect(loggedModels.get(info.model_id)).rejects.toMatchObject(notThere);
    await expect(loggedModels.delete(info.model_id)).rejects.toMatchObject(notThere);
    await expect(loggedModels.setTags(info.model_id, {})).rejects.toMatchObject(notThere);
    expect((await loggedModels.get(info.model_id, { deletedToo: true })).info).toEqual(info);
    expect((await loggedModels.search({ experimentIds: ['0'] })).items).toEqual([]);
  });

  test('keeps a param as it was first written, and a tag as it was last', async () => {
    const { loggedModels } = workspace;
    const { model_id: id } = (await create({ params: { a: '1' }, tags: { t: '1', u: '1' } })).info;
    await loggedModels.logParams(id, { a: '1', b: '2' });
    const changing = loggedModels.logParams(id, { c: '3', a: '2' });
    await expect(changing).rejects.toThrow("has the value '1' already");
    await loggedModels.setTags(id, [
      { key: 't', value: '2' },
      { key: 't', value: '3' },
    ]);
    await loggedModels.deleteTag(id, 'u');
    await expect(loggedModels.deleteTag(id, 'u')).rejects.toMatchObject(notThere);
    const { info, data } = await loggedModels.get(id);
    expect(info.tags).toEqual([{ key: 't', value: '3' }]);
    expect(data.params.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  test.each([
    [{ name: 'a/b' }, invalid],
    [{ name: 'a:b' }, invalid],
    [{ name: `a'b` }, invalid],
    [{ name: 'a'.repeat(501) }, invalid],
    [{ experimentId: '99' }, notThere],
    [{ sourceRunId: 'none' }, notThere],
    [{ tags: { '': 'x' } }, invalid],
    [{ params: { a: 'x\0' } }, invalid],
    [{ params: Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [i, ''])) }, invalid],
  ])('of %o is refused, and nothing of it is kept', async (wrong, error) => {
    await expect(create(wrong)).rejects.toMatchObject(error);
    expect((await workspace.loggedModels.search({ experimentIds: ['0'] })).items).toEqual([]);
  });
});

describe('a metric of a logged model', () => {
  test("is the run's and the model's, with the data that it was measured on", async () => {
    const { runs, loggedModels } = workspace;
    const runId = await newRun();
    const { model_id: modelId } = (await create()).info;
    const measured = { modelId, datasetName: 'd', datasetDigest: '1' };
    await runs.logBatch(runId, {
      metrics: [
        { key: 'rmse', value: 2, timestamp: 20, step: 1, ...measured },
        { key: 'rmse', value: Number.NaN, timestamp: 10, modelId },
        { key: 'other', value: 1 },
      ],
    });
    const point = { key: 'rmse', run_id: runId, model_id: modelId };
    expect((await loggedModels.get(modelId)).data.metrics).toEqual([
      { ...point, value: Number.NaN, timestamp: 10, step: 0 },
      { ...point, value: 2, timestamp: 20, step: 1, dataset_name: 'd', dataset_digest: '1' },
    ]);
    expect((await runs.get(runId)).data.metrics).toHaveLength(2);
  });

  test('of no such model is refused, with all of its batch', async () => {
    const { runs } = workspace;
    const runId = await newRun();
    const batch = { metrics: [{ key: 'a', value: 1, modelId: 'm-none' }], params: { p: '1' } };
    await expect(runs.logBatch(runId, batch)).rejects.toMatchObject(notThere);
    expect((await runs.get(runId)).data).toEqual({
      metrics: [],
      params: [],
      tags: expect.anything(),
    });
  });

  test('is shown in its latest 1,000 points', async () => {
    const { runs, loggedModels } = workspace;
    const runId = await newRun();
    const { model_id: modelId } = (await create()).info;
    for (const start of [0, 1_000]) {
      await runs.logBatch(runId, {
        metrics: Array.from({ length: 1_000 }, (_, i) => {
          const step = start + i;
          return { key: 'm', value: step, timestamp: step, step, modelId };
        }),
      });
    }
    const { metrics } = (await loggedModels.get(modelId)).data;
    expect([metrics.length, metrics[0]?.step, metrics.at(-1)?.step]).toEqual([1_000, 1_000, 1_999]);
  });
});

test('a run says which models it used and which it made', async () => {
  const { runs } = workspace;
  const [runId, ids] = [await newRun(), [(await create()).info.model_id]];
  const made = (await create()).info.model_id;
  await runs.logInputs(runId, [], ids);
  await runs.logOutputs(runId, [{ modelId: made, step: 3 }]);
  await runs.logOutputs(runId, [{ modelId: made, step: 4 }]);
  const run = await runs.get(runId);
  expect(run.inputs.model_inputs).toEqual(ids.map((model_id) => ({ model_id })));
  expect(run.outputs.model_outputs).toEqual([{ model_id: made, step: 3 }]);
  const missing = runs.logOutputs(runId, [{ modelId: 'm-none' }]);
  await expect(missing).rejects.toMatchObject(notThere);
});

describe('a version of a logged model', () => {
  test('has its run and its files, and is noted on the model', async () => {
    const { models, artifacts, loggedModels } = workspace;
    const sourceRunId = await newRun();
    const { model_id: id } = (await create({ sourceRunId })).info;
    await artifacts.write(id, 'MLmodel', Buffer.from('flavors: {}'));
    await models.createRegisteredModel({ name: 'm' });
    const version = await models.createVersion({ name: 'm', source: `models:/${id}` });
    expect(version).toMatchObject({ source: `models:/${id}`, run_id: sourceRunId });
    const place = `mlflow-artifacts:/0/models/${id}/artifacts`;
    expect(await models.downloadUri('m', 1)).toBe(place);
    expect(await models.versionFolder('m', 1)).toContain(id);
    await models.createVersion({ name: 'm', source: 'models:/m/1' });
    expect(await models.downloadUri('m', 2)).toBe(place);
    await models.createVersion({ name: 'm', source: `runs:/${sourceRunId}/m`, modelId: id });
    const tag = (await loggedModels.get(id)).info.tags.find(
      ({ key }) => key === 'mlflow.modelVersions',
    );
    expect(JSON.parse(tag?.value ?? '')).toEqual([
      { name: 'm', version: 1 },
      { name: 'm', version: 3 },
    ]);
  });

  test.each(['models:/none/1', `models:/m-${'0'.repeat(32)}`])(
    'of %s, which is not there, is refused',
    async (source) => {
      await workspace.models.createRegisteredModel({ name: 'm' });
      const making = workspace.models.createVersion({ name: 'm', source });
      await expect(making).rejects.toMatchObject(notThere);
    },
  );

  test.each(['models:/m@champion', 'models:/m/latest', 'models:/m-1'])(
    'of %s, which names none, is refused',
    async (source) => {
      await workspace.models.createRegisteredModel({ name: 'm' });
      const making = workspace.models.createVersion({ name: 'm', source });
      await expect(making).rejects.toMatchObject(invalid);
    },
  );
});

describe('pages', () => {
  test('hold every model once, whatever its metrics', async () => {
    const { runs, loggedModels } = workspace;
    const runId = await newRun();
    for (let count = 0; count < 5; count += 1) {
      const { model_id: modelId } = (await create({ name: `n${count}` })).info;
      for (const step of [0, 1]) await runs.logMetric(runId, { key: 'm', value: 1, step, modelId });
    }
    const names: string[] = [];
    let pageToken: string | undefined;
    do {
      const page = await loggedModels.search({
        experimentIds: ['0'],
        filter: 'metrics.m = 1',
        orderBy: [{ fieldName: 'name' }],
        maxResults: 2,
        ...(pageToken !== undefined && { pageToken }),
      });
      names.push(...page.items.map(({ info }) => info.name));
      pageToken = page.nextPageToken ?? undefined;
    } while (pageToken !== undefined);
    expect(names).toEqual(['n0', 'n1', 'n2', 'n3', 'n4']);
  });

  test.each([
    [{ filter: 'metrics.a >' }, 'at character 12'],
    [{ orderBy: [{ fieldName: 'none' }] }, "order_by field_name 'none' is not known"],
    [{ orderBy: [{ fieldName: 'tags.a' }] }, 'only metrics can order'],
    [{ orderBy: Array(21).fill({ fieldName: 'name' }) }, 'more than 20'],
    [{ datasets: [{ name: '' }] }, 'must not be empty'],
    [{ datasets: Array(101).fill({ name: 'a' }) }, 'at most 100'],
    [{ maxResults: 0 }, 'max_results'],
    [{ pageToken: 'none' }, 'page_token'],
  ])('are refused for %o', async (wrong, problem) => {
    const asking = workspace.loggedModels.search({ experimentIds: ['0'], ...wrong });
    await expect(asking).rejects.toThrow(problem);
  });
});
