// An ensemble of trees of any size as the flat walk reads it. A node is 16 bytes: the byte of its
// value in a row, with two flags on top; threshold, or the place of its set; the places of both
// children, counted from the first node. A leaf's children are itself.

import { beginImage, type EnsembleImage, head, writeSet, writeValues } from './ensemble-image.ts';
import type { ImageWriter } from './image-writer.ts';
import type { Tree, TreeEnsemble } from './tree.ts';

const nodeBytes = 16;
const missingLeftFlag = 0x80000000;
const categoricalFlag = 0x40000000;

export function flatImage(ensemble: TreeEnsemble): EnsembleImage {
  const { trees } = ensemble;
  const valueBytes = (trees[0]?.valueCount ?? 1) * 4;
  const image = beginImage(ensemble);
  const nodeCount = trees.reduce((count, tree) => count + tree.feature.length, 0);
  const rootsAt = image.reserve(trees.length * 4);
  const nodesAt = image.reserve(nodeCount * nodeBytes);
  const valuesAt = image.reserve(nodeCount * valueBytes);
  image.uint32(head.columnsAt, rootsAt);
  image.uint32(head.nodesAt, nodesAt);
  image.uint32(head.leavesAt, valuesAt);
  let first = 0;
  trees.forEach((tree, t) => {
    image.uint32(rootsAt + 4 * t, first * nodeBytes);
    for (let node = 0; node < tree.feature.length; node++) {
      writeNode(image, tree, node, first, nodesAt + (first + node) * nodeBytes);
      writeValues(image, tree, node, valuesAt + (first + node) * valueBytes);
    }
    first += tree.feature.length;
  });
  return { kind: 'flat', bytes: image.finish() };
}

function writeNode(image: ImageWriter, tree: Tree, node: number, first: number, at: number): void {
  const isLeaf = tree.feature[node] < 0;
  const isCategorical = !isLeaf && tree.categoryStart[node] >= 0;
  const column = isLeaf ? 0 : tree.feature[node] * 4;
  const missing = tree.missingLeft[node] === 1 ? missingLeftFlag : 0;
  image.uint32(at, column + missing + (isCategorical ? categoricalFlag : 0));
  if (isCategorical) image.uint32(at + 4, writeSet(image, tree, node));
  else image.float32(at + 4, tree.threshold[node]);
  image.uint32(at + 8, (first + (isLeaf ? node : tree.left[node])) * nodeBytes);
  image.uint32(at + 12, (first + (isLeaf ? node : tree.right[node])) * nodeBytes);
}
