// A tree of YAML without its places.
import type { Node } from '../text/node.ts';

export type Plain = string | null | readonly Plain[] | PlainMapping;
export interface PlainMapping {
  readonly [name: string]: Plain;
}

export function toPlain(node: Node): Plain {
  if (node.kind === 'scalar') return node.value === null ? null : String(node.value);
  if (node.kind === 'sequence') return node.items.map(toPlain);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, toPlain(value)]));
}
