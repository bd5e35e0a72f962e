// Starts the scoring process as a parent does, and collects what it says.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { scoringProcessPath } from '../src/index.ts';

export interface RunningProcess {
  readonly child: ChildProcess;
  /** The ready message, or null when the process ended without one. */
  readonly ready: Promise<{ readonly event: string; readonly port: number } | null>;
  /** The exit code, or the signal. */
  readonly ended: Promise<number | string | null>;
  stdout(): string;
  stderr(): string;
}

export function startProcess(environment: Readonly<Record<string, string>>): RunningProcess {
  const child = spawn(process.execPath, [scoringProcessPath], {
    env: { PATH: process.env.PATH ?? '', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text) => {
      texts[name] += text;
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal);
  const message = once(child, 'message').then(([value]) => value);
  return {
    child,
    ready: Promise.race([message, ended.then(() => null)]),
    ended,
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
  };
}
