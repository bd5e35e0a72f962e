// The tree of a YAML file. Expansion gives a tree of the same types, with values in the places of
// expressions.

import type { Origin } from './origin.ts';

export type Node = ScalarNode | SequenceNode | MappingNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  /** A file gives texts, or null for an empty place; expressions give the other types too. */
  readonly value: string | number | boolean | null;
  readonly origin: Origin;
}

export interface SequenceNode {
  readonly kind: 'sequence';
  readonly items: readonly Node[];
  readonly origin: Origin;
}

export interface MappingNode {
  readonly kind: 'mapping';
  /** In the order of the file; no key twice, but for keys that are expressions. */
  readonly entries: readonly Entry[];
  readonly origin: Origin;
}

export interface Entry {
  readonly key: KeyNode;
  readonly value: Node;
}

export interface KeyNode {
  readonly text: string;
  readonly origin: Origin;
}

/** The entry of a key, letter for letter. */
export function entryOf(mapping: MappingNode, key: string): Entry | undefined {
  return mapping.entries.find((entry) => entry.key.text === key);
}

/** The value of a key, letter for letter. */
export function valueAt(mapping: MappingNode, key: string): Node | undefined {
  return entryOf(mapping, key)?.value;
}

/** A scalar as text, the way that variables hold it: `True`, `1.5`, nothing for null. Undefined for
 * a list or a mapping. */
export function textOf(node: Node): string | undefined {
  if (node.kind !== 'scalar') return undefined;
  const { value } = node;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === null ? '' : String(value);
}
