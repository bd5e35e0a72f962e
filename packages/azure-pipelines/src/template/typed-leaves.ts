// Values inside of objects keep the types that YAML gives them, unlike all other scalars of a
// pipeline: `{enabled: false}` is a condition that does not hold.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { Decimal } from '../expression/decimal.ts';
import type { Entry, Node, ScalarNode } from '../text/node.ts';

/** Whether a scalar stands in its file just as its value reads: without quotes or expression. */
export type IsPlain = (node: ScalarNode) => boolean;

/** No zeros in front: those belong to codes, not to numbers. */
const number = /^[-+]?(?:0|[1-9]\d*)?(?:(?<=\d)\.\d*|\.\d+)?$/;
const maxDigits = 15;

export function withTypedLeaves(node: Node, isPlain: IsPlain, sink: DiagnosticSink): Node {
  if (node.kind === 'scalar') return isPlain(node) ? typed(node, sink) : node;
  if (node.kind === 'sequence') {
    const items = node.items.map((item) => withTypedLeaves(item, isPlain, sink));
    return items.every((item, at) => item === node.items[at]) ? node : { ...node, items };
  }
  const entries = node.entries.map((entry) => typedEntry(entry, isPlain, sink));
  return entries.every((entry, at) => entry === node.entries[at]) ? node : { ...node, entries };
}

function typedEntry(entry: Entry, isPlain: IsPlain, sink: DiagnosticSink): Entry {
  const value = withTypedLeaves(entry.value, isPlain, sink);
  return value === entry.value ? entry : { key: entry.key, value };
}

function typed(node: ScalarNode, sink: DiagnosticSink): ScalarNode {
  if (typeof node.value !== 'string') return node;
  const word = node.value.toLowerCase();
  if (word === 'true' || word === 'false') return { ...node, value: word === 'true' };
  if (word === 'null') return { ...node, value: null };
  if (!/\d/.test(word) || word.length > maxDigits || !number.test(word)) return node;
  const value = Decimal.parse(word)?.toNumber();
  if (value === undefined) return node;
  if (/\.\d*0$/.test(word)) {
    const message = `${word} is a number here, and reads as ${value}. Put it in quotes if it is a version.`;
    sink.report('NUMBER_LOSES_ZERO', node.origin, message);
  }
  return { ...node, value };
}
