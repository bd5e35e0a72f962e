// `variables`, a mapping or a list, as entries in the order of the file.

import type { DiagnosticSink } from '../../diagnostic/diagnostic-sink.ts';
import { checkVariablePrefix } from '../../schema/check-names.ts';
import { type MappingNode, type Node, textOf } from '../../text/node.ts';
import type { VariableEntry } from '../pipeline.ts';
import { flagAt, nodeAt, textAt, toText } from './read-node.ts';

export function convertVariables(
  owner: MappingNode,
  sink: DiagnosticSink,
): readonly VariableEntry[] {
  const node = nodeAt(owner, 'variables');
  if (node === undefined || node.kind === 'scalar') return [];
  const entries =
    node.kind === 'mapping' ? ofMapping(node) : node.items.map((one) => ofItem(one, sink));
  return entries.filter((entry) => entry !== undefined);
}

function ofMapping(node: MappingNode): readonly (VariableEntry | undefined)[] {
  return node.entries.map(({ key, value }) => {
    const text = toText(value);
    return text && { kind: 'value', name: key.text, value: text, readonly: false };
  });
}

function ofItem(item: Node, sink: DiagnosticSink): VariableEntry | undefined {
  if (item.kind !== 'mapping') return undefined;
  const group = textAt(item, 'group');
  if (group !== undefined) return { kind: 'group', group };
  const name = textAt(item, 'name');
  if (name === undefined) return undefined;
  checkVariablePrefix(name.text, name.origin, sink);
  const value = nodeAt(item, 'value');
  const text = value === undefined ? '' : textOf(value);
  if (text === undefined) return undefined;
  const origin = value?.origin ?? item.origin;
  const isReadonly = flagAt(item, 'readonly', false);
  return { kind: 'value', name: name.text, value: { text, origin }, readonly: isReadonly };
}
