// A Postgres that goes away under load and comes back: what fails is told in MLflow's words, the
// server goes on by itself, and has all that it acknowledged.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type RunningServer, startServer } from '@ridgeline/server';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../packages/server/test/temporary-folder.ts';
import { type Reply, TrackingClient } from '../../packages/server/test/tracking-client.ts';
import { Writer } from '../../packages/server/test/tracking-load.ts';
import { until } from '../../packages/server/test/until.ts';
import { type Cluster, startCluster } from './cluster.ts';

let folder: string;
let cluster: Cluster;
let server: RunningServer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ridgeline-lost-postgres-'));
  cluster = await startCluster(folder);
  server = await startServer({
    folder: path.join(await temporaryFolder(), 'workspace'),
    database: cluster.url,
    port: 0,
    logger: false,
  });
});
afterAll(async () => {
  await server?.close();
  await cluster?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function cutConnections(): Promise<void> {
  const admin = new Client({ connectionString: cluster.url });
  await admin.connect();
  const others = 'from pg_stat_activity where pid <> pg_backend_pid()';
  await admin.query(
    `select pg_terminate_backend(pid) ${others} and application_name like 'ridge%'`,
  );
  await admin.end();
}

/** Longer than the server tries to reach it again before it says so. */
const longMs = 6_000;

async function stopForLong(): Promise<void> {
  await cluster.stop('SIGINT');
  await delay(longMs);
  await cluster.start();
}

async function killAndStart(): Promise<void> {
  await cluster.stop('SIGKILL');
  // Its own processes have to notice first, and hold what the next one needs until then.
  await until('it starts', () =>
    cluster.start().then(
      () => true,
      () => null,
    ),
  );
}

async function call(method: string, route: string, body?: object) {
  const answer = await fetch(server.url + route, {
    method,
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return (await answer.json()) as { readonly id: string; readonly status: string };
}

/** Its step ends while the database is away. */
async function submitJob(): Promise<string> {
  const definition = 'type: command\ncommand: sleep 1\n';
  const submission = { definition, fileName: 'job.yml', code: {}, uploads: {} };
  return (await call('POST', '/api/v1/jobs', submission)).id;
}

test.each([
  ['whose connections are cut', cutConnections],
  ['that is stopped for long', stopForLong],
  ['that is killed', killAndStart],
])(
  'a Postgres %s costs nothing that was acknowledged',
  { timeout: 60_000 },
  async (name, fault) => {
    const client = new TrackingClient(server);
    const writers = [1, 2, 3, 4].map(
      (number) => new Writer(`${name}${number}`.replace(/\W/g, '_')),
    );
    for (const writer of writers) await writer.begin(client);
    const jobId = await submitJob();

    const failures: Reply[] = [];
    let isOver = false;
    let answersSince = 0;
    const goesOn = (reply: Reply | null) => {
      if (reply?.status === 503) failures.push(reply);
      else if (isOver) answersSince += 1;
      return answersSince < 100;
    };
    const working = Promise.all(writers.map((writer) => writer.work(client, goesOn)));
    await delay(100);
    await fault();
    isOver = true;
    await working;

    for (const { json } of failures) {
      const message = expect.stringMatching(/^database postgres:.*; once it answers again/);
      expect(json).toEqual({ error_code: 'TEMPORARILY_UNAVAILABLE', message });
      expect(json.message).not.toContain(new URL(cluster.url).password);
    }
    if (fault === stopForLong) expect(failures.length).toBeGreaterThan(0);
    const problems = await Promise.all(writers.map((writer) => writer.problems(client)));
    expect(problems.flat()).toEqual([]);
    await until('its job has ended', async () => {
      const { status } = await call('GET', `/api/v1/jobs/${jobId}`);
      return status === 'Completed' ? status : null;
    });
  },
);
