// Walks the YAML library's tree once, in the order of the file, and makes tokens of it.
// Duplicate keys, keys that are no strings, aliases and depth are judged here.
import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import type { MapEntry, ScalarToken, Token } from './token.ts';

const maxDepth = 64;
/** Ten lines of nested aliases can stand for a billion values; no job needs this many. */
const maxAliasValues = 10_000;

export class TokenReader {
  readonly #sink: DiagnosticSink;
  readonly #anchors = new Map<string, Node>();
  /** The values that an alias is being expanded to, outermost first, and open collections. */
  readonly #open = new Set<Node>();
  #aliasDepth = 0;
  /** Where the outermost alias that is being expanded stands. */
  #aliasOffset = 0;
  #aliasValues = 0;

  constructor(sink: DiagnosticSink) {
    this.#sink = sink;
  }

  read(node: Node): Token {
    return this.#read(node, 0);
  }

  #read(node: Node, depth: number): Token {
    if (isAlias(node)) return this.#readAlias(node, depth);
    // Within an alias the anchors were met before; setting them again could undo a later one.
    if (this.#aliasDepth === 0 && 'anchor' in node && node.anchor)
      this.#anchors.set(node.anchor, node);
    if (this.#aliasDepth > 0) this.#aliasValues += 1;
    if (isScalar(node)) return scalarToken(node);
    if (depth >= maxDepth) {
      this.#sink.report(
        'YAML_TOO_DEEP',
        startOf(node),
        `values are nested more than ${maxDepth} deep here; flatten the file`,
      );
      return emptyAt(startOf(node), endOf(node));
    }
    this.#open.add(node);
    const token = this.#readCollection(node, depth);
    this.#open.delete(node);
    return token;
  }

  #readCollection(node: Node, depth: number): Token {
    const placed = { offset: startOf(node), end: endOf(node) };
    if (isMap(node)) return { kind: 'map', entries: this.#readEntries(node, depth), ...placed };
    const items = isSeq(node) ? node.items : [];
    return {
      kind: 'list',
      items: items.map((item) => this.#readChild(item, placed.offset, depth)),
      ...placed,
    };
  }

  #readEntries(node: YAMLMap, depth: number): Map<string, MapEntry> {
    const entries = new Map<string, MapEntry>();
    for (const pair of node.items) {
      const key = this.#readKey(pair.key, startOf(node));
      if (key === null) continue;
      const first = entries.get(key.name);
      if (first !== undefined) {
        const { line } = this.#sink.source.positionAt(first.keyOffset);
        this.#sink.report(
          'YAML_DUPLICATE_KEY',
          key.offset,
          `key '${shorten(key.name)}' stands on line ${line} already; keep one of them`,
        );
        continue;
      }
      const value = this.#readChild(pair.value, key.end, depth);
      entries.set(key.name, { key: key.name, keyOffset: key.offset, value });
    }
    return entries;
  }

  #readKey(key: unknown, fallback: number): { name: string; offset: number; end: number } | null {
    const offset = isNode(key) ? startOf(key) : fallback;
    if (isScalar(key) && key.value === '<<') {
      this.#sink.report(
        'FEATURE_NOT_SUPPORTED',
        offset,
        "the merge key '<<' is not supported; write the keys out, or alias one value with *name",
      );
      return null;
    }
    if (isScalar(key) && typeof key.value === 'string') {
      return { name: key.value, offset, end: endOf(key) };
    }
    const found = isScalar(key) ? `'${String(key.source ?? key.value ?? '')}'` : 'a collection';
    this.#sink.report(
      'YAML_KEY_NOT_STRING',
      offset,
      `a key must be text, and this is ${found}; put it in quotes or give it a name`,
    );
    return null;
  }

  #readChild(child: unknown, fallback: number, depth: number): Token {
    return isNode(child) ? this.#read(child, depth + 1) : emptyAt(fallback, fallback);
  }

  #readAlias(alias: Alias, depth: number): Token {
    const target = this.#anchors.get(alias.source);
    const offset = startOf(alias);
    if (this.#aliasDepth === 0) this.#aliasOffset = offset;
    // The parser itself reports an alias that names nothing.
    if (target === undefined) return emptyAt(offset, endOf(alias));
    if (this.#open.has(target)) {
      const message = `alias '*${alias.source}' stands inside the value that it names; write the value out`;
      this.#sink.report('YAML_ALIAS_RECURSIVE', offset, message);
      return emptyAt(offset, endOf(alias));
    }
    if (this.#aliasValues >= maxAliasValues) {
      const message = `aliases expand to more than ${maxAliasValues} values; write the values out`;
      // One finding is enough, however many aliases follow.
      if (this.#aliasValues !== Number.POSITIVE_INFINITY) {
        this.#sink.report('YAML_ALIAS_LIMIT', this.#aliasOffset, message);
      }
      this.#aliasValues = Number.POSITIVE_INFINITY;
      return emptyAt(offset, endOf(alias));
    }
    this.#aliasDepth += 1;
    const token = this.#read(target, depth);
    this.#aliasDepth -= 1;
    return token;
  }
}

function scalarToken(node: Scalar): ScalarToken {
  const { value } = node;
  const known =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return {
    kind: 'scalar',
    value: known ? value : value === null || value === undefined ? null : String(value),
    text: typeof value === 'string' ? value : (node.source ?? String(value ?? '')),
    offset: startOf(node),
    end: endOf(node),
  };
}

function emptyAt(offset: number, end: number): ScalarToken {
  return { kind: 'scalar', value: null, text: '', offset, end };
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

function endOf(node: Node): number {
  return node.range?.[1] ?? startOf(node);
}
