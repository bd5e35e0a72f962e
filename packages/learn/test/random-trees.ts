// Random ensembles for properties: trees of any shape, numeric and categorical splits, missing values
// to either side. Columns 0 and 1 are numeric, column 2 is categorical.

import fc from 'fast-check';
import { FeatureMatrix } from '../src/matrix/feature-matrix.ts';
import type { Tree, TreeEnsemble } from '../src/tree/tree.ts';

export const levelCount = 40;
const columnCount = 3;

/** A number generator from a seed, so that a large tree shrinks as one number. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A tree with `leafCount` leaves, `valueCount` values each. */
export function randomTree(random: () => number, leafCount: number, valueCount: number): Tree {
  const nodeCount = 2 * leafCount - 1;
  const tree = emptyTree(nodeCount, valueCount);
  const sets: number[] = [];
  let next = 1;
  const grow = (node: number, leaves: number): void => {
    tree.cover[node] = leaves + random();
    if (leaves === 1) {
      for (let k = 0; k < valueCount; k++) tree.value[node * valueCount + k] = random() * 2 - 1;
      return;
    }
    splitNode(tree, node, random, sets);
    tree.left[node] = next;
    tree.right[node] = next + 1;
    next += 2;
    const leftLeaves = 1 + Math.floor(random() * (leaves - 1));
    grow(tree.left[node], leftLeaves);
    grow(tree.right[node], leaves - leftLeaves);
    tree.cover[node] = tree.cover[tree.left[node]] + tree.cover[tree.right[node]];
  };
  grow(0, leafCount);
  return { ...tree, categorySets: Uint32Array.from(sets) };
}

function splitNode(tree: Tree, node: number, random: () => number, sets: number[]): void {
  const feature = Math.floor(random() * columnCount);
  tree.feature[node] = feature;
  tree.gain[node] = random();
  tree.missingLeft[node] = random() < 0.5 ? 1 : 0;
  if (feature < 2) {
    tree.threshold[node] = Math.round(random() * 8) / 4;
    return;
  }
  tree.categoryStart[node] = sets.length;
  tree.categoryWords[node] = Math.floor(random() * 3);
  for (let w = 0; w < tree.categoryWords[node]; w++) sets.push(Math.floor(random() * 2 ** 32));
}

function emptyTree(nodeCount: number, valueCount: number): Tree {
  return {
    feature: new Int32Array(nodeCount).fill(-1),
    threshold: new Float32Array(nodeCount),
    left: new Int32Array(nodeCount),
    right: new Int32Array(nodeCount),
    missingLeft: new Uint8Array(nodeCount),
    categoryStart: new Int32Array(nodeCount).fill(-1),
    categoryWords: new Int32Array(nodeCount),
    categorySets: new Uint32Array(0),
    value: new Float32Array(nodeCount * valueCount),
    valueCount,
    cover: new Float32Array(nodeCount),
    gain: new Float32Array(nodeCount),
  };
}

/** Ensembles of up to `maxLeaves` leaves a tree; every kind of output. */
export function ensembleOf(maxLeaves: number, maxTrees = 7): fc.Arbitrary<TreeEnsemble> {
  return fc
    .record({
      seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      trees: fc.integer({ min: 0, max: maxTrees }),
      leaves: fc.integer({ min: 1, max: maxLeaves }),
      outputCount: fc.constantFrom(1, 1, 3),
      vectors: fc.boolean(),
    })
    .map(({ seed, trees, leaves, outputCount, vectors }) => {
      const random = randomOf(seed);
      const valueCount = vectors ? outputCount : 1;
      return {
        columnCount,
        outputCount,
        baseScore: new Float64Array(outputCount).map(() => random() - 0.5),
        trees: Array.from({ length: trees }, () =>
          randomTree(random, 1 + Math.floor(random() * leaves), valueCount),
        ),
      };
    });
}

const cell = fc.oneof(
  fc.constantFrom(Number.NaN, 0, -0, 0.25, 0.5, 1, 2, 1e300, -1e300, 1e-45),
  fc.double({ min: -1, max: 3, noNaN: true }),
);
const code = fc.oneof(fc.constant(Number.NaN), fc.integer({ min: 0, max: levelCount - 1 }));

/** Rows that fit the ensembles, with missing values and values on thresholds. */
export const features: fc.Arbitrary<FeatureMatrix> = fc
  .array(fc.tuple(cell, cell, code), { minLength: 1, maxLength: 70 })
  .map((rows) => {
    const column = (j: 0 | 1 | 2) => Float64Array.from(rows, (row) => row[j]);
    return new FeatureMatrix([
      { kind: 'numeric', name: 'a', values: column(0) },
      { kind: 'numeric', name: 'b', values: column(1) },
      { kind: 'categorical', name: 'c', values: column(2), levelCount },
    ]);
  });
