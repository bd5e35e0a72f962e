// Several servers on one database, as only Postgres lets them.
import { afterEach, expect, test } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { type RunningServer, startServer } from './start-server.ts';

const engineTiming = { checkMs: 100, patienceMs: 1_000, settleMs: 300 };
const servers: RunningServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(folder: string): Promise<RunningServer> {
  const server = await startServer({ folder, port: 0, engineTiming });
  servers.push(server);
  return server;
}

interface Json {
  readonly run?: { readonly info: { readonly run_id: string } };
  readonly error?: { readonly code: string };
}

async function post({ url, token }: RunningServer, path: string, body: object) {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, json: (await answer.json()) as Json };
}

const mlflow = '/api/2.0/mlflow';
const job = { commandJob: 'not looked at before the engines are' };

test('several servers log to one run, each param once', async () => {
  const folder = await temporaryFolder();
  const all = [await start(folder), await start(folder), await start(folder)];
  const [first] = all;
  if (first === undefined) throw new Error('no server');
  const made = await post(first, `${mlflow}/runs/create`, { experiment_id: '0' });
  const runId = made.json.run?.info.run_id ?? '';
  const metrics = Array.from({ length: 60 }, (_, step) =>
    post(all[step % 3] ?? first, `${mlflow}/runs/log-metric`, {
      ...{ run_id: runId, key: 'loss', value: step, timestamp: step, step },
    }),
  );
  const params = all.map((server, value) =>
    post(server, `${mlflow}/runs/log-parameter`, { run_id: runId, key: 'p', value: `${value}` }),
  );
  expect((await Promise.all(metrics)).map(({ status }) => status)).toEqual(Array(60).fill(200));
  expect((await Promise.all(params)).map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  const versions = all.map((server) =>
    post(server, `${mlflow}/experiments/create`, { name: 'the same' }),
  );
  expect((await Promise.all(versions)).map(({ status }) => status).sort()).toEqual([200, 400, 400]);
});

test('what one of them knows the others know at once', async () => {
  const folder = await temporaryFolder();
  const first = await start(folder);
  const second = await start(folder);
  const standInFor = { type: 'azure_blob', account: 'mlstore', container: 'first' };
  await post(first, '/api/v1/datastores', { name: 'blobs', standInFor });
  const headers = { authorization: `Bearer ${second.token}` };
  expect((await fetch(`${second.url}/api/v1/datastores/blobs`, { headers })).status).toBe(200);

  const listed = await fetch(`${first.url}/api/v1/tenants`, { headers });
  const { value } = (await listed.json()) as { readonly value: readonly string[] };
  const [tenant] = value;
  const statuses: number[] = [];
  for (let guess = 0; guess < 21; guess += 1) {
    const { url } = guess % 2 === 0 ? first : second;
    const form = { grant_type: 'client_credentials', client_id: 'x', client_secret: `${guess}` };
    const answer = await fetch(`${url}/${tenant}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({ ...form, scope: 'api://ridgeline/.default' }),
    });
    statuses.push(answer.status);
  }
  expect(statuses.slice(-2)).toEqual([expect.any(Number), 429]);
  expect(statuses.slice(0, 20)).not.toContain(429);
});

test('one runs the engines; when it ends, another takes over', async () => {
  const folder = await temporaryFolder();
  const first = await start(folder);
  const second = await start(folder);
  expect((await post(first, '/api/v1/jobs', job)).status).toBe(400);
  const refused = await post(second, '/api/v1/jobs', job);
  expect(refused).toMatchObject({ status: 503, json: { error: { code: 'ENGINES_ELSEWHERE' } } });
  await first.close();
  while ((await post(second, '/api/v1/jobs', job)).status === 503) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect((await post(second, '/api/v1/jobs', job)).status).toBe(400);
});
