// All that a job has under way. A job is at its end when nothing is: whatever ends adds what
// follows from it first.

export class WorkUnderWay {
  readonly #onFailure: () => void;
  readonly #end = Promise.withResolvers<void>();
  #count = 0;
  #failure: { readonly error: unknown } | null = null;

  /** @param onFailure is to bring all other work to its end. */
  constructor(onFailure: () => void) {
    this.#onFailure = onFailure;
  }

  /** Resolves when this piece of work has ended, in success or in failure. */
  async add(work: Promise<void>): Promise<void> {
    this.#count += 1;
    try {
      await work;
    } catch (error) {
      this.#failure ??= { error };
      this.#onFailure();
    }
    this.#count -= 1;
    if (this.#count > 0) return;
    if (this.#failure === null) this.#end.resolve();
    else this.#end.reject(this.#failure.error);
  }

  /** Resolves when nothing is left. Rejects with the first failure, once nothing is left. */
  ended(): Promise<void> {
    return this.#end.promise;
  }
}
