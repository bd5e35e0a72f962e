// What a server has compiled is kept for the next start while it still runs: a server that is killed, or
// loses its machine, writes nothing at its end.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startServer } from './cli.ts';

test('a server keeps what it has compiled while it runs', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'compiled-server-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const env = { ...process.env, NODE_COMPILE_CACHE: undefined, XDG_CACHE_HOME: folder };
  const server = await startServer(path.join(folder, 'workspace'), 0, [], env);
  onTestFinished(() => server.stop('SIGKILL'));
  const isKept = async () => {
    const files = await readdir(path.join(folder, 'ridgeline'), { recursive: true });
    // Of the server alone there are many more.
    expect(files.length).toBeGreaterThan(500);
  };
  await vi.waitFor(isKept, { timeout: 20_000, interval: 100 });
});
