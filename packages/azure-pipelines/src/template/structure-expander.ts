// Expands the parts of a pipeline in which templates can stand: lists of steps, jobs and stages, and
// the jobs and stages around them. Only templates are waited for; all else happens at once.

import type { Entry, MappingNode, Node, SequenceNode } from '../text/node.ts';
import type { Origin } from '../text/origin.ts';
import { ArgumentBinder } from './argument-binder.ts';
import type { Expansion } from './expansion.ts';
import type { FlatMapping, FlatNode } from './flatten.ts';
import type { ListPart } from './piece.ts';
import { type ListKind, type Place, valuePlace } from './places.ts';
import { asFinal, originIn, type Scope, withVariables } from './scope.ts';
import { TemplateIncluder } from './template-includer.ts';
import { emptyLike } from './value-expander.ts';
import { VariablesExpander } from './variables-expander.ts';

type ListPlace = Extract<Place, { kind: 'list' }>;
type FieldsPlace = Extract<Place, { kind: 'fields' }>;

export class StructureExpander {
  readonly expansion: Expansion;
  readonly variables: VariablesExpander;
  readonly includer: TemplateIncluder;
  readonly binder: ArgumentBinder;

  constructor(expansion: Expansion) {
    this.expansion = expansion;
    this.binder = new ArgumentBinder(this);
    this.includer = new TemplateIncluder(expansion, this.binder);
    this.variables = new VariablesExpander(expansion, this.includer);
  }

  async expand(node: Node, place: Place, scope: Scope): Promise<Node> {
    switch (place.kind) {
      case 'value':
        return this.expansion.values.expand(node, scope);
      case 'verbatim':
        return node;
      case 'variables':
        return this.variables.expand(node, scope);
      case 'fields':
        return this.#fields(node, place, scope);
      case 'list':
        return this.#list(node, place, scope);
    }
  }

  /** The `steps`, `jobs` or `stages` of a template, in the place of the reference to it. */
  async included(item: FlatMapping, place: ListPlace): Promise<readonly Node[]> {
    const entered = await this.includer.enter(item);
    if (entered === undefined) return [];
    const items: Node[] = [];
    for (const { value, scope } of this.includer.lists(entered, place.template)) {
      const list = await this.#list(value, place, scope);
      if (list.kind === 'sequence') items.push(...list.items);
      else this.#reportNoList(list, place.template);
    }
    return items;
  }

  async #fields(node: Node, place: FieldsPlace, scope: Scope): Promise<Node> {
    if (node.kind === 'scalar') {
      const value = this.expansion.values.expand(node, scope);
      return value.kind === 'scalar' ? value : this.#fields(value, place, asFinal(scope));
    }
    if (node.kind === 'sequence') return this.expansion.values.expand(node, scope);
    const flat = this.expansion.values.flattener.mapping(node, scope);
    if (flat.kind === 'mapping') return this.#mapping(flat, place);
    if (flat.kind === 'node') return flat.node;
    if (flat.kind === 'items') this.#reportNoKeys(flat.origin);
    return emptyLike(node, originIn(scope, node.origin));
  }

  /** Variables come first, wherever they stand: the jobs and steps beside them see them. */
  async #mapping(flat: FlatMapping, { fields }: FieldsPlace): Promise<MappingNode> {
    const own = flat.entries.find(({ key }) => fields.get(key.text)?.kind === 'variables');
    const outer = flat.scope.variables;
    this.expansion.budget.spendWork(flat.origin, outer.size / 64);
    const variables = own === undefined ? outer : outer.child();
    const defined = own && (await this.variables.expand(own.value, { ...own.scope, variables }));
    const entries: Entry[] = [];
    for (const entry of flat.entries) {
      const scope = withVariables(entry.scope, variables);
      const place = fields.get(entry.key.text) ?? valuePlace;
      const value =
        entry === own && defined ? defined : await this.expand(entry.value, place, scope);
      entries.push({ key: entry.key, value });
    }
    return { kind: 'mapping', entries, origin: flat.origin };
  }

  async #list(node: Node, place: ListPlace, scope: Scope): Promise<Node> {
    if (node.kind === 'sequence')
      return this.#parts([{ list: node, scope }], place, originIn(scope, node.origin));
    if (node.kind === 'scalar') {
      const value = this.expansion.values.expand(node, scope);
      return value.kind === 'scalar' ? value : this.#list(value, place, asFinal(scope));
    }
    const flat = this.expansion.values.flattener.mapping(node, scope);
    if (flat.kind === 'items') {
      this.expansion.values.reportNotPortable(flat.origin);
      return this.#parts(flat.parts, place, flat.origin);
    }
    if (flat.kind === 'node') return flat.node;
    const origin = originIn(scope, node.origin);
    // A mapping in the place of a list is a mistake that the schema will name.
    return flat.kind === 'nothing'
      ? { kind: 'sequence', items: [], origin }
      : this.expansion.values.mapping(flat);
  }

  async #parts(
    parts: readonly ListPart[],
    place: ListPlace,
    origin: Origin,
  ): Promise<SequenceNode> {
    const items: Node[] = [];
    for (const { list, scope } of parts) {
      for (const item of this.expansion.values.flattener.items(list, scope)) {
        if (item.kind === 'mapping' && isReference(item))
          items.push(...(await this.included(item, place)));
        else if (place.item.kind === 'fields' && item.kind === 'mapping') {
          items.push(await this.#mapping(item, place.item));
        } else if (!isEmptyItem(item)) items.push(this.expansion.values.item(item));
      }
    }
    return { kind: 'sequence', items, origin };
  }

  #reportNoList(node: Node, kind: ListKind): void {
    const message = `"${kind}" of a template is a list. Begin each of its items with "- ".`;
    this.expansion.sink.report('TEMPLATE_KIND_MISMATCH', node.origin, message);
  }

  #reportNoKeys(origin: Origin): void {
    const message = 'There is a list under a condition here, where keys are needed.';
    this.expansion.sink.report('DIRECTIVE_VALUE_INVALID', origin, message);
  }
}

export function isReference({ entries }: FlatMapping): boolean {
  return entries.some(({ key }) => key.text === 'template');
}

/** `- ${{ parameters.extraSteps }}` with nothing in it adds no step. */
function isEmptyItem(item: FlatMapping | FlatNode): boolean {
  return item.kind === 'node' && item.node.kind === 'scalar' && item.node.value === null;
}
