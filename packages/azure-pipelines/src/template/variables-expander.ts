// `variables` of a pipeline, stage or job: expanded one after the other, so that each sees those above
// it, and defined for the expressions of what they belong to.

import { type Entry, type MappingNode, type Node, textOf, valueAt } from '../text/node.ts';
import type { Origin } from '../text/origin.ts';
import { firstOfEachKey } from './duplicate-keys.ts';
import type { Expansion } from './expansion.ts';
import type { FlatMapping } from './flatten.ts';
import type { FlatEntry, ListPart } from './piece.ts';
import { asFinal, originIn, type Scope } from './scope.ts';
import type { TemplateIncluder } from './template-includer.ts';

export class VariablesExpander {
  readonly #expansion: Expansion;
  readonly #includer: TemplateIncluder;

  constructor(expansion: Expansion, includer: TemplateIncluder) {
    this.#expansion = expansion;
    this.#includer = includer;
  }

  /** Defines into the variables of the scope. */
  async expand(node: Node, scope: Scope): Promise<Node> {
    const origin = originIn(scope, node.origin);
    if (node.kind === 'sequence') return this.#list([{ list: node, scope }], origin);
    if (node.kind === 'mapping') return this.#mapping(node, scope, origin);
    const value = this.#expansion.values.expand(node, scope);
    return value.kind === 'scalar' ? value : this.expand(value, asFinal(scope));
  }

  async #mapping(node: MappingNode, scope: Scope, origin: Origin): Promise<Node> {
    const entries: Entry[] = [];
    const parts: ListPart[] = [];
    for (const piece of this.#expansion.values.flattener.pieces.of(node, scope)) {
      if (piece.kind === 'entry') entries.push(this.#variable(piece.entry));
      else if (piece.kind === 'items') parts.push(piece.part);
    }
    const own = firstOfEachKey(entries, this.#expansion.sink);
    if (parts.length === 0) return { kind: 'mapping', entries: own, origin };
    const list = await this.#list(parts, origin);
    return { ...list, items: [...own.map(asItem), ...list.items] };
  }

  #variable({ key, value, scope }: FlatEntry): Entry {
    const expanded = this.#expansion.values.expand(value, scope);
    this.#define(scope, key.text, expanded);
    return { key, value: expanded };
  }

  async #list(parts: readonly ListPart[], origin: Origin) {
    const items: Node[] = [];
    for (const { list, scope } of parts) {
      for (const item of this.#expansion.values.flattener.items(list, scope)) {
        if (item.kind === 'node') items.push(this.#expansion.values.item(item));
        else if (isReference(item)) items.push(...(await this.#included(item)));
        else items.push(this.#item(item, scope));
      }
    }
    return { kind: 'sequence', items, origin } as const;
  }

  #item(item: FlatMapping, scope: Scope): MappingNode {
    const mapping = this.#expansion.values.mapping(item);
    const name = valueAt(mapping, 'name');
    const value = valueAt(mapping, 'value');
    if (name !== undefined && value !== undefined) this.#define(scope, textOf(name), value);
    return mapping;
  }

  async #included(item: FlatMapping): Promise<readonly Node[]> {
    const entered = await this.#includer.enter(item);
    if (entered === undefined) return [];
    const items: Node[] = [];
    for (const { value, scope } of this.#includer.lists(entered, 'variables')) {
      const variables = await this.expand(value, scope);
      if (variables.kind === 'mapping') items.push(...variables.entries.map(asItem));
      else if (variables.kind === 'sequence') items.push(...variables.items);
    }
    return items;
  }

  #define(scope: Scope, name: string | undefined, value: Node): void {
    const text = textOf(value);
    if (name !== undefined && text !== undefined) scope.variables.define(name, text);
  }
}

function isReference({ entries }: FlatMapping): boolean {
  return entries.some(({ key }) => key.text === 'template');
}

/** `a: b` as an item of a list of variables. */
function asItem({ key, value }: Entry): MappingNode {
  const { origin } = key;
  const name: Entry = {
    key: { text: 'name', origin },
    value: { kind: 'scalar', value: key.text, origin },
  };
  return { kind: 'mapping', entries: [name, { key: { text: 'value', origin }, value }], origin };
}
