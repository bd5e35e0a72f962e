// The rows of training, and who of them is near to a new row and counts how much. What they say about
// it, a number or a class, is the models' matter.

import { Matrix } from '../matrix/matrix.ts';
import { buildKdTree, type KdTree, leafRows } from './kd-tree.ts';
import { leafDistances } from './leaf-distances.ts';
import { findNearest } from './nearest.ts';
import { NeighborHeap } from './neighbor-heap.ts';

/** Told for each row of the query: its neighbours and the shares, which sum to 1, that they count. */
export type NeighborVisitor = (query: number, rows: Int32Array, shares: Float64Array) => void;

export class TrainingRows {
  readonly x: Matrix;
  /** Brings the largest value near 1, so that squares neither overflow nor vanish. */
  readonly factor: number;
  // Built at the first search: a model that is only saved needs none.
  #tree: KdTree | null = null;

  constructor(x: Matrix) {
    const largest = x.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const exponent = largest === 0 ? 0 : Math.floor(Math.log2(largest));
    this.x = x;
    this.factor = 2 ** -Math.min(1000, Math.max(-1000, exponent));
  }

  /** The `count` nearest rows, or all where there are fewer; of equals, those that came first. */
  search(queries: Matrix, count: number, byDistance: boolean, visitor: NeighborVisitor): void {
    this.#tree ??= buildKdTree(scaled(this.x, this.factor));
    const distances = leafDistances(this.#tree, leafRows);
    const heap = new NeighborHeap(Math.min(count, this.x.rowCount));
    const shares = new Float64Array(heap.rows.length);
    const { query } = distances;
    for (let i = 0; i < queries.rowCount; i++) {
      const start = i * query.length;
      for (let j = 0; j < query.length; j++) query[j] = queries.values[start + j] * this.factor;
      heap.clear();
      findNearest(this.#tree, distances, heap);
      fillShares(shares, byDistance ? heap.squares : null);
      visitor(i, heap.rows, shares);
    }
  }
}

function scaled(x: Matrix, factor: number): Matrix {
  const values = x.values.map((value) => value * factor);
  return new Matrix(x.rowCount, x.columnCount, values);
}

/** Equal shares, or by the inverse of the distance; where that is infinite, among those alone. */
function fillShares(shares: Float64Array, squares: Float64Array | null): void {
  for (let n = 0; n < shares.length; n++) {
    shares[n] = squares === null ? 1 : 1 / Math.sqrt(squares[n]);
  }
  if (shares.includes(Number.POSITIVE_INFINITY)) {
    for (let n = 0; n < shares.length; n++)
      shares[n] = shares[n] === Number.POSITIVE_INFINITY ? 1 : 0;
  }
  let sum = 0;
  for (let n = 0; n < shares.length; n++) sum += shares[n];
  // A query so far away that all distances are infinite: nobody is nearer than another.
  if (sum === 0) shares.fill(1 / shares.length);
  else for (let n = 0; n < shares.length; n++) shares[n] /= sum;
}

/** A matrix that no one else can change. */
export function copyOf({ rowCount, columnCount, values }: Matrix): Matrix {
  return new Matrix(rowCount, columnCount, Float64Array.from(values));
}
