// Jobs of people who have less than their role somewhere: what they may submit, and what their steps may.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerModel } from '../../test/model-version.ts';
import { newPerson, type Person } from '../../test/people.ts';
import { TestApp } from '../../test/test-app.ts';

let server: TestApp;
let alice: Person;

beforeAll(async () => {
  server = await TestApp.open();
  const { workspace } = server.context;
  alice = await newPerson(workspace, 'Contributor');
  for (const [name, level] of [
    ['shut', 'NO_PERMISSIONS'],
    ['looked-at', 'READ'],
    ['worked-in', 'EDIT'],
  ] as const) {
    const { experiment_id: id } = await workspace.experiments.create({ name });
    await workspace.permissions.set({ kind: 'experiment', id }, alice.id, level);
    await registerModel(server, `model-${name}`);
    const model = { kind: 'model', name: `model-${name}` } as const;
    await workspace.permissions.set(model, alice.id, level);
  }
});
afterAll(() => server.close());

const definition = (model: string) => `
$schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json
type: command
command: echo \${{inputs.model}}
environment: azureml:ridgeline-node@latest
inputs:
  model:
    type: custom_model
    path: azureml:${model}@latest
`;

function submit(experimentName: string, model = 'model-worked-in') {
  const files = { fileName: 'job.yml', code: {}, uploads: {} };
  const payload = { definition: definition(model), experimentName, ...files };
  return server.post('/api/v1/jobs', payload, { token: alice.token });
}

describe('who has less somewhere', () => {
  test.each([
    ['worked-in', 'model-worked-in', 201],
    ['of their own', 'model-worked-in', 201],
    ['shut', 'model-worked-in', 403],
    ['looked-at', 'model-worked-in', 403],
    ['worked-in', 'model-shut', 403],
    ['worked-in', 'model-looked-at', 403],
  ])('submits a job into %s that takes in %s: %i', async (experiment, model, status) => {
    const answer = await submit(experiment, model);
    expect(answer.status, answer.text).toBe(status);
  });

  test('manages the experiment that a job of theirs was the first of', async () => {
    expect((await submit('first of it')).status).toBe(201);
    const { experiments, permissions } = server.context.workspace;
    const { experiment_id: id } = await experiments.getByName('first of it');
    expect(await permissions.find({ kind: 'experiment', id }, alice.id)).toBe('MANAGE');
  });

  test('leaves no experiment behind where a job was refused', async () => {
    await submit('not-there', 'model-shut');
    const { items } = await server.context.workspace.experiments.search();
    expect(items.map(({ name }) => name)).not.toContain('not-there');
  });

  test('deploys a model that they may use, and no other', async () => {
    const deploy = (model: string) =>
      server.call('PUT', '/api/v1/endpoints/of-alice', {
        ...{ payload: { model }, token: alice.token },
      });
    expect((await deploy('model-looked-at:1')).status).toBe(403);
    expect((await deploy('azureml:model-shut@latest')).status).toBe(403);
    expect((await deploy('model-worked-in:1')).status).toBe(202);
    await server.context.endpoints.waitUntilSettled('of-alice');
    const { workspace } = server.context;
    const model = { kind: 'model', name: 'model-worked-in' } as const;
    await workspace.permissions.set(model, alice.id, 'NO_PERMISSIONS');
    const address = '/api/v1/endpoints';
    const asked = { token: alice.token };
    const keys = await server.post(`${address}/of-alice/listKeys`, {}, asked);
    expect(keys.status).toBe(403);
    expect(keys.text).not.toContain('model-worked-in');
    expect((await server.get(address, asked)).text).not.toContain('of-alice');
    await workspace.permissions.set(model, alice.id, 'EDIT');
    expect((await server.get(address, asked)).text).toContain('of-alice');
  });

  test.each([
    ['GET', '/api/v1/builds'],
    ['GET', '/api/v1/schedules'],
    ['POST', '/api/v1/schedules/none/trigger'],
    ['POST', '/api/v1/pipelines/none/enable'],
  ])('is refused by %s %s, which says why', async (method, url) => {
    const answer = await server.call(method, url, { token: alice.token });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('cannot be held to single experiments and models');
  });
});

test('who may read everything may read what is about everything, and start none of it', async () => {
  const { workspace } = server.context;
  const ann = await newPerson(workspace, 'Contributor');
  await workspace.permissions.set({ kind: 'experiment', id: '0' }, ann.id, 'READ');
  const asked = { token: ann.token };
  expect((await server.get('/api/v1/builds', asked)).status).toBe(200);
  const trigger = '/api/v1/schedules/none/trigger';
  expect((await server.post(trigger, undefined, asked)).status).toBe(403);
});

describe('a step of their job', () => {
  const mlflow = (method: string, path: string, token: string, body?: object) =>
    server.mlflow(method, path, body, { token });

  test('has no more than they have', async () => {
    const { identity, experiments } = server.context.workspace;
    const jobId = await server.run();
    const owner = { jobId, runId: await server.run({ parentRunId: jobId }) };
    const token = await identity.issueStepToken({
      ...owner,
      submittedBy: alice.name.toUpperCase(),
    });
    const { experiment_id: shut } = await experiments.getByName('shut');
    const { experiment_id: open } = await experiments.getByName('looked-at');
    const get = (id: string) => mlflow('GET', `experiments/get?experiment_id=${id}`, token);
    expect((await get(shut)).status).toBe(403);
    expect((await get(open)).status).toBe(200);
    expect((await mlflow('GET', 'experiments/search', token)).text).not.toContain('"shut"');
    const register = (name: string) =>
      mlflow('POST', 'model-versions/create', token, { name, source: 's3://bucket/model' });
    expect((await register('model-looked-at')).status).toBe(403);
    expect((await register('model-worked-in')).status).toBe(200);
    const tag = { run_id: owner.runId, key: 'k', value: 'v' };
    expect((await mlflow('POST', 'runs/set-tag', token, tag)).status).toBe(200);
  });

  test('has what its job has where nobody is held', async () => {
    const { token } = await server.step();
    const { experiment_id: id } = await server.context.workspace.experiments.getByName('shut');
    expect((await mlflow('GET', `experiments/get?experiment_id=${id}`, token)).status).toBe(200);
  });
});
