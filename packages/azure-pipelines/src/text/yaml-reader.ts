// Walks the YAML library's tree once, in the order of the file, and makes nodes of it. Keys that
// stand twice, keys that are no texts, aliases, depth and size are judged here.

import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type YAMLMap,
  type Node as YamlNode,
} from 'yaml';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import type { Entry, KeyNode, Node, ScalarNode } from './node.ts';
import type { Origin } from './origin.ts';
import { YamlAnchors } from './yaml-anchors.ts';

const maxDepth = 100;
const maxValues = 1_000_000;

export class YamlReader {
  readonly #sink: DiagnosticSink;
  readonly #originAt: (offset: number) => Origin;
  readonly #anchors: YamlAnchors;
  /** The collections that are being read, outermost first. */
  readonly #open = new Set<YamlNode>();
  #values = 0;

  constructor(sink: DiagnosticSink, originAt: (offset: number) => Origin) {
    this.#sink = sink;
    this.#originAt = originAt;
    this.#anchors = new YamlAnchors(sink);
  }

  read(node: YamlNode): Node {
    return this.#read(node, 1);
  }

  #read(node: YamlNode, depth: number): Node {
    if (isAlias(node)) return this.#readAlias(node, depth);
    const origin = this.#originAt(startOf(node));
    this.#noteMarks(node, origin);
    if (isScalar(node)) return { kind: 'scalar', value: textOrNull(node), origin };
    if (!this.#isWithinLimits(depth, origin)) return emptyAt(origin);
    this.#open.add(node);
    const read = this.#readCollection(node, origin, depth);
    this.#open.delete(node);
    return read;
  }

  #readCollection(node: YamlNode, origin: Origin, depth: number): Node {
    if (isMap(node)) return { kind: 'mapping', entries: this.#readEntries(node, depth), origin };
    const children: readonly unknown[] = isSeq(node) ? node.items : [];
    const items = children.map((item) => this.#readChild(item, origin, depth));
    return { kind: 'sequence', items, origin };
  }

  #readEntries(node: YAMLMap, depth: number): Entry[] {
    const entries: Entry[] = [];
    const lines = new Map<string, number>();
    for (const pair of node.items) {
      const key = this.#readKey(pair.key, startOf(node));
      if (key === undefined || this.#isSecond(key, lines)) continue;
      lines.set(key.text.toLowerCase(), key.origin.line);
      entries.push({ key, value: this.#readChild(pair.value, key.origin, depth) });
    }
    return entries;
  }

  #readKey(key: unknown, fallback: number): KeyNode | undefined {
    const origin = this.#originAt(isNode(key) ? startOf(key) : fallback);
    if (isScalar(key) && key.value !== '<<') return { text: textOrNull(key) ?? '', origin };
    if (isScalar(key)) return this.#refuseMerge(origin);
    const message =
      'A key must be text, and this is a list, a mapping or an alias. Give it a name.';
    this.#sink.report('YAML_KEY_NOT_TEXT', origin, message);
    return undefined;
  }

  #refuseMerge(origin: Origin): undefined {
    const message =
      'The merge key "<<" has no meaning here. Write the keys out, or use ${{ insert }}.';
    this.#sink.report('YAML_MERGE_KEY', origin, message);
  }

  /** Letter case makes no other key. Keys that hold expressions may stand twice: `${{ else }}` does in many files. */
  #isSecond(key: KeyNode, lines: ReadonlyMap<string, number>): boolean {
    const first = lines.get(key.text.toLowerCase());
    if (first === undefined || key.text.includes('${{')) return false;
    const message = `Key "${shorten(key.text)}" stands on line ${first} already. Keep one of them.`;
    this.#sink.report('YAML_DUPLICATE_KEY', key.origin, message);
    return true;
  }

  #readChild(child: unknown, fallback: Origin, depth: number): Node {
    return isNode(child) ? this.#read(child, depth + 1) : emptyAt(fallback);
  }

  #readAlias(alias: Alias, depth: number): Node {
    const origin = this.#originAt(startOf(alias));
    const target = this.#anchors.targetOf(alias.source, origin, this.#open);
    if (target === undefined) return emptyAt(origin);
    return this.#anchors.within(() => this.#read(target, depth));
  }

  #isWithinLimits(depth: number, origin: Origin): boolean {
    if (depth > maxDepth) {
      const message = `Values are nested more than ${maxDepth} deep here. Flatten the file.`;
      this.#sink.report('YAML_TOO_DEEP', origin, message);
      return false;
    }
    if (this.#values <= maxValues) return true;
    const message = `The file holds more than ${maxValues} values. Split it into templates.`;
    this.#sink.report('YAML_TOO_MANY_VALUES', origin, message);
    return false;
  }

  /** Within an alias its marks were met before. */
  #noteMarks(node: YamlNode, origin: Origin): void {
    this.#values += 1;
    if (!this.#anchors.note(node, origin)) return;
    if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:')) {
      const message = `The tag ${shorten(node.tag)} has no effect. Write the value without it.`;
      this.#sink.report('YAML_TAG', origin, message);
    }
  }
}

/** Only a place left empty and a bare `~` are null; every other scalar is a text. */
function textOrNull(node: { readonly value: unknown; readonly type?: unknown }): string | null {
  const text = typeof node.value === 'string' ? node.value : String(node.value ?? '');
  const isPlain = node.type === 'PLAIN' || node.type === undefined;
  return isPlain && (text === '' || text === '~') ? null : text;
}

function emptyAt(origin: Origin): ScalarNode {
  return { kind: 'scalar', value: null, origin };
}

function isNode(value: unknown): value is YamlNode {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

function startOf(node: YamlNode): number {
  return node.range?.[0] ?? 0;
}
