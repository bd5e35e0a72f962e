// Anchors and the aliases that name them: what an alias stands for, and how much of it there may be.

import type { Node as YamlNode } from 'yaml';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import type { Origin } from './origin.ts';

/** Ten lines of nested aliases can stand for a billion values; no pipeline needs this many. */
const maxAliasValues = 10_000;

export class YamlAnchors {
  readonly #sink: DiagnosticSink;
  readonly #targets = new Map<string, YamlNode>();
  /** Aliases around the value that is read. */
  #depth = 0;
  #values = 0;
  #isLimitTold = false;

  constructor(sink: DiagnosticSink) {
    this.#sink = sink;
  }

  /** Keeps a value's anchor. Within an alias it only counts, and says so by false: anchors were met
   * before, and setting them again could undo a later one. */
  note(node: YamlNode, origin: Origin): boolean {
    if (this.#depth > 0) {
      this.#values += 1;
      return false;
    }
    if ('anchor' in node && node.anchor) {
      this.#targets.set(node.anchor, node);
      const message = `Azure DevOps does not take anchors such as &${shorten(node.anchor)}. Use a template or a variable if it has to run there.`;
      this.#sink.report('YAML_ANCHOR', origin, message);
    }
    return true;
  }

  /** Undefined where the alias stands for nothing, which is reported. `open`: what is being read. */
  targetOf(source: string, origin: Origin, open: ReadonlySet<YamlNode>): YamlNode | undefined {
    const name = `*${shorten(source)}`;
    const target = this.#targets.get(source);
    if (target === undefined) {
      const message = `Alias ${name} names no anchor that stands before it. Write the value out.`;
      this.#sink.report('YAML_ALIAS_UNKNOWN', origin, message);
    } else if (open.has(target)) {
      const message = `Alias ${name} stands inside the value that it names. Write the value out.`;
      this.#sink.report('YAML_ALIAS_RECURSIVE', origin, message);
    } else if (this.#values < maxAliasValues) return target;
    else this.#reportLimit(name, origin);
    return undefined;
  }

  within<T>(read: () => T): T {
    this.#depth += 1;
    const result = read();
    this.#depth -= 1;
    return result;
  }

  /** One finding is enough, however many aliases follow. */
  #reportLimit(name: string, origin: Origin): void {
    if (this.#isLimitTold) return;
    this.#isLimitTold = true;
    const message = `Aliases up to ${name} stand for more than ${maxAliasValues} values. Write the values out.`;
    this.#sink.report('YAML_ALIAS_LIMIT', origin, message);
  }
}
