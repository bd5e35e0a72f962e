// The rounds of a build: each finds what has become possible. One at a time; whoever asks for one
// meanwhile has it go round once more.

export class BuildRounds {
  readonly #round: () => Promise<void>;
  #running: Promise<void> | null = null;
  #isWanted = false;
  #isClosed = false;

  /** `round`: rejects only for what is wrong with us or the disk. */
  constructor(round: () => Promise<void>) {
    this.#round = round;
  }

  /** Resolves when nobody wants another one. */
  async want(): Promise<void> {
    this.#isWanted = true;
    await this.settled();
  }

  async settled(): Promise<void> {
    while (this.#isWanted && !this.#isClosed) {
      this.#running ??= this.#runAll().finally(() => {
        this.#running = null;
      });
      await this.#running;
    }
    await this.#running;
  }

  close(): void {
    this.#isClosed = true;
  }

  async #runAll(): Promise<void> {
    while (this.#isWanted && !this.#isClosed) {
      this.#isWanted = false;
      await this.#round();
    }
  }
}
