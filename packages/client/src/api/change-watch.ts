// Waits for changes between two looks at a thing. Where the server cannot tell of them, because it is
// an older one or has too many readers, it waits for a moment instead.

import type { Clock } from '../http/retry.ts';
import type { WorkspaceEvent } from '../wire/event.ts';

type Follow = (signal: AbortSignal) => AsyncGenerator<WorkspaceEvent>;

/** Where nobody tells of changes. */
const pollMs = 500;
/** The longest wait without a look. */
const longestMs = 30_000;
/** Between two looks: what comes quickly is looked at together. */
const pauseMs = 50;

export class ChangeWatch implements Disposable {
  readonly #clock: Clock;
  readonly #follow: Follow;
  readonly #signal: AbortSignal;
  readonly #ending = new AbortController();
  #following: Promise<void> | null = null;
  #isTold = false;
  #cannotTell = false;
  #lastMs = Number.NEGATIVE_INFINITY;
  #wake = Promise.withResolvers<void>();

  constructor(clock: Clock, follow: Follow, signal?: AbortSignal) {
    this.#clock = clock;
    this.#follow = follow;
    this.#signal = AbortSignal.any([
      this.#ending.signal,
      ...(signal === undefined ? [] : [signal]),
    ]);
  }

  /**
   * Resolves when something has changed since the last call, the first time at once; a look at the
   * thing after it misses nothing.
   * @param atMostMs after which it resolves in any case; default 30,000.
   * @throws the signal's reason
   */
  async changed(atMostMs = longestMs): Promise<void> {
    this.#following ??= this.#listen();
    await this.#sleep(this.#lastMs + pauseMs - this.#clock.now());
    if (!this.#isTold && !this.#cannotTell) await this.#news(Math.min(atMostMs, longestMs));
    if (this.#cannotTell) await this.#sleep(Math.min(atMostMs, pollMs));
    this.#isTold = false;
    this.#lastMs = this.#clock.now();
  }

  [Symbol.dispose](): void {
    this.#ending.abort();
  }

  async #listen(): Promise<void> {
    try {
      for await (const _event of this.#follow(this.#signal)) this.#tell();
    } catch {
      // Looking at the thing itself shows what is wrong, if anything is.
      this.#cannotTell = true;
    }
    this.#tell();
  }

  #tell(): void {
    this.#isTold = true;
    this.#wake.resolve();
  }

  async #news(atMostMs: number): Promise<void> {
    const over = new AbortController();
    const signal = AbortSignal.any([this.#signal, over.signal]);
    await Promise.race([this.#wake.promise, this.#clock.sleep(atMostMs, signal)]).finally(() =>
      over.abort(),
    );
    this.#wake = Promise.withResolvers<void>();
  }

  async #sleep(ms: number): Promise<void> {
    this.#signal.throwIfAborted();
    if (ms > 0) await this.#clock.sleep(ms, this.#signal);
  }
}
