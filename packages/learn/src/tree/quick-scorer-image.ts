// An ensemble of trees with at most 64 leaves as QuickScorer reads it (Lucchese et al. 2015). For each
// column that is split: the byte of its value in a row, then where its nodes begin and end: numeric
// ones by ascending threshold, those that send missing values right, categorical ones. A node is 16
// bytes: threshold, or the place of its set; tree; 64 bits with those of its left leaves cleared.

import { beginImage, type EnsembleImage, head, writeSet, writeValues } from './ensemble-image.ts';
import type { ImageWriter } from './image-writer.ts';
import { type LeafOrder, leafCount, leafOrder } from './leaf-order.ts';
import type { Tree, TreeEnsemble } from './tree.ts';

const columnBytes = 32;
const nodeBytes = 16;
const all = 0xffffffff;

interface MaskedNode {
  readonly tree: number;
  readonly node: number;
  readonly threshold: number;
  readonly low: number;
  readonly high: number;
}

interface ColumnNodes {
  readonly numeric: MaskedNode[];
  readonly missingRight: MaskedNode[];
  readonly categorical: MaskedNode[];
}

export function quickScorerImage(ensemble: TreeEnsemble): EnsembleImage {
  const image = beginImage(ensemble);
  const orders = ensemble.trees.map(leafOrder);
  const width = ensemble.trees.every((tree) => leafCount(tree) <= 32) ? 32 : 64;
  writeLeaves(image, ensemble.trees, orders, width);
  writeColumns(image, ensemble.trees, nodesByColumn(ensemble.trees, orders));
  return { kind: `quick-scorer-${width}`, bytes: image.finish() };
}

function nodesByColumn(trees: readonly Tree[], orders: readonly LeafOrder[]) {
  const columns = new Map<number, ColumnNodes>();
  trees.forEach((tree, t) => {
    for (let node = 0; node < tree.feature.length; node++) {
      const column = tree.feature[node];
      if (column < 0) continue;
      const nodes = columns.get(column) ?? { numeric: [], missingRight: [], categorical: [] };
      columns.set(column, nodes);
      const masked = maskedNode(tree, t, node, orders[t]);
      (tree.categoryStart[node] < 0 ? nodes.numeric : nodes.categorical).push(masked);
      if (tree.missingLeft[node] === 0) nodes.missingRight.push(masked);
    }
  });
  for (const { numeric } of columns.values()) numeric.sort((a, b) => a.threshold - b.threshold);
  return columns;
}

function maskedNode(tree: Tree, t: number, node: number, order: LeafOrder): MaskedNode {
  const from = order.from[node];
  const to = order.middle[node];
  return {
    tree: t,
    node,
    threshold: tree.threshold[node],
    low: ~bitsBetween(from, to) >>> 0,
    high: ~bitsBetween(from - 32, to - 32) >>> 0,
  };
}

/** The bits `from` to `to - 1` of a 32-bit word; bits outside the word are left out. */
function bitsBetween(from: number, to: number): number {
  return (bitsBelow(to) & ~bitsBelow(from)) >>> 0;
}

function bitsBelow(count: number): number {
  if (count >= 32) return all;
  return count <= 0 ? 0 : (1 << count) - 1;
}

function writeLeaves(
  image: ImageWriter,
  trees: readonly Tree[],
  orders: readonly LeafOrder[],
  width: number,
): void {
  const valueCount = trees[0]?.valueCount ?? 1;
  const at = image.reserve(trees.length * width * valueCount * 4);
  image.uint32(head.leavesAt, at);
  trees.forEach((tree, t) => {
    orders[t].leaves.forEach((leaf, place) => {
      writeValues(image, tree, leaf, at + (t * width + place) * valueCount * 4);
    });
  });
}

function writeColumns(
  image: ImageWriter,
  trees: readonly Tree[],
  columns: ReadonlyMap<number, ColumnNodes>,
): void {
  const at = image.reserve(columns.size * columnBytes);
  image.uint32(head.columns, columns.size);
  image.uint32(head.columnsAt, at);
  let record = at;
  for (const [column, { numeric, missingRight, categorical }] of columns) {
    image.uint32(record, column * 4);
    writeNodes(image, record + 4, numeric, (node, place) => image.float32(place, node.threshold));
    writeNodes(image, record + 12, missingRight, () => undefined);
    const sets = new Map(
      categorical.map((node) => [node, writeSet(image, trees[node.tree], node.node)]),
    );
    writeNodes(image, record + 20, categorical, (node, place) => {
      image.uint32(place, sets.get(node) ?? 0);
    });
    record += columnBytes;
  }
}

/** Writes the nodes, and at `record` where they begin and end. */
function writeNodes(
  image: ImageWriter,
  record: number,
  nodes: readonly MaskedNode[],
  writeFirst: (node: MaskedNode, at: number) => void,
): void {
  const from = image.reserve(nodes.length * nodeBytes);
  nodes.forEach((node, i) => {
    const at = from + i * nodeBytes;
    writeFirst(node, at);
    image.uint32(at + 4, node.tree);
    image.uint32(at + 8, node.low);
    image.uint32(at + 12, node.high);
  });
  image.uint32(record, from);
  image.uint32(record + 4, from + nodes.length * nodeBytes);
}
