// Work that several ask for at once and that is done once: it goes on as long as one of them waits,
// and is broken off when the last one has left.

export interface Waiter {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((text: string) => void) | undefined;
}

interface Entry<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  readonly waiters: Set<Waiter>;
}

export type Work<T> = (signal: AbortSignal, report: (text: string) => void) => Promise<T>;

export class SharedWork<T> {
  readonly #entries = new Map<string, Entry<T>>();

  /**
   * @param work called where nobody does that of this key already.
   * @throws the waiter's own reason when its signal is aborted
   */
  async join(key: string, waiter: Waiter, work: Work<T>): Promise<T> {
    waiter.signal?.throwIfAborted();
    const entry = this.#entries.get(key) ?? this.#begin(key, work);
    entry.waiters.add(waiter);
    try {
      return await raceAbort(entry.result, waiter.signal);
    } finally {
      entry.waiters.delete(waiter);
      if (entry.waiters.size === 0) this.#leave(key, entry);
    }
  }

  isUnderWay(key: string): boolean {
    return this.#entries.has(key);
  }

  #begin(key: string, work: Work<T>): Entry<T> {
    const controller = new AbortController();
    const waiters = new Set<Waiter>();
    const report = (text: string) => {
      for (const { onProgress } of waiters) onProgress?.(text);
    };
    // Not before the first waiter has been added, who is to hear all of it.
    const result = Promise.resolve().then(() => work(controller.signal, report));
    // Whoever waits hears of a failure; where nobody does any more, nobody is to.
    result.catch(() => {});
    const entry = { result, controller, waiters };
    this.#entries.set(key, entry);
    return entry;
  }

  #leave(key: string, entry: Entry<T>): void {
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
    entry.controller.abort();
  }
}

async function raceAbort<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  const over = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const options = { once: true, signal: over.signal };
    signal.addEventListener('abort', () => reject(signal.reason), options);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    over.abort();
  }
}
