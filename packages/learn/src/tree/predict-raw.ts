// The raw scores of an ensemble: base score plus the leaves' values.

import { checkColumnCount } from '../estimator/column-count.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import { compileEnsemble } from './compiled-ensemble.ts';
import type { TreeEnsemble } from './tree.ts';

/**
 * `rowCount * outputCount` raw scores, row-major.
 * @throws LearnError SHAPE_MISMATCH for another number of columns than the ensemble's.
 */
export function predictRaw(ensemble: TreeEnsemble, x: Features): Float64Array {
  checkColumnCount(x, ensemble.columnCount);
  const raw = new Float64Array(x.rowCount * ensemble.outputCount);
  compileEnsemble(ensemble).predictBatch(x, raw);
  return raw;
}
