// What a step writes on the root run of its job belongs to its result: a later job that takes the
// result over has it as well.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

// Writes in each way that there is, on the run whose id is the job's.
const script = `
const call = async (name, body) => {
  const answer = await fetch(process.env.MLFLOW_TRACKING_URI + '/api/2.0/mlflow/runs/' + name, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: 'Bearer ' + process.env.MLFLOW_TRACKING_TOKEN,
    },
    body: JSON.stringify({ run_id: process.env.RIDGELINE_JOB_ID, ...body }),
  });
  if (!answer.ok) throw new Error(await answer.text());
};
await call('log-metric', { key: 'mse', value: 2.5, timestamp: 1 });
await call('log-metric', { key: 'mse', value: 1.5, timestamp: 2 });
await call('log-metric', { key: 'bad', value: 'NaN', timestamp: 2 });
await call('log-parameter', { key: 'alpha', value: '0.5' });
await call('set-tag', { key: 'kept', value: 'yes' });
await call('set-tag', { key: 'passing', value: 'yes' });
await call('delete-tag', { key: 'passing' });
await call('log-batch', {
  metrics: [{ key: 'r2', value: 0.5, timestamp: 3 }],
  params: [{ key: 'depth', value: '3' }],
  tags: [{ key: 'batch', value: 'yes' }],
});
console.log('written');
`;

const pipeline = JSON.stringify({
  type: 'pipeline',
  experiment_name: 'root-writes',
  jobs: { train: { type: 'command', command: `node --input-type=module <<'END'\n${script}\nEND` } },
});

async function run() {
  const body = { definition: pipeline, fileName: 'job.yml', code: {}, uploads: {} };
  const id = textAt(await server.post('/api/v1/jobs', body), 'id');
  const job = await server.context.jobs.waitFor(id);
  expect(job.error).toBeNull();
  const { data } = await server.context.workspace.runs.get(id);
  const history = await server.context.workspace.runs.metricHistory(id, 'mse');
  const tags = data.tags.filter(({ key }) => !/^(mlflow|ridgeline)\./.test(key));
  return { job, written: { ...data, tags, history: history.items } };
}

test('a step that reuses a result has written on its root run what the first one wrote', async () => {
  const first = await run();
  const second = await run();
  expect(first.job.steps[0]?.reusedFrom).toBeNull();
  expect(second.job.steps[0]?.reusedFrom?.jobId).toBe(first.job.id);
  expect(second.written).toEqual(first.written);
  expect(first.written).toMatchObject({
    metrics: [
      { key: 'bad', value: Number.NaN },
      { key: 'mse', value: 1.5 },
      { key: 'r2', value: 0.5 },
    ],
    params: [
      { key: 'alpha', value: '0.5' },
      { key: 'depth', value: '3' },
    ],
    tags: [
      { key: 'batch', value: 'yes' },
      { key: 'kept', value: 'yes' },
    ],
    history: [{ value: 2.5 }, { value: 1.5 }],
  });
});

test('a job says who has submitted it', async () => {
  const { job } = await run();
  expect(job).toMatchObject({ submittedBy: 'admin', source: 'api' });
});
