import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

const command = (line: string) => `
$schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json
type: command
command: ${JSON.stringify(line)}
environment: azureml:ridgeline-node@latest
`;

const submission = (line: string, more: object = {}) => ({
  definition: command(line),
  fileName: 'job.yml',
  code: {},
  uploads: {},
  experimentName: 'greetings',
  ...more,
});

async function submit(line: string, more: object = {}) {
  const answer = await server.post('/api/v1/jobs', submission(line, more));
  expect(answer.status, answer.text).toBe(201);
  return textAt(answer, 'id');
}

const getJob = (id: string) => server.get(`/api/v1/jobs/${id}`);

describe('a job', () => {
  test('is accepted, runs, and can be read with its steps', async () => {
    const id = await submit('echo hello', { displayName: 'Say hello', tags: { team: 'a' } });
    await server.context.jobs.waitFor(id);
    expect((await getJob(id)).json).toMatchObject({
      id,
      type: 'command',
      displayName: 'Say hello',
      experimentName: 'greetings',
      status: 'Completed',
      tags: { team: 'a' },
      steps: [{ status: 'Completed', exitCode: 0, attempt: 1 }],
    });
  });

  test.each([
    ['cli', 'cli'],
    ['schedule:nightly', 'api'],
    ['toString', 'api'],
  ])('sent by a client that calls itself %s has the source %s', async (client, source) => {
    const headers = { 'x-ridgeline-client': client };
    const answer = await server.post('/api/v1/jobs', submission('true'), { headers });
    expect(answer).toMatchObject({ status: 201, json: { source, submittedBy: 'admin' } });
  });

  test('has logs that can be read from any byte on', async () => {
    const id = await submit('echo hello; echo again');
    const job = await server.context.jobs.waitFor(id);
    const log = `/api/v1/jobs/${id}/steps/${job.steps[0]?.name}/log`;
    const all = await server.get(log);
    expect(all).toMatchObject({ status: 200, text: 'hello\nagain\n' });
    expect(all.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-ridgeline-next-offset': '12',
    });
    expect((await server.get(`${log}?offset=6`)).text).toBe('again\n');
    for (const offset of ['12', '13', '999999999999999']) {
      expect(await server.get(`${log}?offset=${offset}`)).toMatchObject({ status: 200, text: '' });
    }
  });

  test('can be cancelled, with a reason and without', async () => {
    for (const payload of [{ reason: 'no longer needed' }, {}, undefined]) {
      const id = await submit('sleep 60');
      const answer = await server.post(`/api/v1/jobs/${id}/cancel`, payload);
      expect(answer).toMatchObject({ status: 200, json: { id, status: 'CancelRequested' } });
      const job = await server.context.jobs.waitFor(id);
      expect(job).toMatchObject({ status: 'Canceled', cancelReason: payload?.reason ?? null });
    }
  });

  test('that has ended cannot be cancelled', async () => {
    const id = await submit('true');
    await server.context.jobs.waitFor(id);
    expect(await server.post(`/api/v1/jobs/${id}/cancel`)).toMatchObject({
      status: 409,
      json: { error: { code: 'JOB_ALREADY_ENDED' } },
    });
  });

  test('reports to the server by the token of its step, which ends with it', async () => {
    const report =
      `node -e "fetch(process.env.MLFLOW_TRACKING_URI + '/api/2.0/mlflow/runs/set-tag', {` +
      `method: 'POST', headers: {'content-type': 'application/json', ` +
      `authorization: 'Bearer ' + process.env.MLFLOW_TRACKING_TOKEN}, ` +
      `body: JSON.stringify({run_id: process.env.MLFLOW_RUN_ID, key: 'said', value: 'hello'})})` +
      `.then((answer) => console.log(answer.status))"`;
    const id = await submit(report);
    const { steps } = await server.context.jobs.waitFor(id);
    const run = await server.context.workspace.runs.get(steps[0]?.runId ?? '');
    expect(run.data.tags).toContainEqual({ key: 'said', value: 'hello' });
  });
});

describe('the list of jobs', () => {
  test('has the newest first, and can be narrowed', async () => {
    const first = await submit('true', { experimentName: 'listed' });
    const second = await submit('false', { experimentName: 'listed' });
    await server.context.jobs.waitFor(first);
    await server.context.jobs.waitFor(second);
    const idsOf = async (query: string) => {
      const { json } = await server.get(`/api/v1/jobs?experimentName=listed${query}`);
      return (json as { value: { id: string }[] }).value.map(({ id }) => id);
    };
    expect(await idsOf('')).toEqual([second, first]);
    expect(await idsOf('&limit=1')).toEqual([second]);
    expect(await idsOf('&status=Completed')).toEqual([first]);
    expect(await idsOf('&status=Failed')).toEqual([second]);
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=many', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['status=Sleeping', 'must be one of NotStarted, Queued'],
  ])('with %s is refused', async (query, words) => {
    const answer = await server.get(`/api/v1/jobs?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(words);
  });
});

describe('what cannot be submitted', () => {
  test.each([
    ['nothing', {}, "Missing value for required parameter 'definition'"],
    ['an unknown property', submission('true', { colour: 'red' }), "'colour' is not known here"],
    ['an input that is no value', submission('true', { inputs: { a: null } }), "'inputs.a'"],
    ['YAML that is none', submission('true', { definition: 'a: [' }), 'JOB_DEFINITION_INVALID'],
    ['a job that is none', submission('true', { definition: 'type: spring' }), 'job.yml:1:7'],
    [
      'code that was not uploaded',
      submission('true', { definition: `${command('true')}code: ./src` }),
      'JOB_UPLOAD_MISSING',
    ],
    ['a name that cannot be', submission('true', { displayName: 'a\0b' }), 'error'],
    ['a name that is too long', submission('true', { displayName: 'a'.repeat(999) }), 'error'],
    ['a tag that cannot be', submission('true', { tags: { 'a#b': '1' } }), 'error'],
    ['an experiment that cannot be', submission('true', { experimentName: '' }), 'error'],
  ])('%s is 400, and no job comes of it', async (_name, body, words) => {
    const before = (await server.get('/api/v1/jobs')).text;
    const answer = await server.post('/api/v1/jobs', body);
    expect(answer.text).toContain(words);
    expect(answer.status).toBe(400);
    expect((await server.get('/api/v1/jobs')).text).toBe(before);
  });

  test('what is not there is 404', async () => {
    const code = 'JOB_NOT_FOUND';
    expect(await getJob('none')).toMatchObject({ status: 404, json: { error: { code } } });
    const log = await server.get('/api/v1/jobs/none/steps/a/log');
    expect(log).toMatchObject({ status: 404, json: { error: { code } } });
    const id = await submit('true');
    const noStep = await server.get(`/api/v1/jobs/${id}/steps/none/log`);
    expect(noStep).toMatchObject({ status: 404, json: { error: { code: 'STEP_NOT_FOUND' } } });
    await server.context.jobs.waitFor(id);
  });
});
