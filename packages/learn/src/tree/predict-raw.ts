// The raw scores of an ensemble: base score plus the leaves' values.

import type { Features } from '../matrix/feature-matrix.ts';
import { checkColumnCount, forEachBlock } from './feature-rows.ts';
import { leafOf } from './route.ts';
import type { TreeEnsemble } from './tree.ts';

/**
 * `rowCount * outputCount` raw scores, row-major.
 * @throws LearnError SHAPE_MISMATCH for another number of columns than the ensemble's.
 */
export function predictRaw(ensemble: TreeEnsemble, x: Features): Float64Array {
  checkColumnCount(x, ensemble.columnCount);
  const raw = new Float64Array(x.rowCount * ensemble.outputCount);
  forEachBlock(x, (rows, first, count) => {
    for (let i = 0; i < count; i++) {
      addRow(ensemble, rows, i * ensemble.columnCount, raw, (first + i) * ensemble.outputCount);
    }
  });
  return raw;
}

function addRow(
  { trees, outputCount, baseScore }: TreeEnsemble,
  rows: Float32Array,
  at: number,
  raw: Float64Array,
  out: number,
): void {
  for (let k = 0; k < outputCount; k++) raw[out + k] = baseScore[k];
  trees.forEach((tree, t) => {
    const leaf = leafOf(tree, rows, at);
    if (tree.valueCount === 1) raw[out + (t % outputCount)] += tree.value[leaf];
    else for (let k = 0; k < outputCount; k++) raw[out + k] += tree.value[leaf * outputCount + k];
  });
}
