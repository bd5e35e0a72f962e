// How often something may be asked for in a while, by whoever the key names. Kept in memory and
// bounded: it keeps load off this server. Guesses at passwords are counted for all servers together,
// by the workspace's `signInTries`.

interface Window {
  readonly endsAt: number;
  count: number;
}

const maxKeys = 10_000;

export class TryLimit {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #now: () => number;
  readonly #windows = new Map<string, Window>();

  constructor(limit: number, windowMs: number, now: () => number = Date.now) {
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#now = now;
  }

  /** Whether the limit is reached; counts nothing. */
  isReached(key: string): boolean {
    return (this.#current(key)?.count ?? 0) >= this.#limit;
  }

  /** Counts one try. */
  note(key: string): void {
    const window = this.#current(key);
    if (window !== undefined) window.count += 1;
    else this.#begin(key);
  }

  #begin(key: string): void {
    // The oldest goes first: a crowd of names must not take the machine's memory.
    const [oldest] = this.#windows.keys();
    if (oldest !== undefined && this.#windows.size >= maxKeys) this.#windows.delete(oldest);
    this.#windows.set(key, { count: 1, endsAt: this.#now() + this.#windowMs });
  }

  #current(key: string): Window | undefined {
    const window = this.#windows.get(key);
    if (window === undefined || window.endsAt > this.#now()) return window;
    this.#windows.delete(key);
    return undefined;
  }
}
