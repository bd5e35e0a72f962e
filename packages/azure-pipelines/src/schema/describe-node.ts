// What a node is, in the words of messages.

import { shorten } from '../diagnostic/did-you-mean.ts';
import { type Node, textOf } from '../text/node.ts';

export function describeNode(node: Node): string {
  if (node.kind === 'sequence') return 'a list';
  if (node.kind === 'mapping') return 'keys with values';
  const text = textOf(node) ?? '';
  return text === '' ? 'empty' : `"${shorten(text)}"`;
}
