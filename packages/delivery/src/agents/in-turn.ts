// One after the other: a change that is worked out from what is there must not meet another. One
// process has the workspace, so a queue in it is enough.

export class InTurn {
  #last: Promise<unknown> = Promise.resolve();

  do<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work, work);
    this.#last = mine.catch(() => {});
    return mine;
  }
}
