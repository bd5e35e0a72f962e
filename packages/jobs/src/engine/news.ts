// Wakes who waits for something to happen. What happens while nobody waits is not lost.

export class News {
  #told = false;
  #wake: (() => void) | null = null;

  tell(): void {
    this.#told = true;
    this.#wake?.();
  }

  /** Resolves when something was told since the last call, or after so many milliseconds. */
  async wait(timeoutMs: number | null): Promise<void> {
    if (!this.#told) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      const timer = timeoutMs === null ? null : setTimeout(resolve, timeoutMs);
      await promise;
      if (timer !== null) clearTimeout(timer);
      this.#wake = null;
    }
    this.#told = false;
  }
}
