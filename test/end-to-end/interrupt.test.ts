// Ctrl-C while the project has its first life: the server leaves at once, the build that was under way
// is told as failed, and goes on from there when it is run again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RidgelineClient } from '@ridgeline/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bin, ridgeline, startServer } from './cli.ts';
import { DeliveryProject } from './delivery-project.ts';

let folder: string;
let workspace: string;
let project: DeliveryProject;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'interrupt-'));
  workspace = path.join(folder, 'workspace');
  project = new DeliveryProject(folder);
  await project.make();
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('an interrupted life ends with 130; its build has failed at the next start, and goes on when it is run again', {
  timeout: 180_000,
}, async () => {
  const words = ['up', '--project', project.file(), '-w', workspace, '--port', '0'];
  const child = spawn(process.execPath, [bin, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stderr.setEncoding('utf8');
  let shown = '';
  const testing = new Promise<void>((resolve) => {
    child.stderr.on('data', (part: string) => {
      shown += part;
      if (shown.includes('Run unit tests')) resolve();
    });
  });
  await testing;
  child.kill('SIGINT');
  const [exitCode] = await once(child, 'exit');
  expect(exitCode).toBe(130);
  expect(shown).toContain('Interrupted');
  expect(shown).toContain("'ridgeline build rerun 1'");
  expect(await readdir(workspace)).not.toContain('server.json');

  const server = await startServer(workspace, 0, ['--project', project.file()]);
  const client = new RidgelineClient({ url: server.url, token: server.token });
  expect(await client.builds.wait('1')).toMatchObject({ result: 'failed' });
  expect(await client.jobs.list()).toEqual([]);
  const again = await ridgeline(['build', 'rerun', '1', '--wait', '-w', workspace]);
  expect(again.exitCode, again.stderr).toBe(0);
  expect(await client.jobs.list()).toContainEqual(
    expect.objectContaining({ verdict: expect.objectContaining({ outcome: 'registered' }) }),
  );
  await server.stop();
});
