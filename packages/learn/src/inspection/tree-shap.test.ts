// Against shap's TreeExplainer for scikit-learn's forests, and LightGBM's own contributions for boosted
// trees with missing values and categories. Leaves are float32 here, hence the tolerance.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { ensembleOf, features, randomOf, randomTree } from '../../test/random-trees.ts';
import { ensembleOfCase, featuresOfCase, treeCases } from '../../test/tree-reference.ts';
import { predictRaw } from '../tree/predict-raw.ts';
import { goesLeft } from '../tree/route.ts';
import type { Tree } from '../tree/tree.ts';
import { meanAbsoluteShap, treeShap } from './tree-shap.ts';

describe.each(treeCases)('$name', (reference) => {
  const ensemble = ensembleOfCase(reference);
  const x = featuresOfCase(reference);
  const size = Math.max(1, ...reference.raw.flat().map(Math.abs));

  it('is routed as where it comes from', () => {
    const count = reference.link === 'mean' ? ensemble.trees.length : 1;
    const raw = predictRaw(ensemble, x);
    reference.raw.flat().forEach((value, at) => {
      expect(Math.abs(raw[at] / count - value)).toBeLessThan(1e-6 * size);
    });
  });

  it('has the recorded base values and SHAP values', () => {
    const shap = treeShap({ ensemble, link: reference.link }, x);
    reference.baseValues.forEach((value, k) => {
      expect(Math.abs(shap.baseValues[k] - value)).toBeLessThan(1e-5 * size);
    });
    reference.shap.flat().forEach((value, at) => {
      expect(Math.abs(shap.values[at] - value)).toBeLessThan(1e-5 * size);
    });
  });
});

describe('treeShap', () => {
  it('adds up to the score, whatever the trees', () => {
    fc.assert(
      fc.property(ensembleOf(12), features, (ensemble, x) => {
        const { values, baseValues, outputCount } = treeShap({ ensemble, link: 'identity' }, x);
        const raw = predictRaw(ensemble, x);
        raw.forEach((score, at) => {
          const row = Math.floor(at / outputCount);
          let sum = baseValues[at % outputCount];
          for (let j = 0; j < 3; j++)
            sum += values[(row * 3 + j) * outputCount + (at % outputCount)];
          expect(Math.abs(sum - score)).toBeLessThan(1e-9);
        });
      }),
    );
  });

  it('is the mean over all orders of the columns', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), features, (seed, x) => {
        const tree = randomTree(randomOf(seed), 9, 1);
        const ensemble = {
          columnCount: 3,
          outputCount: 1,
          baseScore: new Float64Array(1),
          trees: [tree],
        };
        const { values } = treeShap({ ensemble, link: 'identity' }, x);
        const row = Float32Array.from(x.columns, (column) => column.values[0]);
        shapleyByDefinition(tree, row).forEach((value, j) => {
          expect(Math.abs(values[j] - value)).toBeLessThan(1e-9);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('gives nothing to columns that no tree splits', () => {
    const tree = randomTree(randomOf(1), 1, 1);
    const ensemble = {
      columnCount: 3,
      outputCount: 1,
      baseScore: Float64Array.of(2),
      trees: [tree],
    };
    const x = featuresOfCase({ x: [[1, 2, 3]] });
    const shap = treeShap({ ensemble, link: 'identity' }, x);
    expect([...shap.values]).toEqual([0, 0, 0]);
    expect(shap.baseValues[0]).toBeCloseTo(2 + tree.value[0], 12);
    expect([...meanAbsoluteShap(shap, 3)]).toEqual([0, 0, 0]);
  });

  it('stays finite where covers say that no row has been', () => {
    fc.assert(
      fc.property(ensembleOf(8), features, (ensemble, x) => {
        const trees = ensemble.trees.map((tree) => {
          return { ...tree, cover: tree.cover.map((value, node) => (node % 3 === 0 ? 0 : value)) };
        });
        const { values } = treeShap({ ensemble: { ...ensemble, trees }, link: 'identity' }, x);
        expect(values.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it('refuses trees that are too deep, and other columns', () => {
    const tree = chain(1001);
    const ensemble = {
      columnCount: 3,
      outputCount: 1,
      baseScore: new Float64Array(1),
      trees: [tree],
    };
    const x = featuresOfCase({ x: [[1, 2, 3]] });
    const error = errorOf(() => treeShap({ ensemble, link: 'identity' }, x));
    expect(error.code).toBe('DATA_OUT_OF_RANGE');
    expect(error.message).toContain('tree 0 (from 0) is 1001 splits deep');
    const narrow = featuresOfCase({ x: [[1]] });
    expect(errorOf(() => treeShap({ ensemble, link: 'identity' }, narrow)).code).toBe(
      'SHAPE_MISMATCH',
    );
  });
});

/** Each column's mean gain over the orders in which three columns can become known. */
function shapleyByDefinition(tree: Tree, row: Float32Array): number[] {
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  const sums = [0, 0, 0];
  for (const order of orders) {
    const known = new Set<number>();
    for (const column of order) {
      const before = expectation(tree, 0, row, known);
      known.add(column);
      sums[column] += (expectation(tree, 0, row, known) - before) / orders.length;
    }
  }
  return sums;
}

function expectation(tree: Tree, node: number, row: Float32Array, known: Set<number>): number {
  const column = tree.feature[node];
  if (column < 0) return tree.value[node];
  const [left, right] = [tree.left[node], tree.right[node]];
  if (known.has(column)) {
    return expectation(tree, goesLeft(tree, node, row[column]) ? left : right, row, known);
  }
  const share = tree.cover[left] / (tree.cover[left] + tree.cover[right]);
  const ofLeft = expectation(tree, left, row, known);
  return share * ofLeft + (1 - share) * expectation(tree, right, row, known);
}

/** A tree whose right child splits again and again. */
function chain(depth: number): Tree {
  const count = 2 * depth + 1;
  const isInner = (node: number) => node % 2 === 0 && node < count - 1;
  return {
    ...randomTree(randomOf(1), depth + 1, 1),
    feature: new Int32Array(count).map((_, node) => (isInner(node) ? 0 : -1)),
    left: new Int32Array(count).map((_, node) => (isInner(node) ? node + 1 : 0)),
    right: new Int32Array(count).map((_, node) => (isInner(node) ? node + 2 : 0)),
  };
}
