// Ids of stages and of the jobs of one stage: rules, uniqueness, and those that the file leaves out.

import type { DiagnosticSink } from '../../diagnostic/diagnostic-sink.ts';
import { shorten } from '../../diagnostic/did-you-mean.ts';
import { brokenRule } from '../../schema/name-rule.ts';
import { isUnexpanded } from '../../schema/read-word.ts';
import { type Entry, entryOf, type MappingNode, textOf } from '../../text/node.ts';
import type { Text } from '../pipeline.ts';

export interface NodeKind {
  readonly word: 'stage' | 'job';
  /** Keys whose value is the id. */
  readonly keywords: readonly string[];
}

export const stageKind: NodeKind = { word: 'stage', keywords: ['stage'] };
export const jobKind: NodeKind = { word: 'job', keywords: ['job', 'deployment', 'phase'] };

/** In the order of the nodes; a node without a name is `Stage1`, `Job2` and so on. */
export function nameNodes(
  nodes: readonly MappingNode[],
  kind: NodeKind,
  sink: DiagnosticSink,
): readonly string[] {
  const names = nodes.map((node) => nameOf(node, kind));
  const taken = new Map<string, Text>();
  for (const name of names) if (name !== undefined) checkName(name, kind, taken, sink);
  for (const node of nodes) warnOfHookName(node, sink);
  let number = 0;
  return names.map((name) => {
    if (name !== undefined) return name.text;
    const base = kind.word === 'stage' ? 'Stage' : 'Job';
    do number += 1;
    while (taken.has(`${kind.word}${number}`));
    return `${base}${number}`;
  });
}

function nameOf(node: MappingNode, { keywords }: NodeKind): Text | undefined {
  const entry: Entry | undefined = node.entries.find(({ key }) => keywords.includes(key.text));
  const text = entry === undefined ? undefined : textOf(entry.value);
  return entry === undefined || !text ? undefined : { text, origin: entry.value.origin };
}

/** Azure DevOps documents the name as not supported, and takes it: its own starter files have it. */
function warnOfHookName(node: MappingNode, sink: DiagnosticSink): void {
  const name = entryOf(node, 'deployment')?.value;
  if (name === undefined || textOf(name)?.toLowerCase() !== 'deploy') return;
  const message =
    'A deployment called "deploy" is hard to tell from its hook "deploy" in the names of outputs. Rename it if others read its outputs.';
  sink.report('NAME_LIKE_HOOK', name.origin, message);
}

function checkName(
  name: Text,
  { word }: NodeKind,
  taken: Map<string, Text>,
  sink: DiagnosticSink,
): void {
  if (isUnexpanded(name.text)) return;
  const shown = shorten(name.text);
  const folded = name.text.toLowerCase();
  const broken = brokenRule(name.text, 'identifier');
  const first = taken.get(folded);
  if (broken !== undefined) {
    const message = `The ${word} name "${shown}" is not valid: a name ${broken}. Rename it, and keep this text as its "displayName".`;
    sink.report('NAME_INVALID', name.origin, message);
  } else if (first !== undefined) {
    const place = `${first.origin.file}:${first.origin.line}`;
    const message = `The ${word} name "${shown}" is taken by the one of ${place}. Rename one.`;
    sink.report('NAME_TAKEN', name.origin, message);
  }
  if (first === undefined) taken.set(folded, name);
}
