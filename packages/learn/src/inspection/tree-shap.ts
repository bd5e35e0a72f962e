// SHAP values of ensembles of trees, exact and path-dependent (Lundberg et al. 2018, algorithm 2): what
// is usual at a split is what the training rows did there. Missing values and categories are explained
// as the trees route them.

import { LearnError } from '../errors.ts';
import { checkColumnCount } from '../estimator/column-count.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import { forEachBlock } from '../tree/feature-rows.ts';
import type { FittedTreeClassifier, FittedTreeRegressor } from '../tree/fitted-tree-models.ts';
import type { Tree, TreeEnsemble } from '../tree/tree.ts';
import { ShapTree } from './shap-tree.ts';

export interface TreeShap {
  /** Number of outputs: 1 for regression and for two classes, where it is the second one's. */
  readonly outputCount: number;
  /** Of each output: the mean score of the training rows. */
  readonly baseValues: Float64Array;
  /**
   * Row i, column j, output k is at `(i * columnCount + j) * outputCount + k`. The base value and a
   * row's values add up to its score: raw scores, or, of a forest, the prediction itself.
   */
  readonly values: Float64Array;
}

/** The recursion goes as deep as the trees, and its memory with the square of that. */
const deepestTree = 1000;

/**
 * @throws LearnError SHAPE_MISMATCH for another number of columns, DATA_OUT_OF_RANGE for a tree of more
 * than 1,000 splits from root to leaf.
 */
export function treeShap(
  { ensemble, link }: Pick<FittedTreeRegressor | FittedTreeClassifier, 'ensemble' | 'link'>,
  x: Features,
): TreeShap {
  checkColumnCount(x, ensemble.columnCount);
  const shap = shapOfSum(ensemble, x);
  if (link !== 'mean') return shap;
  const count = Math.max(1, ensemble.trees.length);
  return {
    ...shap,
    baseValues: shap.baseValues.map((value) => value / count),
    values: shap.values.map((value) => value / count),
  };
}

/** Mean size of each column's values over the rows, summed over the outputs. */
export function meanAbsoluteShap({ values, outputCount }: TreeShap, columnCount: number) {
  const means = new Float64Array(columnCount);
  const rowCount = values.length / (columnCount * outputCount);
  values.forEach((value, at) => {
    means[Math.floor(at / outputCount) % columnCount] += Math.abs(value) / rowCount;
  });
  return means;
}

function shapOfSum(ensemble: TreeEnsemble, x: Features): TreeShap {
  const { trees, outputCount, columnCount, baseScore } = ensemble;
  const values = new Float64Array(x.rowCount * columnCount * outputCount);
  const baseValues = baseScore.slice();
  const explained = trees.map((tree, t) => shapTreeOf(tree, t, outputCount));
  for (const tree of explained) tree.addBase(baseValues);
  forEachBlock(x, (rows, first, count) => {
    // Tree by tree, so that a tree stays in the cache for all rows of the block.
    for (const tree of explained) {
      for (let i = 0; i < count; i++) {
        tree.addValues(rows, i * columnCount, values, (first + i) * columnCount * outputCount);
      }
    }
  });
  return { outputCount, baseValues, values };
}

function shapTreeOf(tree: Tree, index: number, outputCount: number): ShapTree {
  const depth = depthOf(tree);
  if (depth <= deepestTree) return new ShapTree(tree, index, outputCount, depth);
  throw new LearnError(
    'DATA_OUT_OF_RANGE',
    `tree ${index} (from 0) is ${depth} splits deep, and SHAP explains trees of at most ${deepestTree}; ` +
      'train with a smaller maxDepth',
  );
}

function depthOf(tree: Tree): number {
  const depths = new Int32Array(tree.feature.length);
  let deepest = 0;
  for (let node = 0; node < depths.length; node++) {
    if (tree.feature[node] < 0) continue;
    const depth = depths[node] + 1;
    depths[tree.left[node]] = depth;
    depths[tree.right[node]] = depth;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
