// A real server in a process of its own, on a workspace that is thrown away.
// As a program: node server-process.ts <folder> <slots>
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RidgelineClient } from '@ridgeline/client';
import { startServer } from '@ridgeline/server';

export interface BenchServer {
  readonly client: RidgelineClient;
  readonly folder: string;
  readonly process: ChildProcess;
  close(): Promise<void>;
}

export async function openServer(slots: number): Promise<BenchServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ridgeline-bench-'));
  const words = [import.meta.filename, path.join(folder, 'workspace'), String(slots)];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [{ url, token }] = await once(child, 'message');
  const close = async () => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    await rm(folder, { recursive: true, force: true });
  };
  return { client: new RidgelineClient({ url, token }), folder, process: child, close };
}

if (process.argv[1] === import.meta.filename) {
  const [folder = '', slots] = process.argv.slice(2);
  const { url, token } = await startServer({ folder, port: 0, slots: Number(slots) });
  process.send?.({ url, token });
}
