// How much each column counts in an ensemble, from the splits alone.

import type { Tree, TreeEnsemble } from './tree.ts';

/** `gain`: the sum of the gains of the column's splits; `split`: their number. */
export type ImportanceKind = 'gain' | 'split';

/** One value a column, which sum to 1; all 0 where no tree splits. */
export function ensembleImportances(ensemble: TreeEnsemble, kind: ImportanceKind): Float64Array {
  const importances = new Float64Array(ensemble.columnCount);
  for (const tree of ensemble.trees) addImportances(tree, kind, importances);
  const total = importances.reduce((sum, value) => sum + value, 0);
  return total > 0 ? importances.map((value) => value / total) : importances;
}

/** Adds one tree's importances, not scaled. */
function addImportances(tree: Tree, kind: ImportanceKind, sums: Float64Array): void {
  for (let node = 0; node < tree.feature.length; node++) {
    const feature = tree.feature[node];
    if (feature >= 0) sums[feature] += kind === 'gain' ? tree.gain[node] : 1;
  }
}
