// Following a job over a server that is killed and started again: nothing of its log is lost, and who
// follows need not come back.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { RidgelineClient } from '@ridgeline/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bin, ridgeline, startServer } from './cli.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'events-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

// The first step ends when the file is there, whatever becomes of the server.
const pipeline = (gate: string) => `type: pipeline
jobs:
  first:
    command: echo one; until test -e '${gate}'; do sleep 0.05; done; echo two
    outputs: {done: {type: uri_folder}}
  second:
    command: echo three
    inputs: {done: "\${{parent.jobs.first.outputs.done}}"}
`;

test('a log is followed to its end, through the death of the server', {
  timeout: 60_000,
}, async () => {
  const workspace = path.join(folder, 'workspace');
  const gate = path.join(folder, 'gate');
  await writeFile(path.join(folder, 'pipeline.yml'), pipeline(gate));
  let server = await startServer(workspace);
  const port = Number(new URL(server.url).port);
  const file = path.join(folder, 'pipeline.yml');
  const created = await ridgeline(['job', 'create', '-f', file, '-w', workspace, '--json']);
  const { id } = JSON.parse(created.stdout);

  const words = ['job', 'logs', id, '--follow', '--url', server.url];
  const env = { ...process.env, RIDGELINE_TOKEN: server.token };
  const follower = spawn(process.execPath, [bin, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  const notes = text(follower.stderr);
  let printed = '';
  for await (const part of follower.stdout) {
    printed += part;
    if (!printed.endsWith('one\n')) continue;
    await server.stop('SIGKILL');
    await writeFile(gate, '');
    server = await startServer(workspace, port);
  }
  expect(printed, await notes).toBe('── first\none\ntwo\n── second\nthree\n');
  expect(await notes).toMatch(
    /first: Completed[\s\S]*second: Completed[\s\S]*job \w+: Completed\n$/,
  );

  const client = new RidgelineClient({ url: server.url, token: server.token });
  const again = await ridgeline(['job', 'show', id, '--watch', '--json', '-w', workspace]);
  expect(JSON.parse(again.stdout)).toEqual(JSON.parse(JSON.stringify(await client.jobs.get(id))));
  const told = ridgeline(['events', '--kind', 'run', '--limit', '1', '--json', '-w', workspace]);
  const enough = new AbortController();
  const making = makeRuns(client, enough.signal);
  const line = JSON.parse((await told).stdout);
  expect(line).toMatchObject({ kind: 'run', action: 'created', experimentId: '0' });
  enough.abort();
  await making;
  const unknown = await ridgeline(['events', '--kind', 'runs', '-w', workspace]);
  expect(unknown).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("names 'runs'") });
  await server.stop();
});

/** Until one has been seen. */
async function makeRuns({ runs }: RidgelineClient, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await runs.create({ experimentId: '0' });
    await delay(100);
  }
}
