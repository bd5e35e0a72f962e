// The slots of a compute: at most `count` steps run at once, the others wait in the order they came.

export class Slots {
  readonly #waiting: Array<() => void> = [];
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
    let held = true;
    return () => {
      if (held) this.#release();
      held = false;
    };
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

  // A freed slot is handed on and not put back, so that nobody who comes later overtakes.
  #release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}
