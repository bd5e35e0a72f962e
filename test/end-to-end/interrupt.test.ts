// Ctrl-C while the project has its first life: the server leaves at once, and what was under way
// goes on when it starts again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RidgelineClient } from '@ridgeline/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bin, startServer, template } from './cli.ts';

let workspace: string;

beforeEach(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'interrupt-'));
});

afterEach(() => rm(workspace, { recursive: true, force: true }));

test('an interrupted life ends with 130, and its job goes on at the next start', async () => {
  const words = ['up', '--project', template, '-w', workspace, '--port', '0'];
  const child = spawn(process.execPath, [bin, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stderr.setEncoding('utf8');
  let shown = '';
  const training = new Promise<void>((resolve) => {
    child.stderr.on('data', (part: string) => {
      shown += part;
      if (shown.includes('Train Model')) resolve();
    });
  });
  await training;
  child.kill('SIGINT');
  const [exitCode] = await once(child, 'exit');
  expect(exitCode).toBe(130);
  expect(shown).toContain('Interrupted');
  expect(await readdir(workspace)).not.toContain('server.json');

  const server = await startServer(workspace);
  const client = new RidgelineClient({ url: server.url, token: server.token });
  const [job] = await client.jobs.list();
  expect(await client.jobs.wait(job?.id ?? '')).toMatchObject({
    status: 'Completed',
    verdict: { outcome: 'registered' },
  });
  await server.stop();
});
