// The stream of changes where several servers have one database: what happens at one is told at all.
import { Client } from 'pg';
import { afterEach, expect, test } from 'vitest';
import { type EventReader, readEvents } from '../../test/read-events.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { type RunningServer, startServer } from '../start-server.ts';

const servers: RunningServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(folder: string): Promise<RunningServer> {
  const server = await startServer({ folder, port: 0 });
  servers.push(server);
  return server;
}

function open({ url, token }: RunningServer, query = ''): Promise<EventReader> {
  return readEvents(`${url}/api/v1/events${query}`, token);
}

async function post({ url, token }: RunningServer, path: string, body: object) {
  const answer = await fetch(`${url}/api/2.0/mlflow/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as { readonly run?: { readonly info: { readonly run_id: string } } };
}

async function newRun(server: RunningServer): Promise<string> {
  return (await post(server, 'runs/create', { experiment_id: '0' })).run?.info.run_id ?? '';
}

test('what is written at one server is told at the other, in its order', async () => {
  const folder = await temporaryFolder();
  const [here, there] = [await start(folder), await start(folder)];
  await using events = await open(here, '?experiments=0&kinds=run,metrics,tags');
  await events.until(({ event }) => event === 'ready');
  const runId = await newRun(there);
  for (let step = 0; step < 100; step += 1) {
    await post(there, 'runs/log-metric', { run_id: runId, key: 'k', value: step, step });
  }
  await post(there, 'runs/update', { run_id: runId, status: 'FINISHED' });
  const all = await events.until(({ data }) => data.status === 'FINISHED');
  const told = all.filter(({ event }) => event !== 'reset');
  expect(told[0]).toMatchObject({ event: 'run', data: { action: 'created', runId } });
  const metrics = told.filter(({ event }) => event === 'metrics');
  expect(metrics.reduce((count, { data }) => count + Number(data.count), 0)).toBe(100);
  expect(told.at(-2)?.event).toBe('metrics');
  // Too long for one message between servers: that it is so is told.
  const tags = Array.from({ length: 100 }, (_, n) => ({ key: `${n}`.padEnd(240, 'x'), value: '' }));
  await post(there, 'runs/log-batch', { run_id: runId, tags });
  expect(await events.take(1)).toMatchObject([{ event: 'tags', data: { runId, keys: [] } }]);
});

test('after the connection to the database was lost, readers are told to read again', async () => {
  const folder = await temporaryFolder();
  const [here, there] = [await start(folder), await start(folder)];
  await using events = await open(here, '?kinds=tags');
  await events.until(({ event }) => event === 'ready');
  const runId = await newRun(there);
  await post(there, 'runs/set-tag', { run_id: runId, key: 'before', value: '' });
  await events.until(({ event }) => event === 'tags');
  await breakChannels();
  await events.until(({ event }) => event === 'reset');
  // Both are back some time: what is written from then on is told.
  for (;;) {
    await post(there, 'runs/set-tag', { run_id: runId, key: 'after', value: '' });
    if ((await events.next())?.event === 'tags') break;
  }
});

/** As a restart of the database does, but for the channels of this test's schema alone. */
async function breakChannels(): Promise<void> {
  const address = new URL(process.env.RIDGELINE_DATABASE ?? '');
  const schema = address.searchParams.get('schema');
  address.searchParams.delete('schema');
  const client = new Client({ connectionString: address.href });
  await client.connect();
  const sql = 'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1';
  await client.query(sql, [`ridgeline ${schema} channel`]);
  await client.end();
}
