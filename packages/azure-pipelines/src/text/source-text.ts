// The text that a tree was read from, and where its places are in it.

import { LineIndex } from './line-index.ts';
import type { Origin } from './origin.ts';

const marker = '${{';

export class SourceText {
  readonly #text: string;
  #lines: LineIndex | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether a scalar stands there without quotes, and with nothing evaluated in it. */
  isPlainAt(origin: Origin, value: string): boolean {
    return this.#text.startsWith(value, this.#lineIndex.offsetOf(origin));
  }

  /**
   * Where in the file an index of a scalar's value stands, which YAML may have folded, stripped or
   * unescaped: the n-th `${{` of the value is the n-th of the file from the scalar's begin on.
   */
  originWithin(origin: Origin, value: string, index: number): Origin {
    const markers = indicesOf(marker, value, index);
    const last = markers.at(-1);
    if (last === undefined) return origin;
    let at = this.#lineIndex.offsetOf(origin) - 1;
    for (const _ of markers) {
      at = this.#text.indexOf(marker, at + 1);
      if (at === -1) return origin;
    }
    return { ...origin, ...this.#lineIndex.placeAt(at + index - last) };
  }

  /** Few files are ever asked for places. */
  get #lineIndex(): LineIndex {
    this.#lines ??= new LineIndex(this.#text);
    return this.#lines;
  }
}

/** All that begin at `end` or before it. */
function indicesOf(word: string, text: string, end: number): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(word); at !== -1 && at <= end; at = text.indexOf(word, at + 1)) {
    found.push(at);
  }
  return found;
}
