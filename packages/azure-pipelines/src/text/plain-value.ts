// A tree as plain data, for those who need neither places nor order of keys.

import type { Node } from './node.ts';

export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

/** Of a key that stands twice the later one counts. */
export function plainOf(node: Node): PlainValue {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(plainOf);
  // Not by assignment: a key may be called `__proto__`.
  return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plainOf(value)]));
}
