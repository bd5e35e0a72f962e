// A server that has to start again, as another one has taken the engines over, keeps the port that it was
// given by chance: whoever knows its address finds it there again.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parsePostgresAddress } from '../../packages/workspace/src/database/postgres-address.ts';
import { lockKey } from '../../packages/workspace/src/database/postgres-lock-key.ts';
import { bin } from '../end-to-end/cli.ts';

let folder: string;
let server: ChildProcess;
let shown: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ridgeline-kept-port-'));
  const words = ['up', '-w', path.join(folder, 'workspace'), '--port', '0'];
  // Its database is the one that the environment names.
  server = spawn(process.execPath, [bin, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
  shown = '';
  server.stderr?.setEncoding('utf8').on('data', (part: string) => {
    shown += part;
  });
});
afterEach(async () => {
  if (server.exitCode === null && server.signalCode === null) {
    const exited = once(server, 'exit');
    server.kill('SIGKILL');
    await exited;
  }
  await rm(folder, { recursive: true, force: true });
});

/** The addresses at which it has said so far that it serves. */
const addresses = () => [...shown.matchAll(/^server +(\S+)$/gm)].map(([, url]) => url);

async function untilShown(text: string, count = 1): Promise<void> {
  const times = () => shown.split(text).length - 1;
  await vi.waitFor(() => expect(times(), shown).toBe(count), { timeout: 60_000, interval: 50 });
}

/** As a server does that takes over: it has the lock, and the one that had it cannot show that it has. */
async function takeOver(): Promise<Client> {
  const { connectionString, schema } = parsePostgresAddress(process.env.RIDGELINE_DATABASE ?? '');
  const other = new Client({ connectionString });
  await other.connect();
  const name = `ridgeline ${schema} engines`;
  const cut = 'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1';
  await other.query(cut, [name]);
  await other.query(`select pg_advisory_lock(${lockKey(schema, 'engines')})`);
  return other;
}

test('a server that starts again keeps its port, and leaves in order', {
  timeout: 120_000,
}, async () => {
  await untilShown('Ctrl-C');
  const [address = ''] = addresses();
  expect(new URL(address).port).not.toBe('5757');
  const other = await takeOver();
  await untilShown('starting again');
  await untilShown('Ctrl-C', 2);
  expect(addresses()).toEqual([address, address]);
  expect(shown).toContain('run by another server of this workspace');
  expect((await fetch(`${address}/health`)).status).toBe(200);
  await other.end();
  const exited = once(server, 'exit');
  server.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  expect(shown).toContain('Stopping');
});
