// Finds the one mistake that would hang for ever: inside a transaction, asking for another that has
// to wait for the end of the first.
import { AsyncLocalStorage } from 'node:async_hooks';

export class SelfWait {
  readonly #inside = new AsyncLocalStorage<{ isOpen: boolean }>();

  assertOutside(): void {
    if (!this.#inside.getStore()?.isOpen) return;
    throw new Error(
      'a transaction asked for the connection that it already holds, and would wait for itself ' +
        'for ever; inside write() and read(), query only through the transaction handed in',
    );
  }

  /** Runs `work`, all of whose calls count as made inside until it ends. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    const holder = { isOpen: true };
    try {
      return await this.#inside.run(holder, work);
    } finally {
      holder.isOpen = false;
    }
  }
}
