// The sample project through its life with artifacts in an object store: all that reads and writes
// them, from processes of their own. And a job that goes on after the store was away.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RidgelineClient } from '@ridgeline/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { StoreServer } from '../../packages/workspace/test/object-stores/store-server.ts';
import { ridgeline, type Server, startServer, template } from './cli.ts';

const minutes = 60_000;
let store: StoreServer;
let folder: string;
let workspace: string;
let server: Server | undefined;

beforeAll(async () => {
  store = await StoreServer.start('s3');
  // The server and the command line have them from here.
  Object.assign(process.env, store.environment);
  folder = await mkdtemp(path.join(tmpdir(), 'object-store-'));
  workspace = path.join(folder, 'workspace');
});
afterAll(async () => {
  await server?.stop();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(50);
}

test(
  'a project is trained, deployed and scored, and no artifact of it is in the folder',
  async () => {
    const up = ['up', '--project', template, '--once', '--json', '-w', workspace, '--port', '0'];
    const ended = await ridgeline([...up, '--artifacts', store.address('team/a')]);
    expect(ended).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(ended.stdout)).toMatchObject({
      outcome: 'completed',
      verdict: 'registered',
      rowsScored: 442,
      rowsNotScored: 0,
    });
    expect(existsSync(path.join(workspace, 'artifacts'))).toBe(false);
  },
  2 * minutes,
);

test(
  'the next server knows where they are, and hands the model out',
  async () => {
    // Without an address: the folder remembers it.
    server = await startServer(workspace);
    const client = new RidgelineClient({ url: server.url, token: server.token });
    const { source = '' } = await client.models.getVersion('diabetes_regression_model', '1');
    const [, runId = '', place = ''] = /^runs:\/([^/]+)\/(.+)$/.exec(source) ?? [];
    const file = path.join(folder, 'MLmodel');
    await client.artifacts.download(runId, `${place}/MLmodel`, file);
    expect(await readFile(file, 'utf8')).toContain('flavors:');
  },
  minutes,
);

const jobIn = (place: string) => `type: pipeline
jobs:
  make:
    type: command
    command: >-
      touch '${place}/begun'; while [ ! -e '${place}/go' ]; do sleep 0.1; done;
      echo 42 > \${{outputs.out}}/value; touch '${place}/ended'
    outputs: {out: {type: uri_folder}}
  use:
    type: command
    command: grep 42 \${{inputs.in}}/value
    inputs: {in: '\${{parent.jobs.make.outputs.out}}'}
`;

test(
  'a job waits for a store that is away, and goes on when it is back',
  async () => {
    const file = path.join(folder, 'job.yml');
    await writeFile(file, jobIn(folder));
    const ask = async (...words: string[]) =>
      JSON.parse((await ridgeline([...words, '-w', workspace, '--json'])).stdout);
    const { id } = await ask('job', 'create', '-f', file);
    await until(() => existsSync(path.join(folder, 'begun')));
    await store.kill();
    await writeFile(path.join(folder, 'go'), '');
    await until(() => existsSync(path.join(folder, 'ended')));
    // The step has ended, and what it has written has no place to go to.
    expect((await ask('job', 'show', id)).status).toBe('Running');
    await store.resume();
    await until(async () => (await ask('job', 'show', id)).status === 'Completed');
  },
  2 * minutes,
);
