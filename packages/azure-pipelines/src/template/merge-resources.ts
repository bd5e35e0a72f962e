// Joins the `resources` of the main file with those that its templates bring along.

import type { Entry, Node } from '../text/node.ts';

/** Kind by kind: repositories with repositories, containers with containers. */
export function mergeResources(a: Node, b: Node): Node {
  if (a.kind !== 'mapping' || b.kind !== 'mapping') return a.kind === 'mapping' ? a : b;
  const merged = a.entries.map((entry): Entry => {
    const other = b.entries.find(({ key }) => key.text === entry.key.text);
    return other === undefined
      ? entry
      : { key: entry.key, value: joined(entry.value, other.value) };
  });
  const names = new Set(a.entries.map(({ key }) => key.text));
  const added = b.entries.filter(({ key }) => !names.has(key.text));
  return { ...a, entries: [...merged, ...added] };
}

function joined(a: Node, b: Node): Node {
  if (a.kind !== 'sequence' || b.kind !== 'sequence') return a;
  return { ...a, items: [...a.items, ...b.items] };
}
