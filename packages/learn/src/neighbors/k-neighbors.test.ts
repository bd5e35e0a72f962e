// The nearest neighbours beside scikit-learn's, and the tree beside a search of all rows.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { randomMatrix } from '../../test/learner-data.ts';
import { learnerReference, referenceData } from '../../test/learner-reference.ts';
import { Matrix } from '../matrix/matrix.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import { FittedKNeighborsClassifier } from './fitted-k-neighbors-classifier.ts';
import { KNeighborsClassifier } from './k-neighbors-classifier.ts';
import { KNeighborsRegressor } from './k-neighbors-regressor.ts';
import { buildKdTree } from './kd-tree.ts';
import { leafDistances, twinDistances } from './leaf-distances.ts';
import { TrainingRows } from './training-rows.ts';

describe('agrees with scikit-learn', () => {
  it.each(
    learnerReference.neighbors.map((one) => {
      return [`${one.data}, ${one.nNeighbors} neighbours, ${one.weights}`, one] as const;
    }),
  )('%s', (_, { data, query, labels, nNeighbors, weights, predictions, probabilities }) => {
    const { x, y } = referenceData(data);
    const queries = matrixFromRows(query);
    const regressor = new KNeighborsRegressor({ nNeighbors, weights }).fit(x, y);
    regressor.predict(queries).forEach((value, i) => {
      expect(value).toBeCloseTo(predictions[i], 10);
    });
    const classifier = new KNeighborsClassifier({ nNeighbors, weights }).fit(x, labels);
    classifier.predictProbabilities(queries).values.forEach((value, i) => {
      expect(value).toBeCloseTo(probabilities.flat()[i], 10);
    });
  });
});

/** The rows nearest to each query by looking at all: of equals, the first. */
function bySight(x: Matrix, queries: Matrix, count: number): number[][] {
  return Array.from({ length: queries.rowCount }, (_, q) => {
    const squares = Array.from({ length: x.rowCount }, (_, row) => {
      let sum = 0;
      for (let j = 0; j < x.columnCount; j++) {
        const gap = x.values[row * x.columnCount + j] - queries.values[q * x.columnCount + j];
        sum += gap * gap;
      }
      return { row, sum };
    });
    squares.sort((a, b) => a.sum - b.sum || a.row - b.row);
    return squares.slice(0, count).map(({ row }) => row);
  });
}

function byTree(x: Matrix, queries: Matrix, count: number): number[][] {
  const found: number[][] = [];
  new TrainingRows(x).search(queries, count, false, (_, rows) => {
    found.push([...rows].sort((a, b) => a - b));
  });
  return found;
}

describe('the search', () => {
  it('finds the rows that a look at all finds, ties included', () => {
    const sizes = fc.record({
      rows: fc.integer({ min: 1, max: 200 }),
      columns: fc.integer({ min: 1, max: 9 }),
      count: fc.integer({ min: 1, max: 12 }),
      seed: fc.nat(1000),
      grid: fc.constantFrom(1, 3, 1000),
    });
    fc.assert(
      fc.property(sizes, ({ rows, columns, count, seed, grid }) => {
        // On a coarse grid most distances are tied, and all arithmetic is exact.
        const rounded = (matrix: Matrix) =>
          new Matrix(
            matrix.rowCount,
            columns,
            matrix.values.map((v) => Math.round(v * grid)),
          );
        const x = rounded(randomMatrix(rows, columns, seed));
        const queries = rounded(randomMatrix(7, columns, seed + 1));
        const expected = bySight(x, queries, Math.min(count, rows));
        expect(byTree(x, queries, count)).toEqual(expected.map((r) => r.sort((a, b) => a - b)));
      }),
    );
  });

  it('goes through rows that are all the same', () => {
    const x = new Matrix(500, 2, new Float64Array(1000).fill(3));
    expect(byTree(x, x.takeRows([0]), 3)).toEqual([[0, 1, 2]]);
  });

  it('asks all rows where there are fewer than neighbours', () => {
    const x = matrixFromRows([[1], [2], [6]]);
    const model = new KNeighborsRegressor({ nNeighbors: 100 }).fit(x, [1, 2, 6]);
    expect([...model.predict(matrixFromRows([[0]]))]).toEqual([3]);
  });
});

it('the compiled kernel and its twin give the same squares, to the last bit', () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 11 }));
  fc.assert(
    fc.property(sizes, fc.nat(1000), ([rows, columns], seed) => {
      const tree = buildKdTree(randomMatrix(rows, columns, seed));
      const [kernel, twin] = [leafDistances(tree, rows), twinDistances(tree, rows)];
      expect(kernel.query.buffer).not.toBeInstanceOf(ArrayBuffer);
      kernel.query.set(randomMatrix(1, columns, seed + 1).values);
      twin.query.set(kernel.query);
      const squares = [...kernel.squares(0, rows)].slice(0, rows);
      expect(squares).toEqual([...twin.squares(0, rows)]);
    }),
  );
});

describe('the model', () => {
  it('keeps its rows when the caller changes theirs', () => {
    const x = matrixFromRows([[0], [10]]);
    const model = new KNeighborsRegressor({ nNeighbors: 1 }).fit(x, [1, 2]);
    x.values.fill(99);
    expect([...model.predict(matrixFromRows([[1], [9]]))]).toEqual([1, 2]);
  });

  it('is refused with a code that has no class', () => {
    const model = new KNeighborsClassifier().fit(matrixFromRows([[0], [1]]), ['a', 'b']);
    const json = { ...JSON.parse(JSON.stringify(model)), codes: { int32: 'AgAAAAAAAAA=' } };
    const error = errorOf(() => FittedKNeighborsClassifier.fromJSON(json));
    expect(error.message).toContain("'codes' has a code without a class");
  });
});
