// The second lifecycle: published, started by the article's REST call, its endpoint made; the data
// replaced, started again, the endpoint updated. Real processes all through.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { RidgelineClient } from '@ridgeline/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ridgeline, type Server, startServer } from './cli.ts';

const minutes = 60_000;
const template = fileURLToPath(new URL('../../templates/automl-lifecycle', import.meta.url));
const parameters = {
  model_name: 'automlmodel',
  primary_metric: 'r2_score',
  aciservice_name: 'aciservice',
};
let folder: string;
let project: string;
let workspace: string;
let server: Server;
let client: RidgelineClient;
let restEndpoint: string;
let principal: { readonly appId: string; readonly password: string; readonly tenant: string };

const run = (...words: string[]) => ridgeline([...words, '-w', workspace], { cwd: project });
const json = async (...words: string[]) => {
  const ended = await run(...words, '--json');
  expect(ended.exitCode, ended.stderr).toBe(0);
  return JSON.parse(ended.stdout);
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'automl-lifecycle-'));
  [project, workspace] = [path.join(folder, 'project'), path.join(folder, 'workspace')];
  await cp(template, project, { recursive: true });
  server = await startServer(workspace);
  client = new RidgelineClient({ url: server.url, token: server.token });
  expect((await run('compute', 'create', '-f', 'compute/cpu-cluster.yml')).exitCode).toBe(0);
  await json('data', 'create', '-f', 'data/machine-data.yml');
  const place = ['--name', 'pipeline-cycle', '--endpoint', 'pipeline-cycle'];
  await json('pipeline', 'publish', '-f', 'pipelines/automl-pipeline.yml', ...place);
  ({ restEndpoint } = await json('pipeline-endpoint', 'show', 'pipeline-cycle'));
  principal = await json('service-principal', 'create', 'starter', '--role', 'Contributor');
}, 2 * minutes);

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A token as `az account get-access-token` gets it. */
async function tokenOf({ appId, password, tenant }: typeof principal): Promise<string> {
  const answer = await fetch(`${server.url}/${tenant}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId,
      client_secret: password,
      resource: 'https://management.azure.com/',
    }),
  });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** The article's call. */
function start(token: string | null, given: Readonly<Record<string, string>> = parameters) {
  return fetch(restEndpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ ExperimentName: 'pipeline-cycle-test', ParameterAssignments: given }),
  });
}

async function startAndWait(given?: Readonly<Record<string, string>>) {
  const answer = await start(await tokenOf(principal), given);
  expect(answer.status).toBe(200);
  const { Id: id } = (await answer.json()) as { Id: string };
  return await client.jobs.wait(id);
}

async function logOf(jobId: string, step: string): Promise<string> {
  let log = '';
  for await (const text of client.jobs.followLog(jobId, step)) log += text;
  return log;
}

async function score(): Promise<number> {
  const body = JSON.parse(await readFile(path.join(project, 'deployment/request.json'), 'utf8'));
  const { primaryKey } = await client.endpoints.keys('aciservice');
  const { scoringUri } = await client.endpoints.get('aciservice');
  const answer = await fetch(scoringUri, {
    method: 'POST',
    headers: { authorization: `Bearer ${primaryKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  expect(answer.status, text).toBe(200);
  const numbers = JSON.parse(text);
  const [first] = Array.isArray(numbers) ? numbers : (numbers.Results ?? numbers.result);
  return Number(first);
}

function tagsOf({ tags = [] }: { tags?: readonly { key: string; value: string }[] }) {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

describe('who may start it', () => {
  test('nobody without a token', async () => {
    expect((await start(null)).status).toBe(401);
    expect((await start('expired')).status).toBe(401);
  });

  test('no service principal without a role of Contributor', async () => {
    const reader = await json('service-principal', 'create', 'looker', '--role', 'Reader');
    expect((await start(await tokenOf(reader))).status).toBe(403);
  });
});

describe('the first start', () => {
  let job: Awaited<ReturnType<typeof startAndWait>>;
  beforeAll(async () => {
    job = await startAndWait();
  }, 5 * minutes);

  test('searches, registers and makes the endpoint', async () => {
    expect(job.error).toBeNull();
    expect(job).toMatchObject({ status: 'Completed', experimentName: 'pipeline-cycle-test' });
    expect(job.steps.map(({ name }) => name)).toEqual(['automl_regression', 'register_model']);
    const log = await logOf(job.id, 'register_model');
    for (const [name, value] of Object.entries(parameters))
      expect(log).toContain(`${name}: ${value}`);
    expect(log).toMatch(/best_runid: [0-9a-f]{32}\n/);
    expect(log).toContain('Registered version 1 of model automlmodel\n');
    expect(log).not.toContain('Found existing service');
    expect(log).toContain('aciservice: Succeeded at http');
  });

  test('keeps each trial as a run below the step’s own, with its folds', async () => {
    const step = job.steps.find(({ name }) => name === 'automl_regression');
    const { info, data } = await client.runs.get(step?.runId ?? '');
    const search = {
      experiment_ids: [info.experiment_id],
      filter: `tags.mlflow.parentRunId = '${info.run_id}'`,
    };
    const { runs: trials = [] } = await client.runs.search(search);
    expect(trials.length).toBeGreaterThan(1);
    const metric = (key: string, metrics = data.metrics ?? []) =>
      metrics.find((found) => found.key === key)?.value;
    const scores = trials.flatMap((trial) => metric('r2_score', trial.data.metrics) ?? []);
    expect(scores).toContain(metric('r2_score'));
    const best = tagsOf(data).automl_best_child_run_id ?? '';
    const { data: of } = await client.runs.get(best);
    expect(metric('r2_score', of.metrics)).toBe(metric('r2_score'));
    expect(await client.runs.metricHistory(best, 'fold_r2_score')).toHaveLength(3);
    const kept = await client.artifacts.list(info.run_id);
    expect(kept.map(({ path: place }) => place)).toContain('leaderboard.json');
    const log = await logOf(job.id, 'automl_regression');
    expect(log).toMatch(/Trial 1 .*r2_score/);
  });

  test('tags the version with metric, run and data', async () => {
    const tags = tagsOf(await client.models.getVersion('automlmodel', '1'));
    expect(tags).toMatchObject({
      primary_metric: 'r2_score',
      run_id: job.id,
      dataset_id: 'machineData:1',
    });
    expect(Number(tags.r2_score)).toBeGreaterThan(0.5);
  });

  test('leaves an endpoint that takes Azure’s request, and only with its key', async () => {
    // The row is one of the data, where it is 361.
    const value = await score();
    expect(value).toBeGreaterThan(200);
    expect(value).toBeLessThan(900);
    const { scoringUri } = await client.endpoints.get('aciservice');
    expect((await fetch(scoringUri, { method: 'POST', body: '{}' })).status).toBe(401);
  });
});

describe('the data replaced, the next start', () => {
  test(
    'trains on the new content, registers a version more, and updates the endpoint in place',
    async () => {
      const [before, uri] = [await score(), (await client.endpoints.get('aciservice')).scoringUri];
      await replaceData((estimate) => estimate * 100);
      await json('data', 'create', '-f', 'data/machine-data.yml');
      const job = await startAndWait();
      expect(job.error).toBeNull();
      const log = await logOf(job.id, 'register_model');
      expect(log).toContain('Registered version 2 of model automlmodel\n');
      expect(log).toContain('Found existing service, update it.\n');
      const endpoint = await client.endpoints.get('aciservice');
      expect(endpoint.scoringUri).toBe(uri);
      expect(endpoint.deployments).toMatchObject([{ model: { version: '2' }, state: 'Ready' }]);
      const tags = tagsOf(await client.models.getVersion('automlmodel', '2'));
      expect(tags).toMatchObject({ dataset_id: 'machineData:2' });
      expect(await score()).toBeGreaterThan(10 * before);
    },
    5 * minutes,
  );
});

describe('its parameters', () => {
  test('steer the search itself: a metric that the task has not is refused, with those that it has', async () => {
    const given = { ...parameters, primary_metric: 'accuracy' };
    const answer = await start(await tokenOf(principal), given);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toMatch(/primary_metric.*r2_score.*'accuracy' was given/);
  });
});

async function replaceData(change: (estimate: number) => number): Promise<void> {
  const file = path.join(project, 'data/machine-cpu.csv');
  const [head = '', ...rows] = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const changed = rows.map((row) => {
    const cells = row.split(',');
    return [...cells.slice(0, -1), change(Number(cells.at(-1)))].join(',');
  });
  await writeFile(file, `${[head, ...changed].join('\n')}\n`);
}
