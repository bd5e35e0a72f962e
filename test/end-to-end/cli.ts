// Runs the command `ridgeline` as a person does: as a process of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export const bin = fileURLToPath(new URL('../../packages/cli/bin/ridgeline.mjs', import.meta.url));
export const template = fileURLToPath(
  new URL('../../templates/diabetes-regression', import.meta.url),
);

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end. */
export async function ridgeline(
  words: readonly string[],
  options: { readonly cwd?: string; readonly env?: Record<string, string> } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [bin, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
  });
  const [[exitCode], stdout, stderr] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { exitCode, stdout, stderr };
}

export interface Server {
  readonly process: ChildProcess;
  readonly url: string;
  readonly token: string;
  /** Asks the server to end, and waits until it has. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts `ridgeline up` and waits until it serves. */
export async function startServer(
  workspace: string,
  port = 0,
  more: readonly string[] = [],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Server> {
  const words = ['up', '-w', workspace, '--port', String(port), ...more];
  const child = spawn(process.execPath, [bin, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env,
  });
  let shown = '';
  child.stderr.setEncoding('utf8');
  const ready = new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (part: string) => {
      shown += part;
      if (shown.includes('Ctrl-C')) resolve();
    });
    child.once('exit', () => reject(new Error(`the server ended before it was ready:\n${shown}`)));
  });
  await ready;
  const field = (name: string) => new RegExp(`^${name} +(\\S+)$`, 'm').exec(shown)?.[1] ?? '';
  return {
    process: child,
    url: field('server'),
    token: field('token'),
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    },
  };
}
