// Azure ML's run history over jobs, their steps, and runs that are neither.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { echoDefinition, historyPath, pipelinesPath, publishEcho } from '../../test/azureml.ts';
import { TestApp, textAt } from '../../test/test-app.ts';
import type { RunRecord } from './run-record.ts';

let server: TestApp;
let runId: string;
let stepRunId: string;

beforeAll(async () => {
  server = await TestApp.open();
  runId = await start({ ExperimentName: 'told', Tags: { BuildId: '7' } });
  const job = await server.context.jobs.waitFor(runId);
  stepRunId = job.steps[0]?.runId ?? '';
});
afterAll(() => server.close());

async function start(body: object, definition?: string): Promise<string> {
  const { id } = await publishEcho(server, definition);
  return textAt(await server.post(`${pipelinesPath}/PipelineSubmit/${id}`, body), 'Id');
}

const get = (path: string) => server.get(`${historyPath}${path}`);

describe('the details of a run', () => {
  test('are those of its job, with a log that can be fetched without a token', async () => {
    const { json } = await get(`/runs/${runId}/details`);
    expect(json).toMatchObject({
      runId,
      parentRunId: null,
      rootRunId: runId,
      status: 'Completed',
      tags: { BuildId: '7' },
      error: null,
      submittedBy: 'admin',
      logFiles: { 'logs/azureml/executionlogs.txt': expect.stringContaining('sig=') },
    });
    const { logFiles, startTimeUtc, endTimeUtc } = json as RunRecord & {
      logFiles: Record<string, string>;
    };
    expect(Date.parse(String(endTimeUtc))).toBeGreaterThanOrEqual(Date.parse(String(startTimeUtc)));
    const [log = ''] = Object.values(logFiles);
    const { pathname, search } = new URL(log);
    const fetched = await server.get(pathname + search, { token: null });
    expect(fetched).toMatchObject({ status: 200, text: expect.stringContaining('say: Completed') });
  });

  test.each([
    ['its experiment', () => `/experiments/told/runs/${runId}`],
    ['its experiment’s id', () => `/experimentids/1/runs/${runId}`],
    ['other cases', () => `/Experiments/told/Runs/${runId.toUpperCase()}`],
  ])('are found by %s', async (_what, path) => {
    const { json } = await get(`${path()}/details`);
    expect(json).toMatchObject({ runId });
  });

  test('of a step are those of its run, with what it has printed', async () => {
    const { json } = await get(`/runs/${stepRunId}/details`);
    expect(json).toMatchObject({
      runId: stepRunId,
      parentRunId: runId,
      rootRunId: runId,
      displayName: 'say',
      status: 'Completed',
      properties: { 'azureml.stepname': 'say', 'azureml.pipelinerunid': runId },
      target: 'local',
    });
    const { pathname, search } = new URL(
      (json as { logFiles: Record<string, string> }).logFiles['user_logs/std_log.txt'] ?? '',
    );
    expect((await server.get(pathname + search, { token: null })).text).toBe('model 0.5\n');
  });

  test('of a run that is no job are those that MLflow has', async () => {
    const parent = await server.run();
    const child = await server.run({ parentRunId: parent });
    expect((await get(`/runs/${parent}`)).json).toMatchObject({
      status: 'Running',
      parentRunId: null,
    });
    expect((await get(`/runs/${child}/details`)).json).toMatchObject({
      parentRunId: parent,
      rootRunId: parent,
      logFiles: {},
    });
    expect((await get(`/runs/${parent}/children`)).json).toMatchObject({
      value: [{ runId: child }],
    });
  });

  test('say why a run has failed', async () => {
    const failing = await start({}, echoDefinition('exit 3'));
    await server.context.jobs.waitFor(failing);
    expect((await get(`/runs/${failing}/details`)).json).toMatchObject({
      status: 'Failed',
      error: { error: { code: 'STEP_FAILED', message: expect.stringContaining('code 3') } },
    });
  });

  test.each(['none', '__proto__', 'a'.repeat(1000), '%00'])('of %s are 404', async (id) => {
    for (const path of ['', '/details', '/children']) {
      const answer = await get(`/runs/${id}${path}`);
      expect(answer.status).toBe(404);
      expect(answer.json).toMatchObject({ Error: { Code: expect.any(String) } });
    }
  });
});

test('the children of a run are its steps', async () => {
  const { json } = await get(`/experiments/told/runs/${runId}/children`);
  expect(json).toMatchObject({
    value: [{ runId: stepRunId, parentRunId: runId, displayName: 'say', status: 'Completed' }],
  });
});

test('the children of a sweep are its trials, and stand under it', async () => {
  const tune = {
    type: 'sweep',
    trial: { command: 'echo ${{search_space.x}}; exit 1' },
    search_space: { x: { type: 'choice', values: [1, 2] } },
    sampling_algorithm: 'grid',
    objective: { goal: 'minimize', primary_metric: 'loss' },
    limits: { max_total_trials: 2, max_concurrent_trials: 1 },
  };
  const definition = JSON.stringify({ type: 'pipeline', jobs: { tune } });
  const job = await server.context.jobs.waitFor(
    await start({ ExperimentName: 'swept' }, definition),
  );
  const idOf = (step: string) => job.steps.find(({ name }) => name === step)?.runId;
  const sweep = idOf('tune');
  expect((await get(`/runs/${job.id}/children`)).json).toMatchObject({ value: [{ runId: sweep }] });
  const trials = ['tune.0', 'tune.1'].map((name) => ({
    runId: idOf(name),
    parentRunId: sweep,
    rootRunId: job.id,
    properties: { 'azureml.stepname': name },
  }));
  expect((await get(`/runs/${sweep}/children`)).json).toMatchObject({ value: trials });
  expect((await get(`/runs/${idOf('tune.1')}`)).json).toMatchObject(trials[1] ?? {});
});

describe('a file of a run', () => {
  const info = (path: string, id = runId) =>
    get(`/experiments/told/runs/${id}/artifacts/contentinfo?path=${path}`);

  test('is told where it can be fetched', async () => {
    await server.context.workspace.artifacts.write(runId, 'reports/a b.txt', Buffer.from('kept'));
    const { json } = await info('reports/a%20b.txt');
    expect(json).toMatchObject({ path: 'reports/a b.txt' });
    const { pathname, search } = new URL(textAt({ json } as never, 'contentUri'));
    const file = await server.get(pathname + search, { token: null });
    expect(file).toMatchObject({ status: 200, text: 'kept' });
    expect(file.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-disposition': 'attachment',
    });
  });

  test('is a log under each name that clients know', async () => {
    for (const path of ['user_logs/std_log.txt', 'azureml-logs/70_driver_log.txt']) {
      expect((await info(path, stepRunId)).status).toBe(200);
    }
    expect((await info('logs/azureml/executionlogs.txt')).status).toBe(200);
  });

  test.each([
    ['that is not there', 'none.txt', 404],
    ['outside the run', '../../workspace.db', 400],
    ['without a name', '', 400],
  ])('%s has no address', async (_what, path, status) => {
    expect(await info(path)).toMatchObject({
      status,
      json: { Error: { Code: expect.any(String) } },
    });
  });

  test('cannot be fetched by an address that was made up', async () => {
    const link = `/history/v1.0/content/${runId}?path=reports/a&se=99999999999&sig=${'0'.repeat(64)}`;
    expect(await server.get(link, { token: null })).toMatchObject({
      status: 403,
      json: { Error: { Code: 'PermissionDenied' } },
    });
    expect((await server.get(link)).status).toBe(403);
  });
});

describe('a query', () => {
  const query = (body?: object | string, experiment = 'queried') =>
    server.post(`${historyPath}/experiments/${experiment}/runs:query`, body);
  const found = async (body?: object) =>
    ((await query(body)).json as { value: RunRecord[] }).value.map((run) => run.runId);
  let builds: readonly string[];

  beforeAll(async () => {
    const ids: string[] = [];
    for (const BuildId of ['1', '2', '3']) {
      const command = BuildId === '2' ? 'exit 1' : 'true';
      const body = { ExperimentName: 'queried', Tags: { BuildId } };
      ids.push(await start(body, echoDefinition(command)));
      await server.context.jobs.waitFor(ids.at(-1) ?? '');
    }
    builds = ids;
  });

  test('gives the runs of its experiment, the newest first, and no steps', async () => {
    const [first, second, third] = builds;
    expect(await found()).toEqual([third, second, first]);
    expect(await found({})).toEqual([third, second, first]);
    expect(await found({ Filter: '' })).toEqual([third, second, first]);
  });

  test('gives what the filter asks for', async () => {
    const [first, second, third] = builds;
    expect(await found({ Filter: "Tags/BuildId eq '2'" })).toEqual([second]);
    expect(await found({ filter: "status eq 'Failed'" })).toEqual([second]);
    expect(await found({ Filter: "Tags/BuildId gt '1' and not (status eq 'Failed')" })).toEqual([
      third,
    ]);
    expect(await found({ Filter: `runId eq '${first}' or Tags/BuildId eq '3'` })).toEqual([
      third,
      first,
    ]);
    expect(await found({ Filter: "Tags/BuildId eq '9'" })).toEqual([]);
  });

  test('gives the steps of a run where it speaks of them', async () => {
    const [first] = builds;
    const job = await server.context.jobs.get(first ?? '');
    expect(await found({ Filter: `ParentRunId eq '${first}'` })).toEqual([job.steps[0]?.runId]);
  });

  test('goes on where it has left off', async () => {
    const [first, second, third] = builds;
    const { json } = await query({ Top: 2 });
    expect(json).toMatchObject({
      value: [{ runId: third }, { runId: second }],
      continuationToken: '2',
    });
    const rest = await query({ top: 2, continuationToken: '2' });
    expect(rest.json).toMatchObject({ value: [{ runId: first }], continuationToken: null });
  });

  test.each([
    ['a filter that is none', { Filter: 'BuildId = 7' }, 'invalid Filter'],
    ['a property that runs do not have', { Filter: "Colour eq 'red'" }, "no property 'Colour'"],
    ['a filter that is a number', { Filter: 5 }, 'Filter'],
    ['too many at once', { Top: 5_000 }, 'Top'],
    ['a token that was made up', { ContinuationToken: 'x' }, 'ContinuationToken'],
    ['a list', '[]', 'the body'],
  ])('with %s is 400', async (_what, body, words) => {
    const answer = await query(body);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(words);
  });

  test('of an experiment that is not there is 404', async () => {
    expect((await query({}, 'none')).status).toBe(404);
  });
});
