// The agents of this machine: so many jobs go at once, over all builds. Those that wait get their
// turn in the order of asking.

export class AgentPool {
  #free: number;
  readonly #waiting: Array<(isMine: boolean) => void> = [];

  constructor(slots: number) {
    this.#free = slots;
  }

  /** False when the signal fired first; else `giveBack` follows. */
  async take(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (this.#free > 0) {
      this.#free -= 1;
      return true;
    }
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#waiting.push(resolve);
    const leave = () => this.#leave(resolve);
    signal.addEventListener('abort', leave, { once: true });
    return promise.finally(() => signal.removeEventListener('abort', leave));
  }

  giveBack(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next(true);
  }

  #leave(resolve: (isMine: boolean) => void): void {
    const place = this.#waiting.indexOf(resolve);
    if (place < 0) return;
    this.#waiting.splice(place, 1);
    resolve(false);
  }
}
