import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Step, TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;
let step: Step;
let foreign: Step;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());
beforeEach(async () => {
  step = await server.step();
  foreign = await server.step();
});

const artifact = (runId: string) =>
  `/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/a.txt`;
const metric = { key: 'm', value: 1, timestamp: 1, step: 0 };
const dataset = { name: 'd', digest: '1', source_type: 'local', source: 'x' };

// Every way to write on a run.
const writes: readonly (readonly [string, (runId: string) => Promise<{ status: number }>])[] = [
  ['runs/log-metric', (run_id) => post('runs/log-metric', { run_id, ...metric })],
  ['runs/log-parameter', (run_id) => post('runs/log-parameter', { run_id, key: 'p', value: '1' })],
  ['runs/set-tag', (run_id) => post('runs/set-tag', { run_id, key: 't', value: '1' })],
  ['runs/log-batch', (run_id) => post('runs/log-batch', { run_id, metrics: [metric] })],
  ['runs/log-inputs', (run_id) => post('runs/log-inputs', { run_id, datasets: [{ dataset }] })],
  ['runs/update', (run_id) => post('runs/update', { run_id, run_name: 'new' })],
  ['runs/create as a child', (run_id) => post('runs/create', { tags: [childOf(run_id)] })],
  [
    'runs/create with a second parent',
    (run_id) => post('runs/create', { tags: [childOf(step.runId), childOf(run_id)] }),
  ],
  [
    'runs/set-tag that names a parent',
    async (run_id) => post('runs/set-tag', { run_id: await ownRun(), ...childOf(run_id) }),
  ],
  [
    'runs/log-batch that names a parent',
    async (run_id) => post('runs/log-batch', { run_id: await ownRun(), tags: [childOf(run_id)] }),
  ],
  ['an artifact', (run_id) => send('PUT', artifact(run_id), { payload: 'text' })],
  ['an artifact, deleted', (run_id) => send('DELETE', artifact(run_id))],
];

const ownRun = () => server.run({ parentRunId: step.runId });
const childOf = (runId: string) => ({ key: 'mlflow.parentRunId', value: runId });
const post = (path: string, body: object) =>
  server.mlflow('POST', path, body, { token: step.token });
const send = (method: string, url: string, options = {}) =>
  server.call(method, url, { token: step.token, ...options });

describe.each(writes)('a step writes by %s', (_name, write) => {
  test('on its own run and on the root run of its job', async () => {
    expect((await write(step.runId)).status).toBe(200);
    expect((await write(step.jobId)).status).toBe(200);
  });

  test('on child runs of these, however deep', async () => {
    const child = await server.run({ parentRunId: step.runId });
    const grandchild = await server.run({ parentRunId: child });
    const sibling = await server.run({ parentRunId: step.jobId });
    expect((await write(grandchild)).status).toBe(200);
    expect((await write(sibling)).status).toBe(200);
  });

  test('not on the runs of another job, nor on one of no job', async () => {
    for (const runId of [foreign.runId, foreign.jobId, await server.run()]) {
      const answer = await write(runId);
      expect(answer).toMatchObject({
        status: 403,
        json: {
          error_code: 'PERMISSION_DENIED',
          message: expect.stringContaining(`run ${runId} does not belong to job ${step.jobId}`),
        },
      });
    }
  });

  test('not on a run that does not exist', async () => {
    expect(await write('0'.repeat(32))).toMatchObject({
      status: 404,
      json: { error_code: 'RESOURCE_DOES_NOT_EXIST' },
    });
  });
});

test('what was refused is not there', async () => {
  for (const [, write] of writes) await write(foreign.runId);
  const run = await server.context.workspace.runs.get(foreign.runId);
  expect(run.data).toMatchObject({ metrics: [], params: [] });
  expect(run.inputs.dataset_inputs).toEqual([]);
  expect(await server.context.workspace.artifacts.list(foreign.runId)).toEqual([]);
});

test('a circle of parents is no way in', async () => {
  const one = await server.run();
  const other = await server.run({ parentRunId: one });
  await server.context.workspace.runs.setTag(one, 'mlflow.parentRunId', other);
  expect((await post('runs/set-tag', { run_id: one, key: 't', value: '1' })).status).toBe(403);
});

test('a run that a step begins is a child of its own', async () => {
  const answer = await post('runs/create', { experiment_id: '0' });
  const { data } = await server.context.workspace.runs.get(textAt(answer, 'run.info.run_id'));
  expect(data.tags).toContainEqual(childOf(step.runId));
});

describe('a step cancels', () => {
  const cancel = (jobId: string) => send('POST', `/api/v1/jobs/${jobId}/cancel`);

  test('its own job only', async () => {
    expect(await cancel(foreign.jobId)).toMatchObject({
      status: 403,
      json: { error: { code: 'PERMISSION_DENIED' } },
    });
    // There is no job behind the token of this test: that is found out only by who may ask.
    expect((await cancel(step.jobId)).status).toBe(404);
  });
});
