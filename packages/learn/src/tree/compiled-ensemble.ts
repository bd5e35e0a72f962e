// An ensemble made ready to predict fast, one row or many. The kernels give the same bits as the
// TypeScript walk, because both add up the trees in their order.

import { type EnsembleImage, hasEqualValueCounts } from './ensemble-image.ts';
import type { EnsemblePredictor } from './ensemble-predictor.ts';
import { flatImage } from './flat-image.ts';
import { KernelPredictor } from './kernel-predictor.ts';
import { leafCount } from './leaf-order.ts';
import { largestImageBytes, predictionMemory } from './prediction-memory.ts';
import { quickScorerImage } from './quick-scorer-image.ts';
import type { TreeEnsemble } from './tree.ts';
import { WalkPredictor } from './walk-predictor.ts';

const known = new WeakMap<TreeEnsemble, EnsemblePredictor>();

/** The ensemble's predictor, made at the first call and kept as long as the ensemble. */
export function compileEnsemble(ensemble: TreeEnsemble): EnsemblePredictor {
  const made = known.get(ensemble);
  if (made !== undefined) return made;
  const predictor = makePredictor(ensemble);
  known.set(ensemble, predictor);
  return predictor;
}

function makePredictor(ensemble: TreeEnsemble): EnsemblePredictor {
  if (predictionMemory === null || !isImageable(ensemble)) return new WalkPredictor(ensemble);
  return new KernelPredictor(ensemble, imageOf(ensemble), predictionMemory);
}

export function imageOf(ensemble: TreeEnsemble): EnsembleImage {
  const small = ensemble.trees.every((tree) => leafCount(tree) <= 64);
  return small ? quickScorerImage(ensemble) : flatImage(ensemble);
}

/** Whether the image and the scratch beside it fit into a kernel's memory. */
function isImageable(ensemble: TreeEnsemble): boolean {
  const { trees, columnCount, outputCount } = ensemble;
  if (!hasEqualValueCounts(ensemble)) return false;
  const nodes = trees.reduce((count, tree) => count + tree.feature.length, 0);
  const sets = trees.reduce((count, tree) => count + tree.categorySets.length, 0);
  const perNode = 64 + 4 * (trees[0]?.valueCount ?? 1);
  const perRow = 8 * (columnCount + outputCount) + 1024;
  return nodes * perNode + sets * 8 + perRow * 256 + trees.length * 1024 < largestImageBytes;
}
