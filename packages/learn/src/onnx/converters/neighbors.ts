// Nearest neighbours: the squared distances to all rows of training, the nearest of them, and the mean
// of what they say. Distances are summed in the native order, so that no rounding swaps neighbours.

import type { Matrix } from '../../matrix/matrix.ts';
import type { FittedKNeighborsClassifier } from '../../neighbors/fitted-k-neighbors-classifier.ts';
import type { FittedKNeighborsRegressor } from '../../neighbors/fitted-k-neighbors-regressor.ts';
import { int } from '../attribute.ts';
import type { GraphBuilder, GraphValue } from '../graph-builder.ts';
import type { GraphFeatures } from '../graph-features.ts';
import {
  add,
  cast,
  type Doubles,
  divide,
  equalNumbers,
  multiply,
  reciprocal,
  reshape,
  scalar,
  squareRoot,
  subtract,
  sumColumns,
  takeColumns,
  where,
} from '../operators.ts';
import { doubles, int64s } from '../tensor.ts';

interface Neighbours {
  /** Of shape [rows, count]. */
  readonly indices: GraphValue<'int64'>;
  /** Of shape [rows, count]; each row sums to 1. */
  readonly shares: Doubles;
  readonly count: number;
}

export function convertKNeighborsRegressor(
  g: GraphBuilder,
  model: FittedKNeighborsRegressor,
  features: GraphFeatures,
): Doubles {
  const { indices, shares } = nearest(g, model, features);
  const targets = g.constant(doubles(model.target));
  const found = g.node('Gather', [targets, indices], 'double', { axis: int(0) });
  return sumColumns(g, multiply(g, found, shares));
}

export function convertKNeighborsClassifier(
  g: GraphBuilder,
  model: FittedKNeighborsClassifier,
  features: GraphFeatures,
): Doubles {
  const { indices, shares, count } = nearest(g, model, features);
  const { length } = model.classes;
  const oneHot = new Float64Array(model.codes.length * length);
  model.codes.forEach((code, i) => {
    oneHot[i * length + code] = 1;
  });
  const classes = g.constant(doubles(oneHot, [model.codes.length, length]));
  const found = g.node('Gather', [classes, indices], 'double', { axis: int(0) });
  const weighted = multiply(g, found, reshape(g, shares, [-1, count, 1]));
  const axis = g.constant(int64s([1]));
  return g.node('ReduceSum', [weighted, axis], 'double', { keepdims: int(0) });
}

function nearest(
  g: GraphBuilder,
  model: FittedKNeighborsRegressor | FittedKNeighborsClassifier,
  { values }: GraphFeatures,
): Neighbours {
  const { nNeighbors, weights } = model.parameters;
  const count = Math.min(nNeighbors, model.x.rowCount);
  const k = g.constant(int64s([count]));
  const [squares, indices] = g.nodeWithTwo(
    'TopK',
    [squaredDistances(g, model.x, values, model.factor), k],
    ['double', 'int64'],
    { axis: int(1), largest: int(0), sorted: int(1) },
  );
  const shares =
    weights === 'distance' ? byDistance(g, squares, count) : equalShares(g, squares, count);
  return { indices, shares, count };
}

function equalShares(g: GraphBuilder, squares: Doubles, count: number): Doubles {
  const share = g.constant(doubles(new Array<number>(count).fill(1 / count), [1, count]));
  // Multiplied by ones of the right number of rows, whatever the distances are.
  const ones = cast(g, equalNumbers(g, squares, squares), 'double');
  return multiply(g, ones, share);
}

/** By the inverse of the distance; where that is infinite, equal among those alone. */
function byDistance(g: GraphBuilder, squares: Doubles, count: number): Doubles {
  const isZero = equalNumbers(g, squares, scalar(g, 0));
  const zeros = cast(g, isZero, 'double');
  const hasZero = g.node('Greater', [sumColumns(g, zeros), scalar(g, 0)], 'bool');
  const inverse = reciprocal(g, squareRoot(g, where(g, isZero, scalar(g, 1), squares)));
  const shares = where(g, hasZero, zeros, inverse);
  const sum = sumColumns(g, shares);
  const isFar = equalNumbers(g, sum, scalar(g, 0));
  const divisor = where(g, isFar, scalar(g, 1), sum);
  return where(g, isFar, scalar(g, 1 / count), divide(g, shares, divisor));
}

/** Of shape [rows, rows of training], in four sums that are added as the native search adds them. */
function squaredDistances(g: GraphBuilder, x: Matrix, values: Doubles, factor: number): Doubles {
  const { columnCount, rowCount } = x;
  const scaled = multiply(g, values, scalar(g, factor));
  const sums: (Doubles | null)[] = [null, null, null, null];
  const inFours = columnCount - (columnCount % 4);
  for (let j = 0; j < columnCount; j++) {
    const training = x.column(j).map((value) => value * factor);
    const row = g.constant(doubles(training, [1, rowCount]));
    const difference = subtract(g, row, takeColumns(g, scaled, [j]));
    const square = multiply(g, difference, difference);
    const lane = j < inFours ? j % 4 : 0;
    const sum = sums[lane];
    sums[lane] = sum === null ? square : add(g, sum, square);
  }
  const [a, b, c, d] = sums;
  const ab = added(g, a, b);
  return added(g, ab, added(g, c, d)) ?? scalar(g, 0);
}

function added(g: GraphBuilder, a: Doubles | null, b: Doubles | null): Doubles | null {
  if (a === null || b === null) return a ?? b;
  return add(g, a, b);
}
