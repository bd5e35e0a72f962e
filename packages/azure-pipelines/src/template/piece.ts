// What stands in a mapping or a list once its directives are carried out.

import type { KeyNode, Node, ScalarNode, SequenceNode } from '../text/node.ts';
import type { Scope } from './scope.ts';

export interface FlatEntry {
  /** Expanded. */
  readonly key: KeyNode;
  /** Not expanded, unless its scope is final. */
  readonly value: Node;
  readonly scope: Scope;
}

export interface ListPart {
  readonly list: SequenceNode;
  readonly scope: Scope;
}

export type Piece =
  | { readonly kind: 'entry'; readonly entry: FlatEntry }
  | { readonly kind: 'items'; readonly part: ListPart }
  | { readonly kind: 'scalar'; readonly node: ScalarNode };
