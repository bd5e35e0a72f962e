// The branches of a tree that are still to be grown, last in, first out. In one array of numbers,
// because a forest has millions of them.

const fields = 5;

export class WaitingBranches {
  /** Of the branch that was popped last: the places of its rows, `start` to `end - 1`. */
  start = 0;
  end = 0;
  depth = 0;
  /** The parent's node, or -1 at the root. */
  parent = -1;
  isLeft = false;
  #values = new Int32Array(64 * fields);
  #length = 0;

  push(start: number, end: number, depth: number, parent: number, isLeft: boolean): void {
    if (this.#length === this.#values.length) this.#grow();
    const values = this.#values;
    const at = this.#length;
    values[at] = start;
    values[at + 1] = end;
    values[at + 2] = depth;
    values[at + 3] = parent;
    values[at + 4] = isLeft ? 1 : 0;
    this.#length = at + fields;
  }

  /** Takes the newest; false where none is left. */
  pop(): boolean {
    if (this.#length === 0) return false;
    this.#length -= fields;
    const values = this.#values;
    const at = this.#length;
    this.start = values[at];
    this.end = values[at + 1];
    this.depth = values[at + 2];
    this.parent = values[at + 3];
    this.isLeft = values[at + 4] === 1;
    return true;
  }

  #grow(): void {
    const grown = new Int32Array(this.#values.length * 2);
    grown.set(this.#values);
    this.#values = grown;
  }
}
