// Masks a text that comes in pieces. Text that may be the beginning of a secret is held back until
// that is decided, so no border between pieces lets a part of a secret through.

import type { SecretMatcher } from './secret-matcher.ts';

export const mask = '***';

interface Range {
  start: number;
  end: number;
}

export class MaskStream {
  readonly #matcherNow: () => SecretMatcher;
  #matcher: SecretMatcher;
  #state = 0;
  /** What is not decided yet; all positions are in it. */
  #held = '';
  #scanned = 0;
  /** Everything before it has been given out or masked. */
  #done = 0;
  /** The end of the last mask that was given out: one that touches it is the same mask. */
  #maskEnd = -1;
  readonly #ranges: Range[] = [];

  /** `matcherNow` gives another matcher once there are more secrets. */
  constructor(matcherNow: () => SecretMatcher) {
    this.#matcherNow = matcherNow;
    this.#matcher = matcherNow();
  }

  push(piece: string): string {
    this.#renew();
    this.#held += piece;
    this.#scan();
    const decided = this.#scanned - this.#matcher.depth(this.#state);
    const out = this.#take(decided);
    this.#drop(decided);
    return out;
  }

  /** No more will come: what is held back is no secret. */
  end(): string {
    this.#renew();
    this.#scan();
    const out = this.#take(this.#held.length);
    this.#drop(this.#held.length);
    this.#state = 0;
    this.#maskEnd = -1;
    this.#done = 0;
    return out;
  }

  /** Looks at what is held back again when the secrets have changed. */
  #renew(): void {
    const matcher = this.#matcherNow();
    if (matcher === this.#matcher) return;
    this.#matcher = matcher;
    this.#state = 0;
    this.#scanned = 0;
    this.#ranges.length = 0;
  }

  #scan(): void {
    this.#state = this.#matcher.scan(this.#held, this.#scanned, this.#state, (end, length) =>
      this.#add(end - length, end),
    );
    this.#scanned = this.#held.length;
  }

  /** Ranges come in the order of their ends; those that overlap or touch become one. */
  #add(start: number, end: number): void {
    const range = { start, end };
    for (let last = this.#ranges.at(-1); last !== undefined; last = this.#ranges.at(-1)) {
      if (last.end < range.start) break;
      range.start = Math.min(range.start, last.start);
      this.#ranges.pop();
    }
    this.#ranges.push(range);
  }

  /** Gives out the text before `decided`; a range that begins at or after it may still grow. */
  #take(decided: number): string {
    let out = '';
    for (let range = this.#ranges[0]; range !== undefined; range = this.#ranges[0]) {
      if (range.start >= decided) break;
      this.#ranges.shift();
      out += this.#held.slice(this.#done, Math.max(this.#done, range.start));
      if (range.start > this.#maskEnd) out += mask;
      this.#maskEnd = Math.max(this.#maskEnd, range.end);
      this.#done = Math.max(this.#done, range.end);
    }
    if (this.#done < decided) {
      out += this.#held.slice(this.#done, decided);
      this.#done = decided;
    }
    return out;
  }

  /** Forgets what is before `count`. */
  #drop(count: number): void {
    if (count <= 0) return;
    this.#held = this.#held.slice(count);
    this.#scanned -= count;
    this.#done -= count;
    this.#maskEnd = Math.max(-1, this.#maskEnd - count);
    for (const range of this.#ranges) {
      range.start -= count;
      range.end -= count;
    }
  }
}
