// The path of TreeSHAP (Lundberg et al. 2018, algorithm 2): the columns on the way to a node, each once,
// with the shares of all subsets of them that lead there. A node's path is a copy of its parent's, laid
// behind it in the same arrays, so that the recursion allocates nothing.

export class ShapPath {
  readonly #column: Int32Array;
  readonly #zero: Float64Array;
  readonly #one: Float64Array;
  readonly #weight: Float64Array;

  /** @param maxDepth splits on the longest way to a leaf. */
  constructor(maxDepth: number) {
    const length = ((maxDepth + 2) * (maxDepth + 3)) / 2;
    this.#column = new Int32Array(length);
    this.#zero = new Float64Array(length);
    this.#one = new Float64Array(length);
    this.#weight = new Float64Array(length);
  }

  /** Copies the first `count` entries from `from` to `to`; loops, because paths are short. */
  copy(from: number, to: number, count: number): void {
    const column = this.#column;
    const zero = this.#zero;
    const one = this.#one;
    const weight = this.#weight;
    for (let i = 0; i < count; i++) {
      column[to + i] = column[from + i];
      zero[to + i] = zero[from + i];
      one[to + i] = one[from + i];
      weight[to + i] = weight[from + i];
    }
  }

  /** EXTEND: puts a column at place `depth` of the path at `at`, with the shares that follow the split. */
  extend(at: number, depth: number, column: number, zero: number, one: number): void {
    const weight = this.#weight;
    this.#column[at + depth] = column;
    this.#zero[at + depth] = zero;
    this.#one[at + depth] = one;
    weight[at + depth] = depth === 0 ? 1 : 0;
    for (let i = depth - 1; i >= 0; i--) {
      weight[at + i + 1] += (one * weight[at + i] * (i + 1)) / (depth + 1);
      weight[at + i] = (zero * weight[at + i] * (depth - i)) / (depth + 1);
    }
  }

  /** The place of a column among entries 1 to `depth`, or -1. */
  find(at: number, depth: number, column: number): number {
    for (let i = 1; i <= depth; i++) if (this.#column[at + i] === column) return i;
    return -1;
  }

  columnAt(index: number): number {
    return this.#column[index];
  }

  zeroAt(index: number): number {
    return this.#zero[index];
  }

  oneAt(index: number): number {
    return this.#one[index];
  }

  /** UNWIND: takes entry `place` out of the path at `at`, whose last place is `depth`. */
  unwind(at: number, depth: number, place: number): void {
    const weight = this.#weight;
    const one = this.#one[at + place];
    const zero = this.#zero[at + place];
    let next = weight[at + depth];
    for (let i = depth - 1; i >= 0; i--) {
      if (one !== 0) {
        const before = weight[at + i];
        weight[at + i] = (next * (depth + 1)) / ((i + 1) * one);
        next = before - (weight[at + i] * zero * (depth - i)) / (depth + 1);
      } else if (zero !== 0) {
        weight[at + i] = (weight[at + i] * (depth + 1)) / (zero * (depth - i));
      }
    }
    // Weights stay where they are: they belong to sizes of subsets, not to columns.
    for (let i = at + place; i < at + depth; i++) {
      this.#column[i] = this.#column[i + 1];
      this.#zero[i] = this.#zero[i + 1];
      this.#one[i] = this.#one[i + 1];
    }
  }

  /** The sum of the weights that the path would have without entry `place`. */
  unwoundSum(at: number, depth: number, place: number): number {
    const weight = this.#weight;
    const one = this.#one[at + place];
    const zero = this.#zero[at + place];
    let next = weight[at + depth];
    let total = 0;
    for (let i = depth - 1; i >= 0; i--) {
      if (one !== 0) {
        const part = next / ((i + 1) * one);
        total += part;
        next = weight[at + i] - part * zero * (depth - i);
      } else if (zero !== 0) {
        total += weight[at + i] / (zero * (depth - i));
      }
    }
    return total * (depth + 1);
  }
}
