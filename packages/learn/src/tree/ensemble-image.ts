// What both images of an ensemble have in common. The head is eight 32-bit words: number of trees,
// outputs, values a leaf, columns used, and the places of: columns or roots, base scores, leaves' values,
// nodes. All places are counted from the start of the image.

import { ImageWriter } from './image-writer.ts';
import type { Tree, TreeEnsemble } from './tree.ts';

export const head = {
  trees: 0,
  outputs: 4,
  values: 8,
  columns: 12,
  columnsAt: 16,
  baseAt: 20,
  leavesAt: 24,
  nodesAt: 28,
} as const;

const headBytes = 32;

/** Which of the kernels reads the image. */
export type ImageKind = 'quick-scorer-32' | 'quick-scorer-64' | 'flat';

export interface EnsembleImage {
  readonly kind: ImageKind;
  readonly bytes: Uint8Array;
}

/** A writer with the head and the base scores in it. */
export function beginImage({ trees, outputCount, baseScore }: TreeEnsemble): ImageWriter {
  const image = new ImageWriter();
  image.reserve(headBytes);
  image.uint32(head.trees, trees.length);
  image.uint32(head.outputs, outputCount);
  image.uint32(head.values, trees[0]?.valueCount ?? 1);
  const baseAt = image.reserve(outputCount * 8);
  image.uint32(head.baseAt, baseAt);
  for (let k = 0; k < outputCount; k++) image.float64(baseAt + 8 * k, baseScore[k]);
  return image;
}

/** Writes the set of a categorical node: the number of words, then the words. Returns its place. */
export function writeSet(image: ImageWriter, tree: Tree, node: number): number {
  const words = tree.categoryWords[node];
  const start = tree.categoryStart[node];
  const at = image.reserve(4 + 4 * words);
  image.uint32(at, words);
  for (let w = 0; w < words; w++) image.uint32(at + 4 + 4 * w, tree.categorySets[start + w]);
  return at;
}

/** Writes the values of one leaf at `at`. */
export function writeValues(image: ImageWriter, tree: Tree, leaf: number, at: number): void {
  const { valueCount, value } = tree;
  for (let k = 0; k < valueCount; k++) image.float32(at + 4 * k, value[leaf * valueCount + k]);
}

/** Whether every tree has as many values a leaf as the first. */
export function hasEqualValueCounts({ trees }: TreeEnsemble): boolean {
  return trees.every((tree) => tree.valueCount === trees[0]?.valueCount);
}
