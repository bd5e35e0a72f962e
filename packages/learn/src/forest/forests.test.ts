import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { classesOf, forestProblems, problemOf } from '../../test/forest-problems.ts';
import { randomOf } from '../../test/random-trees.ts';
import type { FittedModel } from '../estimator/estimator.ts';
import { FeatureMatrix } from '../matrix/feature-matrix.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import { FittedTreeClassifier } from '../tree/fitted-tree-models.ts';
import {
  DecisionTreeClassifier,
  DecisionTreeRegressor,
  decisionTreeClassifierEntry,
  decisionTreeRegressorEntry,
} from './decision-tree.ts';
import { ExtraTreesClassifier, ExtraTreesRegressor } from './extra-trees.ts';
import { planRegressionForest } from './fit-forest.ts';
import { growTrees } from './grow-forest.ts';
import {
  RandomForestClassifier,
  RandomForestRegressor,
  randomForestClassifierEntry,
  randomForestRegression,
  randomForestRegressorEntry,
} from './random-forest.ts';

const ten = { nEstimators: 10 };

describe('a tree without limits', () => {
  it('learns what its rows say, wherever rows differ', () => {
    const x = matrixFromRows([[1], [2], [3], [4], [5]]);
    const y = [3, -1, 4, 1, 5];
    expect([...new DecisionTreeRegressor().fit(x, y).predict(x)]).toEqual(y);
    const labels = ['a', 'b', 'c', 'a', 'b'];
    expect(new DecisionTreeClassifier().fit(x, labels).predict(x)).toEqual(labels);
  });

  it('puts its threshold in the middle between two values', () => {
    const x = matrixFromRows([[1], [2], [10], [12]]);
    const { ensemble } = new DecisionTreeRegressor().fit(x, [0, 0, 1, 1]);
    expect(ensemble.trees[0].threshold[0]).toBe(6);
    expect([...ensemble.trees[0].feature]).toEqual([0, -1, -1]);
  });

  it('routes every training row as when it was grown', () => {
    fc.assert(
      fc.property(forestProblems, ({ x, y, weights }) => {
        const options = { sampleWeight: weights };
        const model = new DecisionTreeRegressor({ minSamplesLeaf: 3 }).fit(x, y, options);
        const tree = model.ensemble.trees[0];
        // The mean over the rows of a leaf is the leaf's value, so the weighted residuals cancel.
        const predicted = model.predict(x);
        let residual = 0;
        for (let i = 0; i < y.length; i++) residual += (weights?.[i] ?? 1) * (y[i] - predicted[i]);
        expect(Math.abs(residual)).toBeLessThan(1e-3 * y.length);
        expect(tree.cover[0]).toBeCloseTo(weights?.reduce((a, b) => a + b) ?? y.length, 4);
      }),
    );
  });

  it('sends missing values where they belong', () => {
    const values = Float64Array.of(Number.NaN, Number.NaN, 1, 2, 3, 4);
    const x = new FeatureMatrix([{ kind: 'numeric', name: 'a', values }]);
    const y = [7, 7, 1, 1, 7, 7];
    expect([...new DecisionTreeRegressor().fit(x, y).predict(x)]).toEqual(y);
    const onlyMissing = [9, 9, 0, 0, 0, 0];
    expect([...new DecisionTreeRegressor().fit(x, onlyMissing).predict(x)]).toEqual(onlyMissing);
  });

  it('splits categories by sets, not by the order of their codes', () => {
    const values = Float64Array.of(0, 1, 2, 3, 0, 1, 2, 3);
    const x = new FeatureMatrix([{ kind: 'categorical', name: 'c', values, levelCount: 4 }]);
    const y = [5, 0, 5, 0, 5, 0, 5, 0];
    const model = new DecisionTreeRegressor({ maxDepth: 1 }).fit(x, y);
    expect([...model.predict(x)]).toEqual(y);
    const labels = ['p', 'q', 'p', 'r', 'p', 'q', 'p', 'r'];
    expect(new DecisionTreeClassifier({ maxDepth: 2 }).fit(x, labels).predict(x)).toEqual(labels);
  });

  it('takes categories beyond the bins together, and keeps its sets small', () => {
    const random = randomOf(11);
    const values = new Float64Array(4000).map((_, i) => (i < 3000 ? i % 3 : 3 + (i % 900)));
    const x = new FeatureMatrix([{ kind: 'categorical', name: 'c', values, levelCount: 60_000 }]);
    const y = values.map((code) => (code === 1 ? 10 : code > 2 ? 20 : 0) + random());
    const model = new DecisionTreeRegressor({ maxDepth: 2 }).fit(x, y);
    const [ofRare, ofOne] = [model.predict(x)[3500], model.predict(x)[1]];
    expect(Math.abs(ofRare - 20.5)).toBeLessThan(1);
    expect(Math.abs(ofOne - 10.5)).toBeLessThan(1);
    expect(model.ensemble.trees[0].categorySets.length).toBeLessThan(200);
  });

  it('splits columns of many values, infinite in float32 among them', () => {
    const x = matrixFromRows(Array.from({ length: 2000 }, (_, i) => [i < 20 ? 1e300 : i]));
    const y = Array.from({ length: 2000 }, (_, i) => (i < 20 ? 100 : Math.floor(i / 200)));
    const predicted = new DecisionTreeRegressor().fit(x, y).predict(x);
    // Eight values share a bin, and ten steps may each fall within one.
    const wrong = [...predicted].filter((value, i) => Math.abs(value - y[i]) > 1e-6);
    expect(wrong.length).toBeLessThan(100);
    expect(predicted[0]).toBe(100);
  });
});

describe('a forest', () => {
  it('grows the same trees in parts as at once', () => {
    const { x, y } = problemOf(randomOf(3), 90, 0.1, false);
    const whole = new RandomForestRegressor(ten).fit(x, y);
    const plan = planRegressionForest(randomForestRegression, whole.parameters, x, y, {});
    const back = growTrees(plan, { from: 6 });
    const front = growTrees(structuredClone(plan), { from: 0, to: 6 });
    expect([...front, ...back]).toEqual(whole.ensemble.trees);
  });

  it('ends when told to, with one tree at least', () => {
    const { x, y } = problemOf(randomOf(4), 50, 0, false);
    const asked: number[] = [];
    const shouldStop = () => asked.push(1) === 3;
    const model = new RandomForestRegressor(ten).fit(x, y, { shouldStop });
    expect(model.ensemble.trees.length).toBe(3);
    const least = new RandomForestRegressor(ten).fit(x, y, { shouldStop: () => true });
    expect(least.ensemble.trees.length).toBe(1);
    expect(Math.abs(least.predict(x)[0] - y[0])).toBeLessThan(20);
  });

  it('differs by seed, and is the same by the same seed', () => {
    const { x, y } = problemOf(randomOf(5), 60, 0, false);
    const of = (randomState: number) =>
      JSON.stringify(new ExtraTreesRegressor({ ...ten, randomState }).fit(x, y));
    expect(of(7)).toBe(of(7));
    expect(of(7)).not.toBe(of(8).replace('"randomState":8', '"randomState":7'));
  });

  it('leaves rows of weight 0 out', () => {
    fc.assert(
      fc.property(forestProblems, ({ x, y }) => {
        const weights = y.map((_, i) => (i % 3 === 1 ? 0 : 1));
        const strange = y.map((value, i) => (i % 3 === 1 ? 1e6 : value));
        const model = new RandomForestRegressor(ten).fit(x, strange, { sampleWeight: weights });
        expect(Math.max(...model.predict(x))).toBeLessThan(1000 + 1e6 / 50);
        const without = new DecisionTreeRegressor().fit(x, strange, { sampleWeight: weights });
        expect(Math.max(...without.predict(x))).toBeLessThan(1000);
      }),
      { numRuns: 30 },
    );
  });

  it('has out-of-bag predictions that know nothing of their rows', () => {
    const { x, y } = problemOf(randomOf(6), 400, 0, false);
    const model = new RandomForestRegressor({ nEstimators: 60, oobScore: true }).fit(x, y);
    const error = (predicted: ArrayLike<number>) =>
      y.reduce((sum, value, i) => sum + (value - predicted[i]) ** 2, 0) / y.length;
    const outOfBag = model.outOfBag ?? new Float64Array(0);
    const spread = error(new Float64Array(y.length).fill(y.reduce((a, b) => a + b) / y.length));
    expect(error(outOfBag)).toBeGreaterThan(1.5 * error(model.predict(x)));
    expect(error(outOfBag)).toBeLessThan(0.3 * spread);
    expect(new RandomForestRegressor(ten).fit(x, y).outOfBag).toBeNull();
  });

  it('has out-of-bag shares for each class, NaN where every tree has seen the row', () => {
    const { x, y } = problemOf(randomOf(6), 60, 0, false);
    const labels = classesOf(y, 3);
    const one = new RandomForestClassifier({ nEstimators: 1, oobScore: true }).fit(x, labels);
    expect(one.outOfBag?.some(Number.isNaN)).toBe(true);
    const many = new RandomForestClassifier({ nEstimators: 50, oobScore: true }).fit(x, labels);
    const first = many.outOfBag?.subarray(0, 3).reduce((sum, share) => sum + share, 0);
    expect(first).toBeCloseTo(1, 5);
  });
});

describe('hostile data', () => {
  it('of a constant target give the constant', () => {
    const x = matrixFromRows([[1], [2], [3]]);
    const model = new RandomForestRegressor({ nEstimators: 3 }).fit(x, [0.1, 0.1, 0.1]);
    expect(model.predict(x)[0]).toBeCloseTo(0.1, 14);
    expect(model.ensemble.trees[0].feature.length).toBe(1);
    expect([...model.featureImportances()]).toEqual([0]);
  });

  it('of one row, of equal rows, of missing values only, give the mean', () => {
    const one = matrixFromRows([[5]]);
    expect([...new ExtraTreesRegressor(ten).fit(one, [4]).predict(one)]).toEqual([4]);
    const equal = matrixFromRows([[5], [5]]);
    expect([...new DecisionTreeRegressor().fit(equal, [0, 2]).predict(equal)]).toEqual([1, 1]);
    const values = Float64Array.of(Number.NaN, Number.NaN);
    const missing = new FeatureMatrix([{ kind: 'numeric', name: 'a', values }]);
    expect([...new ExtraTreesRegressor(ten).fit(missing, [0, 2]).predict(missing)]).toEqual([1, 1]);
  });

  it('keep a class that no row has', () => {
    const x = matrixFromRows([[1], [2], [3]]);
    const classes = ['a', 'b', 'c'];
    const model = new RandomForestClassifier(ten).fit(x, ['a', 'c', 'a'], { classes });
    const { values } = model.predictProbabilities(x);
    expect([values[1], values[4], values[7]]).toEqual([0, 0, 0]);
    expect(values[0] + values[2]).toBeCloseTo(1, 12);
  });

  it('of huge targets are refused, of large and tiny ones learnt', () => {
    const x = matrixFromRows([[1], [2], [3]]);
    const error = errorOf(() => new DecisionTreeRegressor().fit(x, [0, 0, 1e300]));
    expect(error.code).toBe('DATA_OUT_OF_RANGE');
    expect(error.message).toContain('divide the target by a constant');
    for (const scale of [1e30, 1e-30]) {
      const y = [0, 0, scale];
      const predicted = new DecisionTreeRegressor().fit(x, y).predict(x);
      expect(Math.abs(predicted[2] / scale - 1)).toBeLessThan(1e-6);
    }
  });

  it('of weights of very different size give finite predictions', () => {
    const x = matrixFromRows([[1], [2], [3], [4]]);
    const sampleWeight = [1e-300, 1e300, 1e-300, 1];
    const predicted = new DecisionTreeRegressor().fit(x, [1, 2, 3, 4], { sampleWeight }).predict(x);
    expect(predicted.every(Number.isFinite)).toBe(true);
  });

  it('of other lengths and parameters are refused', () => {
    const x = matrixFromRows([[1], [2]]);
    expect(errorOf(() => new RandomForestRegressor().fit(x, [1])).code).toBe('SHAPE_MISMATCH');
    const nan = () => new RandomForestRegressor().fit(x, [1, Number.NaN]);
    expect(errorOf(nan).code).toBe('DATA_NOT_FINITE');
    expect(errorOf(() => new ExtraTreesClassifier().fit(x, ['a', 'a'])).code).toBe(
      'DATA_ONE_CLASS',
    );
    const zero = () => new RandomForestRegressor({ nEstimators: 0 });
    expect(errorOf(zero).code).toBe('PARAMETER_INVALID');
    expect(errorOf(() => decisionTreeRegressorEntry.create({ depth: 1 })).code).toBe(
      'PARAMETER_UNKNOWN',
    );
  });
});

describe('the native format', () => {
  const { x, y } = problemOf(randomOf(8), 80, 0.1, false);

  it.each<[string, FittedModel, (json: unknown) => FittedModel]>([
    [
      'a forest of numbers',
      new RandomForestRegressor(ten).fit(x, y),
      randomForestRegressorEntry.read,
    ],
    [
      'a forest of three classes',
      new RandomForestClassifier(ten).fit(x, classesOf(y, 3)),
      randomForestClassifierEntry.read,
    ],
    [
      'a tree of two classes',
      new DecisionTreeClassifier().fit(x, classesOf(y, 2)),
      decisionTreeClassifierEntry.read,
    ],
  ])('of %s predicts the same bits', (_, model, read) => {
    const again = read(JSON.parse(JSON.stringify(model)));
    expect(JSON.stringify(again)).toBe(JSON.stringify(model));
    expect(again.predict(x)).toEqual(model.predict(x));
    if (model instanceof FittedTreeClassifier && again instanceof FittedTreeClassifier) {
      expect(again.predictProbabilities(x)).toEqual(model.predictProbabilities(x));
    }
  });
});
