// The leaves that can be split, the one first whose split gains most: a binary heap, as a tree may have
// tens of thousands.

export interface QueuedLeaf {
  readonly id: number;
  readonly split: { readonly gain: number };
}

export class LeafQueue<Leaf extends QueuedLeaf> {
  readonly #heap: Leaf[] = [];

  add(leaf: Leaf): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(leaf);
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (!isBefore(leaf, heap[parent])) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = leaf;
  }

  /** Takes the first out; null where there is none. */
  take(): Leaf | null {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined) return null;
    if (heap.length > 0) this.#sink(last);
    return first;
  }

  #sink(leaf: Leaf): void {
    const heap = this.#heap;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child++;
      if (!isBefore(heap[child], leaf)) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = leaf;
  }
}

// Of equal gains the lower number, so that the order is the same everywhere.
function isBefore(a: QueuedLeaf, b: QueuedLeaf): boolean {
  return a.split.gain > b.split.gain || (a.split.gain === b.split.gain && a.id < b.id);
}
