// Expands values that hold no templates: everything below a step, and most of what stands beside
// lists of steps, jobs and stages.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import type { Entry, MappingNode, Node, SequenceNode } from '../text/node.ts';
import type { Origin } from '../text/origin.ts';
import { directiveOf } from './directive.ts';
import type { ExpansionBudget } from './expansion-budget.ts';
import { type Flat, type FlatMapping, type FlatNode, Flattener } from './flatten.ts';
import type { ScalarExpander } from './scalar-expander.ts';
import { originIn, type Scope } from './scope.ts';

export class ValueExpander {
  readonly flattener: Flattener;
  readonly scalars: ScalarExpander;
  readonly #sink: DiagnosticSink;
  readonly #budget: ExpansionBudget;

  constructor(sink: DiagnosticSink, scalars: ScalarExpander, budget: ExpansionBudget) {
    this.flattener = new Flattener(sink, scalars, budget);
    this.scalars = scalars;
    this.#sink = sink;
    this.#budget = budget;
  }

  expand(node: Node, scope: Scope): Node {
    if (scope.isFinal) return node;
    if (node.kind === 'scalar') return this.scalars.expand(node, scope);
    this.#budget.spendWork(node.origin);
    if (node.kind === 'sequence')
      return this.#list([{ list: node, scope }], originIn(scope, node.origin));
    return this.#fromFlat(this.flattener.mapping(node, scope), node, scope);
  }

  mapping({ entries, origin }: FlatMapping): MappingNode {
    const expanded: Entry[] = [];
    for (const { key, value, scope } of entries)
      expanded.push({ key, value: this.expand(value, scope) });
    return { kind: 'mapping', entries: expanded, origin };
  }

  item(item: FlatMapping | FlatNode): Node {
    return item.kind === 'mapping' ? this.mapping(item) : this.expand(item.node, item.scope);
  }

  /** Where a list or single value stands under a directive that takes the place of a value. */
  reportNotPortable(origin: Origin): void {
    const message =
      'Azure DevOps takes only keys under a directive here. Put the condition around the key, or in front of the items of the list.';
    this.#sink.report('DIRECTIVE_NOT_PORTABLE', origin, message);
  }

  #fromFlat(flat: Flat, node: MappingNode, scope: Scope): Node {
    if (flat.kind === 'mapping') return this.mapping(flat);
    if (flat.kind !== 'nothing') this.reportNotPortable(originIn(scope, node.origin));
    if (flat.kind === 'node') return flat.node;
    if (flat.kind === 'items') return this.#list(flat.parts, flat.origin);
    return emptyLike(node, originIn(scope, node.origin));
  }

  #list(
    parts: readonly { readonly list: SequenceNode; readonly scope: Scope }[],
    origin: Origin,
  ): Node {
    const items: Node[] = [];
    for (const { list, scope } of parts) {
      for (const item of this.flattener.items(list, scope)) items.push(this.item(item));
    }
    return { kind: 'sequence', items, origin };
  }
}

/** What is left where all conditions fell away: an empty list where they held lists. */
export function emptyLike(mapping: MappingNode, origin: Origin): Node {
  const first = mapping.entries.find(({ key }) => directiveOf(key.text) !== undefined);
  if (first?.value.kind === 'sequence') return { kind: 'sequence', items: [], origin };
  if (first?.value.kind === 'scalar') return { kind: 'scalar', value: null, origin };
  return { kind: 'mapping', entries: [], origin };
}
