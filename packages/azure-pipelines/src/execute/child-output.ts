// The output of a child process, read as fast as its reader takes it, and to its end.

import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

export type Child = ChildProcessByStdio<Writable | null, Readable, Readable>;

export interface OutputTaker {
  onOutput(stream: 'stdout' | 'stderr', chunk: Buffer): void;
  /** What to wait for before more is read. */
  drained(): Promise<void> | undefined;
}

const sliceMs = 50;

export class ChildOutput {
  readonly #child: Child;
  readonly #taker: OutputTaker;
  readonly #closed: Promise<void>;
  #isClosed = false;
  /** Streams that wait for the taker. */
  #waiting = 0;
  /** Of the taker: the process is not to be blamed for it. */
  #failure: { readonly error: unknown } | undefined;

  constructor(child: Child, taker: OutputTaker) {
    this.#child = child;
    this.#taker = taker;
    this.#closed = new Promise((resolve) => {
      child.once('close', () => {
        this.#isClosed = true;
        resolve();
      });
    });
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].on('data', (chunk: Buffer) => void this.#take(stream, chunk));
    }
  }

  /** Behind the end of the process: waits until everything is read, but no longer than `ms` for a
   * pipe that something else holds open. The time in which the taker lags does not count. */
  async drain(ms: number): Promise<void> {
    for (let left = ms; left > 0 && !this.#isClosed; ) {
      await this.#closedWithin(Math.min(sliceMs, left));
      if (this.#waiting === 0) left -= sliceMs;
    }
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async #closedWithin(ms: number): Promise<void> {
    const over = new AbortController();
    const late = delay(ms, undefined, { signal: over.signal }).catch(() => {});
    await Promise.race([this.#closed, late]);
    over.abort();
  }

  async #take(stream: 'stdout' | 'stderr', chunk: Buffer): Promise<void> {
    if (this.#failure !== undefined) return;
    this.#waiting += 1;
    try {
      this.#taker.onOutput(stream, chunk);
      const drained = this.#taker.drained();
      if (drained === undefined) return;
      this.#child[stream].pause();
      await drained;
    } catch (error) {
      this.#failure = { error };
    } finally {
      this.#waiting -= 1;
      this.#child[stream].resume();
    }
  }
}
