// Reading checked trees: each reader gives what is well formed and passes over the rest, which the
// check has reported.

import { booleanOf } from '../../schema/read-word.ts';
import { entryOf, type MappingNode, type Node, textOf } from '../../text/node.ts';
import type { Text } from '../pipeline.ts';

export function nodeAt(mapping: MappingNode, key: string): Node | undefined {
  return entryOf(mapping, key)?.value;
}

export function toText(node: Node): Text | undefined {
  const text = textOf(node);
  return text === undefined ? undefined : { text, origin: node.origin };
}

/** Undefined where the key is missing or has nothing behind it. */
export function textAt(mapping: MappingNode, key: string): Text | undefined {
  const node = nodeAt(mapping, key);
  const text = node === undefined ? undefined : toText(node);
  return text?.text === '' ? undefined : text;
}

export function mappingAt(mapping: MappingNode, key: string): MappingNode | undefined {
  const node = nodeAt(mapping, key);
  return node?.kind === 'mapping' ? node : undefined;
}

/** The items of a list; one value stands for a list of one. */
function itemsAt(mapping: MappingNode, key: string): readonly Node[] {
  const node = nodeAt(mapping, key);
  if (node === undefined) return [];
  return node.kind === 'sequence' ? node.items : [node];
}

export function mappingsAt(mapping: MappingNode, key: string): readonly MappingNode[] {
  return itemsAt(mapping, key).filter((item) => item.kind === 'mapping');
}

export function textsAt(mapping: MappingNode, key: string): readonly Text[] {
  const texts = itemsAt(mapping, key).flatMap((item) => toText(item) ?? []);
  return texts.filter(({ text }) => text !== '');
}

export function wordsAt(mapping: MappingNode, key: string): readonly string[] {
  return textsAt(mapping, key).map(({ text }) => text);
}

/** A mapping of names that the user chose. */
export function entriesOf(node: Node | undefined): ReadonlyMap<string, Text> {
  if (node?.kind !== 'mapping') return new Map();
  const texts = node.entries.map(({ key, value }) => [key.text, toText(value)] as const);
  return new Map(texts.filter((entry): entry is [string, Text] => entry[1] !== undefined));
}

export function flagAt(mapping: MappingNode, key: string, standard: boolean): boolean {
  return booleanOf(textAt(mapping, key)?.text ?? '') ?? standard;
}

/** The entries that have a value, so that an absent key is absent in the result too. */
export function present<Shape extends object>(shape: Shape): Present<Shape> {
  const entries = Object.entries(shape).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Present<Shape>;
}

type Present<Shape> = { readonly [Key in keyof Shape]?: Exclude<Shape[Key], undefined> };
