// Who may use a database connection: one holder at a time, first come first served.
import { SelfWait } from './self-wait.ts';

export class ConnectionLock {
  readonly #selfWait = new SelfWait();
  #tail: Promise<void> = Promise.resolve();
  #release: () => void = () => {};

  async obtain(): Promise<void> {
    this.#selfWait.assertOutside();
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
    return this.#selfWait.hold(work);
  }
}
