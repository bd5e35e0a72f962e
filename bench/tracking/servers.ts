// The two servers, each in processes of its own on a folder that is thrown away.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Target } from './load.ts';

export interface BenchServer extends Target {
  readonly name: string;
  /** Milliseconds from the start of the process to its first answer. */
  readonly coldStartMs: number;
  /** As SQLAlchemy names it; null for ours. */
  readonly databaseUri: string | null;
  close(): Promise<void>;
}

/** @param database the address of a Postgres database; null: SQLite. */
export async function openRidgeline(folder: string, database: string | null): Promise<BenchServer> {
  const port = await freePort();
  const words = [
    'ridgeline',
    'up',
    '--workspace',
    path.join(folder, 'workspace'),
    '--port',
    `${port}`,
  ];
  const environment = database === null ? {} : { RIDGELINE_DATABASE: database };
  const program = path.join(import.meta.dirname, '../../packages/cli/bin/ridgeline.mjs');
  const child = start(process.execPath, [program, ...words.slice(1)], environment);
  const output = printed(child);
  const coldStartMs = await untilHealthy(port, child);
  const token = await output(/Token\s+(\S+)/i);
  return {
    name: 'ridgeline',
    port,
    token,
    coldStartMs,
    databaseUri: null,
    close: () => end(child),
  };
}

/** @param peers holds a virtual environment `mlflow`. */
export async function openMlflow(
  folder: string,
  database: string | null,
  peers: string,
): Promise<BenchServer> {
  const port = await freePort();
  // As SQLAlchemy names it, with the driver that most have.
  const postgres = database?.replace(/^postgres:/, 'postgresql+psycopg2:');
  const databaseUri = postgres ?? `sqlite:///${path.join(folder, 'mlflow.db')}`;
  const program = path.join(peers, 'mlflow/bin/mlflow');
  const child = start(program, [
    ...['server', '--host', '127.0.0.1', '--port', `${port}`],
    ...['--backend-store-uri', databaseUri],
    ...['--artifacts-destination', path.join(folder, 'artifacts')],
  ]);
  child.stderr?.resume();
  const coldStartMs = await untilHealthy(port, child);
  return { name: 'mlflow', port, token: null, coldStartMs, databaseUri, close: () => end(child) };
}

function start(program: string, words: readonly string[], environment: object = {}): ChildProcess {
  const child = spawn(program, words, {
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: MLflow's server has workers, which would outlive it.
    detached: true,
    env: { ...process.env, ...environment },
  });
  // Whatever ends this process ends its servers.
  process.once('exit', () => kill(child));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  return child;
}

function kill({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  process.kill(-pid, 'SIGKILL');
}

function printed(child: ChildProcess): (pattern: RegExp) => Promise<string> {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (piece) => {
    text += piece;
  });
  return async (pattern) => {
    for (;;) {
      const found = pattern.exec(text)?.[1];
      if (found !== undefined) return found;
      if (child.exitCode !== null) throw new Error(`the server ended: ${text}`);
      await wait(20);
    }
  };
}

async function untilHealthy(port: number, child: ChildProcess): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null);
    if (answer?.ok === true) return performance.now() - startedAt;
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    await wait(5);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  kill(child);
  await gone;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
