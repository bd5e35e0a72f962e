// What goes on at the same time, and what is heard of it: its failures, and that all of it has ended.

const killEveryMs = 200;

export class WatchedWork {
  readonly #onFailure: (error: unknown) => void;
  readonly #work = new Set<Promise<void>>();

  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  add(work: Promise<void>): void {
    const watched = work.catch(this.#onFailure);
    this.#work.add(watched);
    watched.finally(() => this.#work.delete(watched));
  }

  /** Resolves when what goes on now has ended; what takes longer than the grace is killed. */
  async settled(graceMs: number, kill: () => void): Promise<void> {
    const all = Promise.allSettled(this.#work);
    const grace = AbortSignal.timeout(graceMs);
    const timer = setInterval(() => {
      if (grace.aborted) kill();
    }, killEveryMs);
    await all;
    clearInterval(timer);
  }
}
