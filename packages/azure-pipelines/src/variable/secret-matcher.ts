// Finds every occurrence of many texts in one pass, however they overlap: the automaton of Aho and
// Corasick, over UTF-16 code units. The cost is that of the text, whatever the secrets look like.

export type MatchReport = (end: number, length: number) => void;

/** State 0 is the root: nothing matched so far. */
export class SecretMatcher {
  // A state's children are a linked list: nearly all states have one. The root's stand in a table.
  readonly #unit: Uint16Array;
  readonly #firstChild: Int32Array;
  readonly #nextSibling: Int32Array;
  readonly #fail: Int32Array;
  readonly #depth: Int32Array;
  /** The length of the longest text that ends here; 0 for none. */
  readonly #matched: Int32Array;
  readonly #fromRoot = new Int32Array(65_536);
  #states = 1;

  constructor(texts: Iterable<string>) {
    const all = [...texts].filter((text) => text !== '');
    const size = all.reduce((sum, text) => sum + text.length, 1);
    this.#unit = new Uint16Array(size);
    this.#firstChild = new Int32Array(size);
    this.#nextSibling = new Int32Array(size);
    this.#fail = new Int32Array(size);
    this.#depth = new Int32Array(size);
    this.#matched = new Int32Array(size);
    for (const text of all) this.#insert(text);
    this.#link();
  }

  /** Reads `text` on from `from`, and reports every match by its end and its length; of several
   * that end at one place the longest. Gives the state at the end of the text. */
  scan(text: string, from: number, before: number, report: MatchReport): number {
    const matched = this.#matched;
    let state = before;
    for (let at = from; at < text.length; at += 1) {
      state = this.#step(state, text.charCodeAt(at));
      if (state !== 0 && matched[state] !== 0) report(at + 1, matched[state] as number);
    }
    return state;
  }

  #step(state: number, unit: number): number {
    let from = state;
    while (from !== 0) {
      const next = this.#child(from, unit);
      if (next !== 0) return next;
      from = this.#fail[from] as number;
    }
    return this.#fromRoot[unit] as number;
  }

  /** How many of the last code units may be the beginning of a match. */
  depth(state: number): number {
    return this.#depth[state] as number;
  }

  #child(state: number, unit: number): number {
    let child = this.#firstChild[state] as number;
    while (child !== 0 && this.#unit[child] !== unit) child = this.#nextSibling[child] as number;
    return child;
  }

  #insert(text: string): void {
    let state = 0;
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      const known = state === 0 ? (this.#fromRoot[unit] as number) : this.#child(state, unit);
      state = known === 0 ? this.#grow(state, unit) : known;
    }
    this.#matched[state] = text.length;
  }

  #grow(parent: number, unit: number): number {
    const state = this.#states;
    this.#states += 1;
    this.#unit[state] = unit;
    this.#depth[state] = (this.#depth[parent] as number) + 1;
    this.#nextSibling[state] = this.#firstChild[parent] as number;
    this.#firstChild[parent] = state;
    if (parent === 0) this.#fromRoot[unit] = state;
    return state;
  }

  /** Breadth first, so that the shorter states are linked before the longer ones look at them. */
  #link(): void {
    const queue = new Int32Array(this.#states);
    let filled = 1;
    for (let at = 0; at < filled; at += 1) {
      const state = queue[at] as number;
      let child = this.#firstChild[state] as number;
      for (; child !== 0; child = this.#nextSibling[child] as number) {
        queue[filled] = child;
        filled += 1;
        if (state !== 0) this.#linkChild(state, child);
      }
    }
  }

  #linkChild(state: number, child: number): void {
    const fail = this.#step(this.#fail[state] as number, this.#unit[child] as number);
    this.#fail[child] = fail;
    if (this.#matched[child] === 0) this.#matched[child] = this.#matched[fail] as number;
  }
}
