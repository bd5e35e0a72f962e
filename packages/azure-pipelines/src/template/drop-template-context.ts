// Takes `templateContext` out of a pipeline: templates can read it on the stages and jobs that they
// are handed, and nothing else does.

import type { Entry, MappingNode, Node } from '../text/node.ts';

/** In which keys stages, jobs and deployments stand. */
const lists: ReadonlySet<string> = new Set(['stages', 'jobs', 'phases']);

export function dropTemplateContext(root: MappingNode): MappingNode {
  const entries = root.entries.flatMap((entry) => {
    if (entry.key.text === 'templateContext') return [];
    return [lists.has(entry.key.text) ? { key: entry.key, value: inItems(entry.value) } : entry];
  });
  return { ...root, entries: entries satisfies Entry[] };
}

function inItems(list: Node): Node {
  if (list.kind !== 'sequence') return list;
  const items = list.items.map((item) =>
    item.kind === 'mapping' ? dropTemplateContext(item) : item,
  );
  return { ...list, items };
}
