// Takes `if`, `elseif`, `else`, `each` and `insert` out of mappings and lists. What remains are the
// entries and items that are there, not yet expanded, each with the scope that it stands in.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { hasTemplateExpression } from '../expression/template-text.ts';
import type { Entry, MappingNode, Node, ScalarNode, SequenceNode } from '../text/node.ts';
import type { Origin } from '../text/origin.ts';
import type { Chain } from './condition-chain.ts';
import { directiveOf } from './directive.ts';
import { firstOfEachKey } from './duplicate-keys.ts';
import type { ExpansionBudget } from './expansion-budget.ts';
import type { FlatEntry, ListPart, Piece } from './piece.ts';
import { Pieces } from './pieces.ts';
import type { ScalarExpander } from './scalar-expander.ts';
import { asFinal, originIn, type Scope } from './scope.ts';

export interface FlatMapping {
  readonly kind: 'mapping';
  readonly entries: readonly FlatEntry[];
  readonly origin: Origin;
  readonly scope: Scope;
}

/** What a mapping comes to: as a rule a mapping, but its directives may hold lists or scalars. */
export type Flat =
  | FlatMapping
  | { readonly kind: 'items'; readonly parts: readonly ListPart[]; readonly origin: Origin }
  | FlatNode
  | { readonly kind: 'nothing' };

export interface FlatNode {
  readonly kind: 'node';
  readonly node: Node;
  readonly scope: Scope;
}

export class Flattener {
  readonly pieces: Pieces;
  readonly #sink: DiagnosticSink;
  readonly #scalars: ScalarExpander;
  readonly #budget: ExpansionBudget;

  constructor(sink: DiagnosticSink, scalars: ScalarExpander, budget: ExpansionBudget) {
    this.pieces = new Pieces(sink, scalars, budget);
    this.#sink = sink;
    this.#scalars = scalars;
    this.#budget = budget;
  }

  mapping(mapping: MappingNode, scope: Scope): Flat {
    if (mapping.entries.some(mayChange)) return this.#collect(mapping, scope, 'none').flat;
    const entries = mapping.entries.map(({ key, value }) => {
      return { key: this.#scalars.key(key, scope), value, scope };
    });
    return { kind: 'mapping', entries, origin: originIn(scope, mapping.origin), scope };
  }

  /** A chain of conditions may run over items: `- ${{ if … }}:`, `- ${{ else }}:`. */
  *items(list: SequenceNode, scope: Scope): Generator<FlatMapping | FlatNode> {
    let chain: Chain = 'none';
    for (const item of list.items) {
      this.#budget.spendWork(item.origin);
      if (item.kind === 'mapping') {
        if (isDirective(item, scope)) {
          const { flat, after } = this.#collect(item, scope, chain);
          chain = after;
          yield* this.#spread(flat);
        } else {
          chain = 'none';
          yield* this.#spread(this.mapping(item, scope));
        }
      } else {
        chain = 'none';
        if (item.kind === 'sequence') yield { kind: 'node', node: item, scope };
        else yield* this.#scalarItem(item, scope);
      }
    }
  }

  *#spread(flat: Flat): Generator<FlatMapping | FlatNode> {
    if (flat.kind === 'mapping' || flat.kind === 'node') yield flat;
    else if (flat.kind === 'items') {
      for (const { list, scope } of flat.parts) yield* this.items(list, scope);
    }
  }

  /** A list that an expression gives is spread out: its items become items of the list around. */
  *#scalarItem(item: ScalarNode, scope: Scope): Generator<FlatMapping | FlatNode> {
    const node = this.#scalars.expand(item, scope);
    const final = asFinal(scope);
    if (node.kind === 'sequence') yield* this.items(node, final);
    else if (node.kind === 'mapping') yield* this.#spread(this.mapping(node, final));
    else yield { kind: 'node', node, scope: final };
  }

  #collect(mapping: MappingNode, scope: Scope, before: Chain): { flat: Flat; after: Chain } {
    const found: Piece[] = [];
    const pieces = this.pieces.of(mapping, scope, before);
    let next = pieces.next();
    for (; next.done !== true; next = pieces.next()) found.push(next.value);
    return { flat: this.#join(found, mapping, scope), after: next.value };
  }

  #join(pieces: readonly Piece[], mapping: MappingNode, scope: Scope): Flat {
    const origin = originIn(scope, mapping.origin);
    const [first] = pieces;
    if (first === undefined) return nothingOf(mapping, scope, origin);
    for (const piece of pieces) if (piece.kind !== first.kind) this.#reportMix(first, piece, scope);
    if (first.kind === 'scalar') return { kind: 'node', node: first.node, scope: asFinal(scope) };
    if (first.kind === 'items') {
      const parts = pieces.flatMap((piece) => (piece.kind === 'items' ? [piece.part] : []));
      return { kind: 'items', parts, origin };
    }
    const entries = pieces.flatMap((piece) => (piece.kind === 'entry' ? [piece.entry] : []));
    return { kind: 'mapping', entries: firstOfEachKey(entries, this.#sink), origin, scope };
  }

  #reportMix(first: Piece, other: Piece, scope: Scope): void {
    const origin =
      other.kind === 'entry'
        ? other.entry.key.origin
        : other.kind === 'items'
          ? originIn(scope, other.part.list.origin)
          : other.node.origin;
    const message = `There is ${nameOf(other)} here, and ${nameOf(first)} above it in the same place. Write all of them as keys, or all as a list.`;
    this.#sink.report('DIRECTIVE_VALUE_INVALID', origin, message);
  }
}

/** Nearly all keys stay what they are: a mapping of such keys needs no looking for those that stand
 * twice, as its file had none. */
function mayChange({ key }: Entry): boolean {
  return hasTemplateExpression(key.text);
}

/** Of an item whose first key is one, all of it is part of the list around it. */
function isDirective({ entries: [first] }: MappingNode, scope: Scope): boolean {
  return first !== undefined && !scope.isFinal && directiveOf(first.key.text) !== undefined;
}

function nameOf(piece: Piece): string {
  if (piece.kind === 'entry') return `the key "${piece.entry.key.text}"`;
  return piece.kind === 'items' ? 'a list' : 'a single value';
}

/** A mapping without directives is an empty mapping. One whose directives all fell away leaves
 * nothing in a list, and in the place of a list an empty list. */
function nothingOf(mapping: MappingNode, scope: Scope, origin: Origin): Flat {
  return isDirective(mapping, scope)
    ? { kind: 'nothing' }
    : { kind: 'mapping', entries: [], origin, scope };
}
