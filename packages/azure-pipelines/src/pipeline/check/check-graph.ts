// The graph that `dependsOn` makes of stages, or of the jobs of one stage: known names, no cycles.

import type { DiagnosticSink } from '../../diagnostic/diagnostic-sink.ts';
import { didYouMean, listNames, shorten } from '../../diagnostic/did-you-mean.ts';
import { isUnexpanded } from '../../schema/read-word.ts';
import type { Text } from '../pipeline.ts';

export interface GraphNode {
  readonly id: string;
  readonly dependsOn: readonly Text[];
}

export interface GraphRules {
  readonly word: 'stage' | 'job';
  /** False where templates are missing: then so may be the nodes that are depended on. */
  readonly isWhole: boolean;
}

/** What each node depends on, by the ids as their nodes spell them; in the order of the nodes. */
export function resolveGraph(
  nodes: readonly GraphNode[],
  rules: GraphRules,
  sink: DiagnosticSink,
): readonly (readonly string[])[] {
  const ids = new Map(nodes.map(({ id }) => [id.toLowerCase(), id]));
  const resolved = nodes.map((node) => [
    ...new Set(
      node.dependsOn.flatMap((name) => resolveName(name, node.id, ids, rules, sink) ?? []),
    ),
  ]);
  // Where two nodes have one name, what waits for which is not known.
  if (ids.size === nodes.length) reportCycles(nodes, resolved, rules.word, sink);
  return resolved;
}

function resolveName(
  { text, origin }: Text,
  id: string,
  ids: ReadonlyMap<string, string>,
  { word, isWhole }: GraphRules,
  sink: DiagnosticSink,
): string | undefined {
  const known = ids.get(text.trim().toLowerCase());
  if (known !== undefined || !isWhole || isUnexpanded(text) || sink.isFull) return known;
  const others = [...ids.values()].filter((other) => other !== id);
  const near = didYouMean(text, others);
  const have = others.length === 0 ? ' There is no other.' : ` There is ${listNames(others)}.`;
  const where = word === 'job' ? ' in its stage' : '';
  const message = `The ${word} "${id}" depends on "${shorten(text)}", which is no ${word}${where}.${near || have}`;
  sink.report('NAME_UNKNOWN', origin, message);
  return undefined;
}

/** Nodes that wait for each other never start; each cycle is told once. */
function reportCycles(
  nodes: readonly GraphNode[],
  dependencies: readonly (readonly string[])[],
  word: string,
  sink: DiagnosticSink,
): void {
  const waiting = stuckNodes(nodes, dependencies);
  const seen = new Set<string>();
  for (const start of waiting.keys()) {
    const cycle = cycleFrom(start, waiting, seen);
    const origin = cycle.length > 0 ? placeOf(cycle, nodes) : undefined;
    if (origin !== undefined) sink.report('DEPENDENCY_CYCLE', origin, cycleMessage(cycle, word));
  }
}

/** Where the first node of the cycle names the second. */
function placeOf([first, second = first]: readonly string[], nodes: readonly GraphNode[]) {
  const names = nodes.find(({ id }) => id === first)?.dependsOn ?? [];
  const isSecond = ({ text }: Text) => text.trim().toLowerCase() === second?.toLowerCase();
  return (names.find(isSecond) ?? names[0])?.origin;
}

/** Of a longer cycle its beginning is told. */
const maxShown = 12;

function cycleMessage(cycle: readonly string[], word: string): string {
  const [first = ''] = cycle;
  if (cycle.length === 1) {
    return `The ${word} "${first}" depends on itself. Remove it from its "dependsOn".`;
  }
  const shown = cycle.length > maxShown ? [...cycle.slice(0, maxShown), '…'] : cycle;
  const chain = [...shown, first].map((id) => `"${shorten(id)}"`).join(' → ');
  return `${word === 'job' ? 'Jobs' : 'Stages'} wait for each other: ${chain}. Remove one "dependsOn".`;
}

/** Those that would never start, with what they wait for among themselves. */
function stuckNodes(
  nodes: readonly GraphNode[],
  dependencies: readonly (readonly string[])[],
): ReadonlyMap<string, readonly string[]> {
  const open = new Map(nodes.map(({ id }, index) => [id, new Set(dependencies[index])]));
  const dependents = new Map<string, string[]>();
  for (const [id, names] of open) {
    for (const name of names) {
      const others = dependents.get(name);
      if (others === undefined) dependents.set(name, [id]);
      else others.push(id);
    }
  }
  const ready = [...open].filter(([, names]) => names.size === 0).map(([id]) => id);
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    open.delete(id);
    for (const dependent of dependents.get(id) ?? []) {
      const names = open.get(dependent);
      if (names?.delete(id) && names.size === 0) ready.push(dependent);
    }
  }
  return new Map([...open].map(([id, names]) => [id, [...names]]));
}

/** Walks along what is waited for until a node comes again; empty where the walk meets one that an
 * earlier walk has been to. */
function cycleFrom(
  start: string,
  waiting: ReadonlyMap<string, readonly string[]>,
  seen: Set<string>,
): readonly string[] {
  const path: string[] = [];
  const places = new Map<string, number>();
  for (let id: string | undefined = start; id !== undefined; id = waiting.get(id)?.[0]) {
    const place = places.get(id);
    if (place !== undefined) return path.slice(place);
    if (seen.has(id)) return [];
    seen.add(id);
    places.set(id, path.length);
    path.push(id);
  }
  return [];
}
