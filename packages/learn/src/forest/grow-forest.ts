// Grows the trees of a plan, all or some of them, and puts them together. Trees are independent: those
// that different workers have grown make the same forest as those of one.

import { LearnError } from '../errors.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import { fillRows } from '../tree/feature-rows.ts';
import { leafOf } from '../tree/route.ts';
import type { Tree, TreeEnsemble } from '../tree/tree.ts';
import { treeSeed } from './forest-random.ts';
import { makeSplitter } from './make-splitter.ts';
import type { ForestPlan } from './prepare-forest.ts';
import { fillBag, TreeGrower } from './tree-grower.ts';

export interface GrowOptions {
  /** Number of the first tree; default 0. */
  readonly from?: number;
  /** The number after the last tree; default the number of trees planned. */
  readonly to?: number;
  /** Asked after each tree; once true, growing ends with the trees there are. */
  readonly shouldStop?: () => boolean;
}

/** The most bytes that the trees of a forest may take. */
const largestForest = 2 ** 32;
const bytesOfNode = 37;

/** Trees `from` to `to - 1` of the plan, at least the first. @throws LearnError DATA_OUT_OF_RANGE beyond 4 GiB. */
export function growTrees(plan: ForestPlan, options: GrowOptions = {}): Tree[] {
  const { from = 0, to = plan.settings.treeCount, shouldStop = () => false } = options;
  const splitter = makeSplitter(plan.data, plan.settings);
  const grower = new TreeGrower(plan.data, plan.settings, splitter);
  const trees: Tree[] = [];
  let byteCount = 0;
  for (let index = from; index < to; index++) {
    const tree = grower.grow(index);
    byteCount += tree.feature.length * bytesOfNode + tree.value.byteLength;
    if (byteCount > largestForest) throw tooLarge(trees.length + 1, plan.data.outputCount);
    trees.push(tree);
    if (shouldStop()) break;
  }
  return trees;
}

function tooLarge(treeCount: number, outputCount: number): LearnError {
  return new LearnError(
    'DATA_OUT_OF_RANGE',
    `the forest is too large after ${treeCount} trees of ${outputCount} values a node; ` +
      'limit maxDepth, raise minSamplesLeaf, or grow fewer trees',
  );
}

/** The ensemble of a plan's trees, whose mean is the prediction. */
export function forestEnsemble({ data }: ForestPlan, trees: readonly Tree[]): TreeEnsemble {
  const { columnCount, outputCount, offset } = data;
  // The mean is taken over the trees, so the base score counts once for each of them.
  const baseScore = new Float64Array(outputCount).fill(offset * trees.length);
  return { columnCount, outputCount, baseScore, trees };
}

/**
 * For each training row the mean of the trees that have not seen it, `outputCount` values a row; NaN
 * where every tree has.
 * @param trees the plan's first trees, in their order.
 */
export function outOfBagMeans(
  { data, settings }: ForestPlan,
  trees: readonly Tree[],
  x: Features,
): Float64Array {
  const { rowCount, columnCount, outputCount, offset } = data;
  const rows = new Float32Array(rowCount * columnCount);
  fillRows(x, 0, rowCount, rows);
  const sums = new Float64Array(rowCount * outputCount);
  const counts = new Float64Array(rowCount);
  const bag = new Float64Array(rowCount);
  trees.forEach((tree, index) => {
    fillBag(data, settings, treeSeed(settings.seed, index), bag);
    for (let i = 0; i < rowCount; i++) {
      if (bag[i] > 0) continue;
      const at = leafOf(tree, rows, i * columnCount) * outputCount;
      for (let k = 0; k < outputCount; k++) sums[i * outputCount + k] += tree.value[at + k];
      counts[i]++;
    }
  });
  // Without a tree, 0 / 0 is the NaN that says so.
  return sums.map((sum, at) => sum / counts[Math.floor(at / outputCount)] + offset);
}
