// Lineage of what MLflow's clients register: by their own routes, in whatever order they call them.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestApp } from '../../test/test-app.ts';

let server: TestApp;
beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

const dataset = (name: string) => ({
  dataset: { name, digest: `${name}-digest`, source_type: 'http', source: '{"url":"x"}' },
});

async function newVersion(model: string, runId: string, more: object = {}) {
  await server.mlflow('POST', 'registered-models/create', { name: model });
  const source = `mlflow-artifacts:/0/${runId}/artifacts/model`;
  const version = { name: model, source, run_id: runId, ...more };
  expect((await server.mlflow('POST', 'model-versions/create', version)).status).toBe(200);
}

const lineageOf = (model: string, version = '1', token = server.token) =>
  server.get(`/api/v1/models/${model}/versions/${version}/lineage`, { token });

test('a version has the datasets and the commit of its run, those too that come later', async () => {
  const runId = await server.run();
  await server.mlflow('POST', 'runs/log-inputs', { run_id: runId, datasets: [dataset('first')] });
  await newVersion('iris', runId);
  await server.mlflow('POST', 'runs/log-inputs', { run_id: runId, datasets: [dataset('second')] });
  const tag = { key: 'mlflow.source.git.commit', value: 'c0ffee' };
  await server.mlflow('POST', 'runs/set-tag', { run_id: runId, ...tag });
  const told = { sourceType: 'http' };
  expect((await lineageOf('iris')).json).toMatchObject({
    model: { name: 'iris', version: '1' },
    run: { runId, experimentName: 'Default', jobId: null, step: null },
    git: { commit: 'c0ffee', isDirty: null },
    build: null,
    datasets: [
      { name: 'first', digest: 'first-digest', ...told },
      { name: 'second', digest: 'second-digest', ...told },
    ],
    data: [],
  });
  const step = await server.step();
  expect((await lineageOf('iris', '1', step.token)).status).toBe(200);
});

test('a build that only the version’s own tags name is told', async () => {
  const tags = [
    { key: 'BuildId', value: '41' },
    { key: 'BuildUri', value: 'https://ci.example/41' },
  ];
  await newVersion('tagged', await server.run(), { tags });
  const build = { id: '41', uri: 'https://ci.example/41' };
  expect((await lineageOf('tagged')).json).toMatchObject({ build, git: null });
});

test('a version of a logged model comes from the run that has logged it', async () => {
  const runId = await server.run();
  await server.mlflow('POST', 'runs/log-inputs', { run_id: runId, datasets: [dataset('logged')] });
  const made = { experiment_id: '0', name: 'm', source_run_id: runId };
  const { json } = await server.mlflow('POST', 'logged-models', made);
  const { model_id: id } = (json as { model: { info: { model_id: string } } }).model.info;
  await server.mlflow('POST', 'registered-models/create', { name: 'of-logged' });
  const version = { name: 'of-logged', source: `models:/${id}`, model_id: id };
  await server.mlflow('POST', 'model-versions/create', version);
  expect((await lineageOf('of-logged')).json).toMatchObject({
    run: { runId },
    loggedModel: { modelId: id, name: 'm', runId },
    loggedModels: [],
    datasets: [{ name: 'logged' }],
  });
  const models = [{ model_id: id }];
  const tuned = await server.run();
  await server.mlflow('POST', 'runs/log-inputs', { run_id: tuned, models });
  await newVersion('tuned', tuned);
  expect((await lineageOf('tuned')).json).toMatchObject({
    run: { runId: tuned },
    loggedModel: null,
    loggedModels: [{ modelId: id, name: 'm', runId }],
  });
});

test.each([
  ['/api/v1/models/none/versions/1/lineage', 404, 'RESOURCE_DOES_NOT_EXIST'],
  ['/api/v1/models/iris/versions/latest/lineage', 400, 'INVALID_PARAMETER_VALUE'],
  ['/api/v1/data/none/versions/1/lineage', 404, 'DATA_ASSET_NOT_FOUND'],
])('%s says what is not there', async (url, status, code) => {
  const answer = await server.get(url);
  expect(answer).toMatchObject({ status, json: { error: { code } } });
});
