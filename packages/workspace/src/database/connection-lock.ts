// Who may use a database connection: one holder at a time, first come first served.
// It also finds the one mistake that would hang for ever: asking for the lock while holding it.
import { AsyncLocalStorage } from 'node:async_hooks';

export class ConnectionLock {
  readonly #holder = new AsyncLocalStorage<{ held: boolean }>();
  #tail: Promise<void> = Promise.resolve();
  #release: () => void = () => {};

  async obtain(): Promise<void> {
    if (this.#holder.getStore()?.held) {
      throw new Error(
        'a transaction asked for the connection that it already holds, and would wait for itself ' +
          'for ever; inside write() and read(), query only through the transaction handed in',
      );
    }
    const previous = this.#tail;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#tail = promise;
    await previous;
    this.#release = resolve;
  }

  release(): void {
    this.#release();
  }

  /** Runs `work`, all of whose calls count as made by the holder of the lock until it ends. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    const holder = { held: true };
    try {
      return await this.#holder.run(holder, work);
    } finally {
      holder.held = false;
    }
  }
}
