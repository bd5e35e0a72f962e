// Whether arrays that came from a model file are a tree. Predictors and explanations walk trees
// without looking, so nothing may pass here that would lead them outside or round in a circle.

import { invalidField } from '../model-json/read-fields.ts';
import type { Tree } from './tree.ts';

/** @throws LearnError MODEL_INVALID, saying which of tree `index`'s nodes is wrong. */
export function checkTree(tree: Tree, index: number, columnCount: number): void {
  const nodeCount = tree.feature.length;
  const isChild = new Uint8Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    const problem = leafOrProblem(tree, node, columnCount);
    if (problem === 'leaf') continue;
    if (problem !== null) throw invalidField(`tree ${index}, node ${node} ${problem}`);
    for (const child of [tree.left[node], tree.right[node]]) {
      if (child <= node || child >= nodeCount || isChild[child] === 1) {
        throw invalidField(`tree ${index}, node ${node} has no child ${child} of its own`);
      }
      isChild[child] = 1;
    }
  }
  const lost = isChild.indexOf(0, 1);
  if (lost >= 0) throw invalidField(`tree ${index}, node ${lost} is no node's child`);
}

function leafOrProblem(tree: Tree, node: number, columnCount: number): string | null {
  const feature = tree.feature[node];
  if (feature === -1) return 'leaf';
  if (feature < -1 || feature >= columnCount) return `splits column ${feature}`;
  if (tree.missingLeft[node] > 1) return 'sends missing values neither left nor right';
  const start = tree.categoryStart[node];
  if (start === -1) return Number.isNaN(tree.threshold[node]) ? 'has no threshold' : null;
  const words = tree.categoryWords[node];
  const inside = start >= 0 && words >= 0 && start + words <= tree.categorySets.length;
  return inside ? null : 'has its set of categories outside';
}
