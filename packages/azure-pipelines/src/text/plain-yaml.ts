// Reads the YAML that nearly all pipelines are written in: block mappings and lists, and below them
// what stands on one line, and texts after `|`. It takes a sixth of the time of the library, to which every other file goes.
// Tests hold that the two give the same wherever this one gives anything.

import type { Entry, Node } from './node.ts';
import { NotPlain } from './not-plain.ts';
import { PlainCursor } from './plain-cursor.ts';
import { PlainFlow } from './plain-flow.ts';
import { plainLinesOf } from './plain-lines.ts';
import { readLiteral } from './plain-literal.ts';
import { commentAt, firstOfPlain, keyEndOf, unquoted } from './plain-scalars.ts';

/** The library and its reader judge what nests deeper. */
const maxDepth = 90;

/** Undefined for anything that is not plain, mistakes among it. */
export function readPlainYaml(text: string, file: string): Node | undefined {
  const lines = plainLinesOf(text);
  if (lines === undefined) return undefined;
  try {
    return new PlainReader(new PlainCursor(lines, file)).read();
  } catch (cause) {
    if (cause instanceof NotPlain) return undefined;
    throw cause;
  }
}

class PlainReader {
  readonly #cursor: PlainCursor;
  #depth = 0;

  constructor(cursor: PlainCursor) {
    this.#cursor = cursor;
  }

  read(): Node {
    const first = this.#cursor.next();
    if (first === undefined || first.indent !== 0) throw new NotPlain();
    const root = this.#block(0);
    if (this.#cursor.next() !== undefined || root.kind === 'scalar') throw new NotPlain();
    return root;
  }

  /** What begins at a column of the current line. */
  #block(column: number): Node {
    this.#depth += 1;
    if (this.#depth > maxDepth) throw new NotPlain();
    const { text } = this.#cursor.line();
    const node = isItem(text, column) ? this.#sequence(column) : this.#mapping(column);
    this.#depth -= 1;
    return node;
  }

  #sequence(column: number): Node {
    const origin = this.#cursor.origin(column);
    const items: Node[] = [];
    do items.push(this.#item(column));
    while (this.#continues(column) && isItem(this.#cursor.line().text, column));
    return { kind: 'sequence', items, origin };
  }

  #item(column: number): Node {
    const { text } = this.#cursor.line();
    const start = skipSpaces(text, column + 1);
    if (start < text.length && text[start] !== '#') {
      if (isItem(text, start) || keyEndOf(text, start) !== undefined) return this.#block(start);
      return this.#scalar(start, column);
    }
    this.#cursor.at += 1;
    const next = this.#cursor.next();
    if (next === undefined || next.indent <= column) throw new NotPlain();
    return this.#block(next.indent);
  }

  #mapping(column: number): Node {
    const origin = this.#cursor.origin(column);
    const entries: Entry[] = [];
    const keys = new Set<string>();
    do {
      const entry = this.#entry(column);
      const name = entry.key.text.toLowerCase();
      const isSecond = keys.has(name) && !name.includes('${{');
      if (isSecond) throw new NotPlain();
      keys.add(name);
      entries.push(entry);
    } while (this.#continues(column));
    return { kind: 'mapping', entries, origin };
  }

  #entry(column: number): Entry {
    const { text } = this.#cursor.line();
    const end = keyEndOf(text, column);
    if (end === undefined) throw new NotPlain();
    const key = { text: text.slice(column, end).trimEnd(), origin: this.#cursor.origin(column) };
    const start = skipSpaces(text, end + 1);
    if (start < text.length && text[start] !== '#')
      return { key, value: this.#scalar(start, column) };
    return { key, value: this.#below(column, end + 1, text.length > end + 1) };
  }

  /** The value of a key with nothing behind it: the block below, which for a list may stand as far
   * to the left as the key. */
  #below(column: number, end: number, hasMore: boolean): Node {
    const empty = this.#cursor.origin(end);
    this.#cursor.at += 1;
    const next = this.#cursor.next();
    if (next !== undefined && next.indent > column) return this.#block(next.indent);
    if (next?.indent === column && isItem(next.text, column)) return this.#block(column);
    // Behind spaces or a comment the library has its own idea of where nothing stands.
    if (hasMore) throw new NotPlain();
    return { kind: 'scalar', value: null, origin: empty };
  }

  /** `column`: of the key or dash that it belongs to. */
  #scalar(start: number, column: number): Node {
    const { text } = this.#cursor.line();
    const origin = this.#cursor.origin(start);
    const first = text[start];
    if (first === '|') return readLiteral(this.#cursor, start, column);
    if (first === '[' || first === '{') return this.#flow(start);
    const end =
      first === "'" || first === '"' ? undefined : (commentAt(text, start) ?? text.length);
    const value = end === undefined ? unquoted(text, start) : text.slice(start, end).trimEnd();
    if (value === undefined) throw new NotPlain();
    this.#cursor.at += 1;
    if (end === undefined) return { kind: 'scalar', value, origin };
    if (!firstOfPlain.test(value) || /: |:$/.test(value)) throw new NotPlain();
    return { kind: 'scalar', value, origin };
  }

  #flow(start: number): Node {
    const { text } = this.#cursor.line();
    const flow = new PlainFlow(text, start, (column) => this.#cursor.origin(column));
    const node = flow.read();
    if (!/^ *$|^ +#/.test(text.slice(flow.end))) throw new NotPlain();
    this.#cursor.at += 1;
    return node;
  }

  /** Whether the block at a column goes on with the next line. */
  #continues(column: number): boolean {
    const next = this.#cursor.next();
    if (next === undefined || next.indent < column) return false;
    // Deeper lines go on with a scalar of many lines, or are a mistake.
    if (next.indent > column) throw new NotPlain();
    return true;
  }
}

function isItem(text: string, column: number): boolean {
  return text[column] === '-' && (column + 1 === text.length || text[column + 1] === ' ');
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 32) at += 1;
  return at;
}
