// Reads the YAML that nearly all pipelines are written in: block mappings and lists, and scalars of
// one line or after `|`. It takes a sixth of the time of the library, to which every other file goes.
// Tests hold that the two give the same wherever this one gives anything.

import type { Entry, Node, ScalarNode } from './node.ts';
import type { Origin } from './origin.ts';
import { type PlainLine, plainLinesOf } from './plain-lines.ts';
import { commentAt, firstOfPlain, keyEndOf, unquoted } from './plain-scalars.ts';

/** The library and its reader judge what nests deeper. */
const maxDepth = 90;

/** Undefined for anything that is not plain, mistakes among it. */
export function readPlainYaml(text: string, file: string): Node | undefined {
  const lines = plainLinesOf(text);
  if (lines === undefined) return undefined;
  try {
    return new PlainReader(lines, file).read();
  } catch (cause) {
    if (cause instanceof NotPlain) return undefined;
    throw cause;
  }
}

class NotPlain extends Error {}

class PlainReader {
  readonly #lines: readonly PlainLine[];
  readonly #file: string;
  /** Index of the line that is read next. */
  #at = 0;
  #depth = 0;

  constructor(lines: readonly PlainLine[], file: string) {
    this.#lines = lines;
    this.#file = file;
  }

  read(): Node {
    const first = this.#next();
    if (first === undefined || first.indent !== 0) throw new NotPlain();
    const root = this.#block(0);
    if (this.#next() !== undefined || root.kind === 'scalar') throw new NotPlain();
    return root;
  }

  /** What begins at a column of the current line. */
  #block(column: number): Node {
    this.#depth += 1;
    if (this.#depth > maxDepth) throw new NotPlain();
    const { text } = this.#line();
    const node = isItem(text, column) ? this.#sequence(column) : this.#mapping(column);
    this.#depth -= 1;
    return node;
  }

  #sequence(column: number): Node {
    const origin = this.#origin(column);
    const items: Node[] = [];
    do items.push(this.#item(column));
    while (this.#continues(column) && isItem(this.#line().text, column));
    return { kind: 'sequence', items, origin };
  }

  #item(column: number): Node {
    const { text } = this.#line();
    const start = skipSpaces(text, column + 1);
    if (start < text.length && text[start] !== '#') {
      if (isItem(text, start) || keyEndOf(text, start) !== undefined) return this.#block(start);
      return this.#scalar(start, column);
    }
    this.#at += 1;
    const next = this.#next();
    if (next === undefined || next.indent <= column) throw new NotPlain();
    return this.#block(next.indent);
  }

  #mapping(column: number): Node {
    const origin = this.#origin(column);
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
    const { text } = this.#line();
    const end = keyEndOf(text, column);
    if (end === undefined) throw new NotPlain();
    const key = { text: text.slice(column, end).trimEnd(), origin: this.#origin(column) };
    const start = skipSpaces(text, end + 1);
    if (start < text.length && text[start] !== '#')
      return { key, value: this.#scalar(start, column) };
    return { key, value: this.#below(column, end + 1, text.length > end + 1) };
  }

  /** The value of a key with nothing behind it: the block below, which for a list may stand as far
   * to the left as the key. */
  #below(column: number, end: number, hasMore: boolean): Node {
    const empty = this.#origin(end);
    this.#at += 1;
    const next = this.#next();
    if (next !== undefined && next.indent > column) return this.#block(next.indent);
    if (next?.indent === column && isItem(next.text, column)) return this.#block(column);
    // Behind spaces or a comment the library has its own idea of where nothing stands.
    if (hasMore) throw new NotPlain();
    return { kind: 'scalar', value: null, origin: empty };
  }

  /** `column`: of the key or dash that it belongs to. */
  #scalar(start: number, column: number): Node {
    const { text } = this.#line();
    const origin = this.#origin(start);
    const first = text[start];
    if (first === '|') return this.#literal(start, column);
    const end =
      first === "'" || first === '"' ? undefined : (commentAt(text, start) ?? text.length);
    const value = end === undefined ? unquoted(text, start) : text.slice(start, end).trimEnd();
    if (value === undefined) throw new NotPlain();
    this.#at += 1;
    if (end === undefined) return { kind: 'scalar', value, origin };
    if (value === '[]') return { kind: 'sequence', items: [], origin };
    if (value === '{}') return { kind: 'mapping', entries: [], origin };
    if (!firstOfPlain.test(value) || /: |:$/.test(value)) throw new NotPlain();
    return { kind: 'scalar', value, origin };
  }

  /** The lines below that are indented as the first of them, or deeper. */
  #literal(start: number, column: number): ScalarNode {
    const header = this.#line().text.slice(start).trimEnd();
    if (header !== '|' && header !== '|-') throw new NotPlain();
    const origin = this.#origin(start);
    const content = this.#contentBelow(column);
    const value = content.join('\n') + (header === '|' ? '\n' : '');
    return { kind: 'scalar', value, origin };
  }

  #contentBelow(column: number): string[] {
    const content: string[] = [];
    let indent: number | undefined;
    for (this.#at += 1; this.#at < this.#lines.length; this.#at += 1) {
      const line = this.#line();
      const isEmpty = line.indent === line.text.length;
      if (!isEmpty && line.indent <= column) break;
      if (!isEmpty) indent ??= line.indent;
      // Spaces on an empty line count where they reach beyond the block; and no line stands between
      // the block and its key.
      const isOdd = isEmpty ? line.indent > (indent ?? 0) : line.indent < (indent ?? 0);
      if (isOdd) throw new NotPlain();
      content.push(line.text.slice(indent));
    }
    if (indent === undefined) throw new NotPlain();
    while (content.at(-1) === '') content.pop();
    return content;
  }

  /** Whether the block at a column goes on with the next line. */
  #continues(column: number): boolean {
    const next = this.#next();
    if (next === undefined || next.indent < column) return false;
    // Deeper lines go on with a scalar of many lines, or are a mistake.
    if (next.indent > column) throw new NotPlain();
    return true;
  }

  /** The next line that holds something, and goes there. */
  #next(): PlainLine | undefined {
    while (this.#lines[this.#at]?.isBlank === true) this.#at += 1;
    return this.#lines[this.#at];
  }

  #line(): PlainLine {
    const line = this.#lines[this.#at];
    if (line === undefined) throw new NotPlain();
    return line;
  }

  #origin(column: number): Origin {
    return { file: this.#file, line: this.#at + 1, column: column + 1 };
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
