// What trees are grown: planted structures are found, limits kept, and nothing is split for nothing.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { squaredLoss } from '../loss/regression-losses.ts';
import { type FeatureColumn, FeatureMatrix } from '../matrix/feature-matrix.ts';
import type { Tree } from '../tree/tree.ts';
import { binFeatures } from './bin-mapper.ts';
import { type BoostingFit, fitBoosting } from './boosting-loop.ts';
import {
  GradientBoostingRegressor,
  type GradientBoostingRegressorParameters,
} from './gradient-boosting-regressor.ts';

type Parameters = Partial<GradientBoostingRegressorParameters>;

/** Numbers that look random, the same in each run. */
function noise(length: number, seed = 1): Float64Array {
  let state = seed;
  return Float64Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  });
}

const numeric = (name: string, values: Float64Array): FeatureColumn => ({
  kind: 'numeric',
  name,
  values,
});

function features(...columns: readonly Float64Array[]): FeatureMatrix {
  return new FeatureMatrix(columns.map((values, j) => numeric(`x${j}`, values)));
}

const oneTree: Parameters = { maxIterations: 1, learningRate: 1, minSamplesLeaf: 1 };

function firstTree(x: FeatureMatrix, y: ArrayLike<number>, parameters: Parameters = {}): Tree {
  const model = new GradientBoostingRegressor({ ...oneTree, ...parameters }).fit(x, y);
  return model.ensemble.trees[0];
}

function leavesOf(tree: Tree): number[] {
  return Array.from(tree.feature.keys()).filter((node) => tree.feature[node] < 0);
}

function depthOf(tree: Tree, node = 0): number {
  if (tree.feature[node] < 0) return 0;
  return 1 + Math.max(depthOf(tree, tree.left[node]), depthOf(tree, tree.right[node]));
}

describe('a tree', () => {
  it('finds the planted threshold, and gives each side its mean', () => {
    const x = noise(300);
    const y = noise(300, 2);
    const tree = firstTree(
      features(y, x),
      x.map((value) => (value <= 0.3 ? -1 : 2)),
      {
        maxLeafNodes: 2,
      },
    );
    expect(tree.feature[0]).toBe(1);
    const below = Math.max(...x.filter((value) => value <= 0.3));
    const above = Math.min(...x.filter((value) => value > 0.3));
    // Bins of three values may end one or two values further.
    expect(tree.threshold[0]).toBeGreaterThan(below - 0.02);
    expect(tree.threshold[0]).toBeLessThan(above + 0.02);
  });

  it('finds the planted threshold among few values exactly', () => {
    const x = Float64Array.from({ length: 60 }, (_, i) => i % 6);
    const tree = firstTree(
      features(x),
      x.map((value) => (value <= 3 ? -1 : 2)),
    );
    expect(tree.threshold[0]).toBe(3.5);
    expect(leavesOf(tree)).toHaveLength(2);
    const model = new GradientBoostingRegressor(oneTree).fit(
      features(x),
      x.map((v) => (v <= 3 ? -1 : 2)),
    );
    expect([...model.predict(features(Float64Array.of(0, 3, 4, 99)))]).toEqual([-1, -1, 2, 2]);
  });

  it('does not split a pure node', () => {
    const x = noise(200);
    const y = x.map((value) => (value < 0.5 ? 0.1 : 0.7));
    const tree = firstTree(
      features(
        x.map((v) => Math.floor(v * 10)),
        noise(200, 5),
      ),
      y,
    );
    expect(leavesOf(tree)).toHaveLength(2);
  });

  it('has no split of a constant target', () => {
    const model = new GradientBoostingRegressor().fit(
      features(noise(50)),
      new Float64Array(50).fill(0.1),
    );
    expect(model.ensemble.trees).toEqual([]);
    expect([...model.predict(features(noise(2)))]).toEqual([0.1, 0.1]);
  });

  it.each([{ maxLeafNodes: 5 }, { maxDepth: 2 }, { minSamplesLeaf: 30 }])('keeps %j', (limits) => {
    const x = noise(400);
    const y = noise(400, 9);
    const tree = firstTree(features(x), y, limits);
    expect(leavesOf(tree).length).toBeLessThanOrEqual(limits.maxLeafNodes ?? 31);
    expect(depthOf(tree)).toBeLessThanOrEqual(limits.maxDepth ?? 100);
    const counts = new Map<number, number>();
    for (const value of x) {
      let node = 0;
      while (tree.feature[node] >= 0) {
        node = Math.fround(value) <= tree.threshold[node] ? tree.left[node] : tree.right[node];
      }
      counts.set(node, (counts.get(node) ?? 0) + 1);
    }
    expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(limits.minSamplesLeaf ?? 1);
    // The cover of a squared loss counts the rows.
    for (const [node, count] of counts) expect(tree.cover[node]).toBe(count);
  });

  it('splits off what a gain must be worth, and shrinks by penalties', () => {
    const x = Float64Array.from({ length: 40 }, (_, i) => i % 2);
    const y = x.map((value) => 2 * value - 1);
    const tooDear = new GradientBoostingRegressor({ ...oneTree, minGainToSplit: 41 });
    expect(tooDear.fit(features(x), y).ensemble.trees).toEqual([]);
    expect(firstTree(features(x), y, { minGainToSplit: 39 }).gain[0]).toBeCloseTo(40, 4);
    expect(Math.max(...firstTree(features(x), y, { l2Regularization: 20 }).value)).toBeCloseTo(
      0.5,
      6,
    );
    expect(Math.max(...firstTree(features(x), y, { lambdaL1: 5 }).value)).toBeCloseTo(0.75, 6);
  });
});

describe('missing values', () => {
  const x = noise(300).map((value, i) => (i % 4 === 0 ? Number.NaN : value));

  it.each([
    ['left', -1],
    ['right', 3],
  ])('go %s, where they fit in', (side, target) => {
    const y = x.map((value) => (Number.isNaN(value) ? target : value < 0.5 ? -1 : 3));
    const tree = firstTree(features(x), y, { maxLeafNodes: 2 });
    expect(tree.missingLeft[0]).toBe(side === 'left' ? 1 : 0);
  });

  it('are told from all others where that is what counts', () => {
    const y = x.map((value) => (Number.isNaN(value) ? 5 : 0));
    const model = new GradientBoostingRegressor(oneTree).fit(features(x), y);
    const [missing, low, high] = model.predict(features(Float64Array.of(Number.NaN, -1e30, 1e30)));
    expect([missing, low, high].map((value) => Math.round(value * 1e5) / 1e5)).toEqual([5, 0, 0]);
  });

  it('go with the greater part where training had none', () => {
    const full = Float64Array.from({ length: 100 }, (_, i) => i % 10);
    const tree = firstTree(
      features(full),
      full.map((value) => (value < 7 ? 0 : 1)),
    );
    expect(tree.missingLeft[0]).toBe(1);
  });
});

describe('categories', () => {
  const codes = noise(2000).map((value) => Math.floor(value * 20));
  const isOdd = (code: number) => code % 2 === 1;
  const x = new FeatureMatrix([
    { kind: 'categorical', name: 'c', values: codes, levelCount: 24 },
    numeric('n', noise(2000, 4)),
  ]);

  it('are parted many against many by one split', () => {
    const y = codes.map((code) => (isOdd(code) ? 2 : -2));
    const tree = firstTree(x, y, { maxLeafNodes: 2, minDataPerGroup: 1 });
    expect([tree.feature[0], tree.categoryStart[0]]).toEqual([0, 0]);
    const left = Array.from({ length: 20 }, (_, code) => (tree.categorySets[0] >>> code) & 1);
    expect(new Set(left.filter((_, code) => isOdd(code))).size).toBe(1);
    expect(new Set(left).size).toBe(2);
  });

  it('never seen go right, and so do missing ones', () => {
    const y = codes.map((code) => (isOdd(code) ? 2 : -2));
    const model = new GradientBoostingRegressor({ ...oneTree, minDataPerGroup: 1 }).fit(x, y);
    const unseen = new FeatureMatrix([
      { kind: 'categorical', name: 'c', values: Float64Array.of(22, Number.NaN), levelCount: 24 },
      numeric('n', Float64Array.of(0.5, 0.5)),
    ]);
    const [never, missing] = model.predict(unseen);
    expect(never).toBe(missing);
  });

  it('of few levels are parted one against the rest', () => {
    const few = codes.map((code) => code % 3);
    const features = new FeatureMatrix([
      { kind: 'categorical', name: 'c', values: few, levelCount: 3 },
    ]);
    const tree = firstTree(
      features,
      few.map((code) => (code === 1 ? 1 : 0)),
      { maxLeafNodes: 2 },
    );
    const left = [0, 1, 2].filter((code) => (tree.categorySets[0] >>> code) & 1);
    expect(left).toHaveLength(1);
    expect(left[0] === 1 || tree.categorySets.length === 1).toBe(true);
  });
});

describe('directions', () => {
  it('are kept by every pair of rows', () => {
    const columns = [noise(500), noise(500, 2), noise(500, 3)];
    const y = noise(500, 4).map((value, i) => value + Math.sin(9 * columns[0][i]) - columns[1][i]);
    const parameters = { minSamplesLeaf: 3, monotonicCst: [1, -1, 0], maxIterations: 60 };
    const model = new GradientBoostingRegressor(parameters).fit(features(...columns), y);
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, share, share, (a, b, second, third) => {
        const x = features(
          Float64Array.of(Math.min(a, b), Math.max(a, b), a, a),
          Float64Array.of(second, second, Math.min(b, second), Math.max(b, second)),
          Float64Array.of(third, third, third, third),
        );
        const [low, high, lowSecond, highSecond] = model.predict(x);
        expect(low).toBeLessThanOrEqual(high);
        expect(lowSecond).toBeGreaterThanOrEqual(highSecond);
      }),
    );
  });
});

describe('weights and scales', () => {
  const x = Float64Array.from({ length: 120 }, (_, i) => i % 12);
  const y = noise(120, 6);
  const parameters = { minSamplesLeaf: 1, minSumHessianInLeaf: 1, maxIterations: 10 };

  it('a row of weight 2 counts as two rows', () => {
    const weights = Float64Array.from(y, (_, i) => 1 + (i % 2));
    const rows = Array.from(y.keys()).flatMap((i) => (i % 2 === 1 ? [i, i] : [i]));
    const model = new GradientBoostingRegressor(parameters);
    const weighted = model.fit(features(x), y, { sampleWeight: weights }).predict(features(x));
    const repeated = model.fit(
      features(x).takeRows(rows),
      Float64Array.from(rows, (i) => y[i]),
    );
    repeated.predict(features(x)).forEach((value, i) => {
      expect(weighted[i]).toBeCloseTo(value, 5);
    });
  });

  it('a row of weight 0 does not count', () => {
    const wild = y.map((value, i) => (i % 3 === 0 ? 1e6 : value));
    const weights = Float64Array.from(y, (_, i) => (i % 3 === 0 ? 0 : 1));
    const model = new GradientBoostingRegressor(parameters);
    const fitted = model.fit(features(x), wild, { sampleWeight: weights });
    expect(Math.max(...fitted.predict(features(x)))).toBeLessThan(1.1);
  });

  it.each([1e-30, 1e-6, 1e6, 1e30])(
    'a target %d times as large gives predictions as large',
    (scale) => {
      const model = new GradientBoostingRegressor({ maxIterations: 20, minSamplesLeaf: 2 });
      const plain = model.fit(features(x), y).predict(features(x));
      const scaled = model
        .fit(
          features(x),
          y.map((value) => value * scale),
        )
        .predict(features(x));
      scaled.forEach((value, i) => {
        expect(value / scale).toBeCloseTo(plain[i], 4);
      });
    },
  );

  it('one wild value does not take the digits from all others beyond its share', () => {
    const wild = y.map((value, i) => (i === 7 ? 1e9 : value));
    const model = new GradientBoostingRegressor({ maxIterations: 5 }).fit(features(x), wild);
    expect([...model.predict(features(x))].every(Number.isFinite)).toBe(true);
  });
});

describe('rounds', () => {
  const columns = [noise(600), noise(600, 2)];
  const y = noise(600, 8).map((value, i) => value + 4 * columns[0][i]);

  it('end when the validation loss no longer falls, and the best are kept', () => {
    const parameters = { earlyStopping: true, maxIterations: 500, nIterNoChange: 5 };
    const model = new GradientBoostingRegressor(parameters).fit(features(...columns), y);
    const { curve, bestIteration } = model;
    expect(curve.length).toBe((bestIteration ?? 0) + 5);
    expect(model.ensemble.trees).toHaveLength(bestIteration ?? 0);
    expect(Math.min(...curve)).toBeCloseTo(curve[(bestIteration ?? 0) - 1], 5);
  });

  it('watch the validation rows that are given', () => {
    const x = features(...columns);
    const rows = Array.from({ length: 100 }, (_, i) => i);
    const validation = { x: x.takeRows(rows), y: rows.map((i) => y[i]) };
    const model = new GradientBoostingRegressor({ maxIterations: 30, nIterNoChange: 30 });
    const fitted = model.fit(x, y, { validation });
    const errors = fitted.predict(validation.x).map((value, i) => (value - y[i]) ** 2 / 2);
    const loss = errors.reduce((sum, value) => sum + value, 0) / 100;
    expect(fitted.curve[(fitted.bestIteration ?? 0) - 1]).toBeCloseTo(loss, 6);
  });

  it('end when told to, after one at least', () => {
    let asked = 0;
    const shouldStop = () => ++asked > 3;
    const model = new GradientBoostingRegressor();
    expect(model.fit(features(...columns), y, { shouldStop }).ensemble.trees).toHaveLength(4);
    const atOnce = model.fit(features(...columns), y, { shouldStop: () => true });
    expect(atOnce.ensemble.trees).toHaveLength(1);
  });

  it('give the watched rows the scores that the model predicts', () => {
    const x = features(...columns);
    const fit = folds(x, y, { baggingFraction: 0.6, featureFraction: 0.5, extraTrees: true });
    const rows = Array.from({ length: 600 }, (_, i) => i).filter((i) => i % 5 === 0);
    const model = new GradientBoostingRegressor().fit(x, y);
    const predicted = Object.assign(Object.create(model), { ensemble: fit.ensemble });
    const expected: Float64Array = predicted.predict(x.takeRows(rows));
    fit.watchedScores?.forEach((score, i) => {
      expect(score).toBeCloseTo(expected[i], 5);
    });
  });
});

function folds(x: FeatureMatrix, y: Float64Array, parameters: Parameters): BoostingFit {
  const all = Array.from({ length: x.rowCount }, (_, i) => i);
  const training = Int32Array.from(all.filter((i) => i % 5 !== 0));
  const watched = Int32Array.from(all.filter((i) => i % 5 === 0));
  const common = { binned: binFeatures(x), target: y, weights: null };
  return fitBoosting(
    { ...common, rows: training },
    new GradientBoostingRegressor({ maxIterations: 40, ...parameters }).parameters,
    { loss: squaredLoss, watched: { ...common, rows: watched } },
  );
}
