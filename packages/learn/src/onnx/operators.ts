// The operators that converters use, typed: one function an operator, named as ONNX names it. All
// arithmetic is done in doubles, as the native predictors do it.

import { int } from './attribute.ts';
import type { GraphBuilder, GraphValue } from './graph-builder.ts';
import { doubles, elementTypes, int64s, type TensorType } from './tensor.ts';

export type Doubles = GraphValue<'double'>;
export type Floats = GraphValue<'float'>;
export type Int64s = GraphValue<'int64'>;
export type Bools = GraphValue<'bool'>;
export type Strings = GraphValue<'string'>;

const binary = (operator: string) => (g: GraphBuilder, a: Doubles, b: Doubles) =>
  g.node(operator, [a, b], 'double');
const unary = (operator: string) => (g: GraphBuilder, a: Doubles) =>
  g.node(operator, [a], 'double');
const comparison = (operator: string) => (g: GraphBuilder, a: Doubles, b: Doubles) =>
  g.node(operator, [a, b], 'bool');

export const add = binary('Add');
export const subtract = binary('Sub');
export const multiply = binary('Mul');
export const divide = binary('Div');
export const matMul = binary('MatMul');
export const minimum = binary('Min');
export const maximum = binary('Max');
export const power = binary('Pow');

export const negate = unary('Neg');
export const absolute = unary('Abs');
export const exponential = unary('Exp');
export const logarithm = unary('Log');
export const squareRoot = unary('Sqrt');
export const floor = unary('Floor');
export const sign = unary('Sign');
export const tanh = unary('Tanh');
export const reciprocal = unary('Reciprocal');

export const equalNumbers = comparison('Equal');
export const less = comparison('Less');
export const lessOrEqual = comparison('LessOrEqual');
export const greater = comparison('Greater');

export function isMissing(g: GraphBuilder, value: Doubles): Bools {
  return g.node('IsNaN', [value], 'bool');
}

export function or(g: GraphBuilder, a: Bools, b: Bools): Bools {
  return g.node('Or', [a, b], 'bool');
}

export function and(g: GraphBuilder, a: Bools, b: Bools): Bools {
  return g.node('And', [a, b], 'bool');
}

export function not(g: GraphBuilder, value: Bools): Bools {
  return g.node('Not', [value], 'bool');
}

export function where<Type extends TensorType>(
  g: GraphBuilder,
  condition: Bools,
  yes: GraphValue<Type>,
  no: GraphValue<Type>,
): GraphValue<Type> {
  return g.node('Where', [condition, yes, no], yes.type);
}

export function cast<Type extends TensorType>(
  g: GraphBuilder,
  value: GraphValue,
  type: Type,
): GraphValue<Type> {
  return g.node('Cast', [value], type, { to: int(elementTypes[type]) });
}

/** One number, of no dimensions. */
export function scalar(g: GraphBuilder, value: number): Doubles {
  return g.constant(doubles([value], []));
}

/** Numbers as a row of shape [1, n], which broadcasts over the rows of a matrix. */
export function rowOf(g: GraphBuilder, values: ArrayLike<number>): Doubles {
  return g.constant(doubles(values, [1, values.length]));
}

export function concatColumns(g: GraphBuilder, parts: readonly Doubles[]): Doubles {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  return g.node('Concat', parts, 'double', { axis: int(1) });
}

/** The columns at `indices` of a matrix, in that order. */
export function takeColumns<Type extends TensorType>(
  g: GraphBuilder,
  value: GraphValue<Type>,
  indices: readonly number[],
): GraphValue<Type> {
  return g.node('Gather', [value, g.constant(int64s(indices))], value.type, { axis: int(1) });
}

export function reshape<Type extends TensorType>(
  g: GraphBuilder,
  value: GraphValue<Type>,
  dims: readonly number[],
): GraphValue<Type> {
  return g.node('Reshape', [value, g.constant(int64s(dims))], value.type);
}

/** The sum of each row of a matrix, of shape [rows, 1]. */
export function sumColumns(g: GraphBuilder, value: Doubles): Doubles {
  return g.node('ReduceSum', [value, g.constant(int64s([1]))], 'double', { keepdims: int(1) });
}

export function maxOfColumns(g: GraphBuilder, value: Doubles): Doubles {
  return g.node('ReduceMax', [value, g.constant(int64s([1]))], 'double', { keepdims: int(1) });
}

/** Where each row of a matrix is largest, the first of equals; of shape [rows]. */
export function argMax(g: GraphBuilder, value: Doubles): Int64s {
  return g.node('ArgMax', [value], 'int64', { axis: int(1), keepdims: int(0) });
}

/** The doubles rounded to float32, as doubles: what the native trees compare. */
export function roundToFloat(g: GraphBuilder, value: Doubles): Doubles {
  return cast(g, cast(g, value, 'float'), 'double');
}

/** The softmax of each row, by its largest score, as the native one is. */
export function softmax(g: GraphBuilder, scores: Doubles): Doubles {
  const powers = exponential(g, subtract(g, scores, maxOfColumns(g, scores)));
  return divide(g, powers, sumColumns(g, powers));
}

/** 1 / (1 + e^-z); e^709 is the largest finite one, and beyond it the result is 0 all the same. */
export function logistic(g: GraphBuilder, scores: Doubles): Doubles {
  const bounded = minimum(g, negate(g, scores), scalar(g, 709));
  return reciprocal(g, add(g, exponential(g, bounded), scalar(g, 1)));
}

/** `values` as each row of a matrix that has as many rows as `like`. */
export function constantRows(
  g: GraphBuilder,
  like: GraphValue,
  values: ArrayLike<number>,
): Doubles {
  const rowCount = g.node('Shape', [like], 'int64', { start: int(0), end: int(1) });
  const width = g.constant(int64s([values.length]));
  const dims = g.node('Concat', [rowCount, width], 'int64', { axis: int(0) });
  return g.node('Expand', [rowOf(g, values), dims], 'double');
}
