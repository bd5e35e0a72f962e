// The solvers below the estimators, each against the property that defines it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regressionData } from '../../test/arbitraries.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { solveCholesky } from './cholesky.ts';
import { reduceToTriangle } from './householder-qr.ts';
import { decompose } from './jacobi-svd.ts';
import { rankCutoff, solveLeastSquares } from './least-squares.ts';
import { solveSpectral } from './spectral-solve.ts';
import { conditionBound } from './triangular.ts';
import { dot } from './vector-kernels.ts';

function columnsOf(x: Matrix): Float64Array[] {
  return Array.from({ length: x.columnCount }, (_, j) => x.column(j));
}

/** All products of two columns: the same before and after an orthogonal transformation. */
function gram(columns: readonly Float64Array[]): number[] {
  return columns.flatMap((a) => columns.map((b) => dot(a, b)));
}

function expectClose(actual: readonly number[], expected: readonly number[], size: number): void {
  actual.forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(1e-12 * size);
  });
}

describe('reduceToTriangle', () => {
  it('keeps all products of columns and target', () => {
    fc.assert(
      fc.property(regressionData, ({ x, y }) => {
        fc.pre(x.rowCount >= x.columnCount);
        const before = columnsOf(x);
        const { r, target } = reduceToTriangle(columnsOf(x), Float64Array.from(y));
        const size = x.rowCount * 1e4;
        expectClose(gram(r), gram(before), size);
        expectClose(
          r.map((column) => dot(column, target)),
          before.map((column) => dot(column, y)),
          size,
        );
      }),
    );
  });
});

describe('conditionBound', () => {
  it('is never below the true ratio of the singular values', () => {
    fc.assert(
      fc.property(regressionData, ({ x, y }) => {
        fc.pre(x.rowCount >= x.columnCount);
        const { r } = reduceToTriangle(columnsOf(x), Float64Array.from(y));
        const bound = conditionBound(r);
        const { values } = decompose(r);
        // A singular matrix has no finite ratio, and only an infinite bound will do.
        const isBound = bound * Math.min(...values) * (1 + 1e-9) >= Math.max(...values);
        expect(isBound || bound === Number.POSITIVE_INFINITY).toBe(true);
      }),
    );
  });

  it('is infinite for a singular matrix', () => {
    expect(conditionBound([Float64Array.of(1, 0), Float64Array.of(2, 0)])).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
});

describe('decompose', () => {
  it('gives orthogonal columns, an orthonormal V, and the matrix back', () => {
    fc.assert(
      fc.property(regressionData, ({ x }) => {
        const before = columnsOf(x);
        const { scaledLeft, values, right } = decompose(columnsOf(x));
        const identity = right.flatMap((_, i) => right.map((__, j) => (i === j ? 1 : 0)));
        expectClose(gram(right), identity, 10);
        const squares = scaledLeft.flatMap((_, i) =>
          scaledLeft.map((__, j) => (i === j ? values[i] ** 2 : 0)),
        );
        expectClose(gram(scaledLeft), squares, x.rowCount * 1e4);
        const product = before.flatMap((column, j) =>
          [...column].map((_, i) => right.reduce((sum, v, k) => sum + scaledLeft[k][i] * v[j], 0)),
        );
        expectClose(
          product,
          before.flatMap((column) => [...column]),
          1e3,
        );
      }),
    );
  });

  it('finds a small singular value to high relative accuracy', () => {
    const { values } = decompose([Float64Array.of(1, 0), Float64Array.of(1, 1e-12)]);
    expect(Math.min(...values) / (1e-12 / Math.SQRT2)).toBeCloseTo(1, 12);
  });

  it('ends on what is not a number', () => {
    const { values } = decompose([Float64Array.of(Number.NaN), Float64Array.of(1)]);
    expect(values[0]).toBeNaN();
  });
});

describe('solveLeastSquares', () => {
  it('has the same solution by its short way as by the singular values', () => {
    fc.assert(
      fc.property(regressionData, ({ x, y }) => {
        const short = solveLeastSquares(columnsOf(x), Float64Array.from(y));
        const long = solveSpectral(columnsOf(x), Float64Array.from(y), 0, rankCutoff);
        const size = Math.max(1, ...long.map(Math.abs));
        long.forEach((value, j) => {
          expect(Math.abs(short[j] - value)).toBeLessThan(1e-7 * size);
        });
      }),
    );
  });
});

describe('solveCholesky', () => {
  const lower = [Float64Array.of(4), Float64Array.of(2, 5), Float64Array.of(0, 1, 3)];

  it('solves a positive definite system', () => {
    const solution = solveCholesky(
      lower.map((row) => row.slice()),
      Float64Array.of(8, 15, 11),
    );
    expectClose([...(solution ?? [])], [1, 2, 3], 10);
  });

  it.each([
    ['indefinite', [Float64Array.of(1), Float64Array.of(2, 1)]],
    ['singular', [Float64Array.of(1), Float64Array.of(1, 1)]],
    ['nearly singular', [Float64Array.of(1), Float64Array.of(1, 1 + 1e-9)]],
    ['zero', [Float64Array.of(0)]],
    ['not a number', [Float64Array.of(Number.NaN)]],
  ])('declines a matrix that is %s', (_, rows) => {
    expect(solveCholesky(rows, new Float64Array(rows.length).fill(1))).toBeNull();
  });
});
