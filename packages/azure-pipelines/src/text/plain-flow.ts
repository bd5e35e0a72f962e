// Lists and mappings in brackets, as far as they stand on one line and hold scalars without escapes.

import type { Entry, Node } from './node.ts';
import { NotPlain } from './not-plain.ts';
import type { Origin } from './origin.ts';

/** A `#` belongs to the scalar where no space is in front of it, a `:` where something is behind. */
const plain = /[A-Za-z0-9_$./(=+^;](?:[^,[\]{}:#]|:(?![ ,[\]{}]|$)|(?<! )#)*/y;
const single = /'((?:[^']|'')*)'/y;
const double = /"([^"\\]*)"/y;
const maxDepth = 20;

export class PlainFlow {
  readonly #text: string;
  readonly #originAt: (column: number) => Origin;
  #at: number;
  #depth = 0;

  /** `start`: index of the opening bracket. */
  constructor(text: string, start: number, originAt: (column: number) => Origin) {
    this.#text = text;
    this.#at = start;
    this.#originAt = originAt;
  }

  /** Behind what was read. */
  get end(): number {
    return this.#at;
  }

  /** Throws NotPlain. */
  read(): Node {
    const opening = this.#text[this.#at];
    if (opening !== '[' && opening !== '{') return this.#scalar();
    this.#depth += 1;
    if (this.#depth > maxDepth) throw new NotPlain();
    const node = opening === '[' ? this.#sequence() : this.#mapping();
    this.#depth -= 1;
    return node;
  }

  #sequence(): Node {
    const origin = this.#originAt(this.#at);
    const items: Node[] = [];
    this.#parts(']', () => items.push(this.read()));
    return { kind: 'sequence', items, origin };
  }

  #mapping(): Node {
    const origin = this.#originAt(this.#at);
    const entries: Entry[] = [];
    const keys = new Set<string>();
    this.#parts('}', () => {
      const entry = this.#entry();
      entries.push(entry);
      keys.add(entry.key.text.toLowerCase());
    });
    if (keys.size < entries.length) throw new NotPlain();
    return { kind: 'mapping', entries, origin };
  }

  #entry(): Entry {
    const origin = this.#originAt(this.#at);
    const text = this.#match(plain)?.[0].trimEnd();
    if (text === undefined || !this.#text.startsWith(': ', this.#at)) throw new NotPlain();
    this.#at += 1;
    this.#skipSpaces();
    return { key: { text, origin }, value: this.read() };
  }

  /** With a comma between two, and none behind the last. */
  #parts(closing: string, readPart: () => void): void {
    this.#at += 1;
    this.#skipSpaces();
    if (this.#takes(closing)) return;
    for (;;) {
      readPart();
      this.#skipSpaces();
      if (this.#takes(closing)) return;
      if (!this.#takes(',')) throw new NotPlain();
      this.#skipSpaces();
    }
  }

  #scalar(): Node {
    const origin = this.#originAt(this.#at);
    const value =
      this.#match(plain)?.[0].trimEnd() ??
      this.#match(single)?.[1]?.replaceAll("''", "'") ??
      this.#match(double)?.[1];
    if (value === undefined) throw new NotPlain();
    return { kind: 'scalar', value, origin };
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    this.#at += match?.[0].length ?? 0;
    return match;
  }

  #takes(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #skipSpaces(): void {
    while (this.#text.charCodeAt(this.#at) === 32) this.#at += 1;
  }
}
