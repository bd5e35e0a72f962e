// Makes the operations on one name take turns; those on different names do not wait.

export class NameLock {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs `work` when everything asked for before under `name` has ended. */
  async hold<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const result = before.then(work);
    const ended = result.catch(() => undefined);
    this.#last.set(name, ended);
    try {
      return await result;
    } finally {
      if (this.#last.get(name) === ended) this.#last.delete(name);
    }
  }
}
