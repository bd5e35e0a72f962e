// The slots of a compute: at most `count` steps run at once, the others wait in the order they came.

export class Slots {
  readonly #waiting: Array<() => void> = [];
  // Below zero where steps of an earlier server that had more slots go on.
  #free: number;

  constructor(count: number) {
    this.#free = count;
  }

  /**
   * Waits for a slot; the answer gives it back.
   * Throws the signal's reason when it is aborted before a slot is free.
   */
  async acquire(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#free > 0) this.#free -= 1;
    else await this.#waitForTurn(signal);
    return this.#releaseOnce();
  }

  /** Takes a slot for a step that runs already; the answer gives it back. */
  occupy(): () => void {
    this.#free -= 1;
    return this.#releaseOnce();
  }

  #waitForTurn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leaveQueue = () => {
        this.#waiting.splice(this.#waiting.indexOf(takeTurn), 1);
        reject(signal.reason);
      };
      const takeTurn = () => {
        signal.removeEventListener('abort', leaveQueue);
        resolve();
      };
      this.#waiting.push(takeTurn);
      signal.addEventListener('abort', leaveQueue, { once: true });
    });
  }

  #releaseOnce(): () => void {
    let held = true;
    return () => {
      if (held) this.#release();
      held = false;
    };
  }

  // A freed slot is handed on at once, so that nobody who comes later overtakes.
  #release(): void {
    this.#free += 1;
    if (this.#free < 1) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#free -= 1;
    next();
  }
}
