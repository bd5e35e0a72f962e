// `pool`, and the `queue` that stood in its place.

import { entryOf, type MappingNode, type Node, textOf } from '../../text/node.ts';
import type { Pool, Text } from '../pipeline.ts';
import { present, textAt, textsAt, toText } from './read-node.ts';

export function convertPool(owner: MappingNode): Pool | undefined {
  const entry = entryOf(owner, 'pool') ?? entryOf(owner, 'queue');
  return entry === undefined ? undefined : ofNode(entry.value);
}

function ofNode(node: Node): Pool | undefined {
  const { origin } = node;
  if (node.kind === 'mapping') {
    const name = textAt(node, 'name');
    const vmImage = textAt(node, 'vmImage');
    const demands = [...textsAt(node, 'demands'), ...imageDemand(textAt(node, 'image'))];
    // A queue may hold timeouts alone: then the pool is that of the level above.
    if (!name && !vmImage && demands.length === 0) return undefined;
    return { kind: 'agent', ...present({ name, vmImage }), demands, origin };
  }
  const name = toText(node);
  if (name === undefined || textOf(node) === '') return undefined;
  if (name.text.trim().toLowerCase() === 'server') return { kind: 'server', origin };
  return { kind: 'agent', name, demands: [], origin };
}

/** What such a pool makes of its image itself. */
function imageDemand(image: Text | undefined): readonly Text[] {
  return image === undefined ? [] : [{ ...image, text: `ImageOverride -equals ${image.text}` }];
}
