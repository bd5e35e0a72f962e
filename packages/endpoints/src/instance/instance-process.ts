// One operating-system process that scores: started, waited for until it is ready, stopped.
// Knows the scoring process's ready message, and nothing of endpoints, deployments or requests.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ScoringProcess } from './instance.ts';
import type { InstanceLog } from './instance-log.ts';

/** How long output may still come after the exit: a grandchild may hold the pipes for ever. */
const lastOutputMs = 500;

export interface ProcessOptions {
  /** Module that the process runs. */
  readonly processPath: string;
  /** Its working folder. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly log: InstanceLog;
}

export class InstanceProcess implements ScoringProcess {
  readonly #child: ChildProcess;
  /** By then its output is in the log. */
  readonly exited: Promise<string>;

  constructor(options: ProcessOptions) {
    this.#child = spawn(process.execPath, [options.processPath], {
      cwd: options.folder,
      env: options.environment,
      // By the IPC channel the process notices at once when this one dies, however it dies.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child.stdout?.pipe(options.log, { end: false });
    this.#child.stderr?.pipe(options.log, { end: false });
    this.exited = exitOf(this.#child, options.log);
  }

  /**
   * Resolves with the loopback port that the process listens on. When the process exits first,
   * takes longer than `timeoutMs` or `signal` aborts, it is killed and the promise rejects with
   * an Error whose message says which.
   */
  async ready(timeoutMs: number, signal: AbortSignal): Promise<number> {
    const settled = new AbortController();
    try {
      return await Promise.race([
        readyPort(this.#child, settled.signal),
        this.exited.then((how) => Promise.reject(new Error(`the scoring process ${how}`))),
        timeLimit(timeoutMs, settled.signal),
        abortion(signal, settled.signal),
      ]);
    } catch (error) {
      this.#child.kill('SIGKILL');
      await this.exited;
      throw error;
    } finally {
      settled.abort();
    }
  }

  async stop(graceMs: number): Promise<void> {
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), graceMs);
    await this.exited;
    clearTimeout(timer);
  }
}

async function exitOf(child: ChildProcess, log: InstanceLog): Promise<string> {
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const how = await new Promise<string>((resolve) => {
    child.on('error', (error) => {
      // Also reported when a signal cannot be sent to a living process, which is no end.
      if (child.pid === undefined) resolve(`could not be started: ${error.message}`);
    });
    child.once('exit', (code, signal) =>
      resolve(signal === null ? `exited with code ${code}` : `was killed by ${signal}`),
    );
  });
  await Promise.race([closed, sleep(lastOutputMs, undefined, { ref: false })]);
  await log.flush();
  return how;
}

function readyPort(child: ChildProcess, settled: AbortSignal): Promise<number> {
  return new Promise((resolve) => {
    const listen = (message: unknown) => {
      const port = announcedPort(message);
      if (port !== null) resolve(port);
    };
    child.on('message', listen);
    settled.addEventListener('abort', () => child.off('message', listen));
  });
}

/** A scoring script may send messages of its own; they mean nothing here. */
function announcedPort(message: unknown): number | null {
  if (typeof message !== 'object' || message === null) return null;
  const { event, port } = message as { readonly event?: unknown; readonly port?: unknown };
  return event === 'ready' && typeof port === 'number' ? port : null;
}

async function timeLimit(timeoutMs: number, signal: AbortSignal): Promise<never> {
  await sleep(timeoutMs, undefined, { signal });
  throw new Error(`the scoring process was not ready after ${timeoutMs / 1000} s`);
}

async function abortion(signal: AbortSignal, settled: AbortSignal): Promise<never> {
  signal.throwIfAborted();
  await once(signal, 'abort', { signal: settled });
  throw signal.reason;
}
