// The raw columns of a model as the graph's inputs, and as MLflow's signature tells of them: both are
// decided here, because a client that goes by the signature must send what the graph takes.

import type { ColumnType } from '@ridgeline/tabular';
import type { InputColumn } from '../encode/input-column.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { cast, type Doubles, reshape, type Strings, where } from './operators.ts';
import { doubles, int64s, type TensorType } from './tensor.ts';

/** A raw column within the graph, of shape [rows, 1]; NaN or an empty text where it is missing. */
export type RawColumn =
  | { readonly kind: 'numbers'; readonly values: Doubles }
  | { readonly kind: 'texts'; readonly values: Strings };

/** A time that is missing: the bits of NumPy's and pandas' "not a time". */
const missingTime = -(2 ** 63);

/**
 * The type by which clients send a column. Whole numbers and booleans have no missing value in NumPy,
 * so that such columns are sent as doubles where they may miss.
 */
export function sentType({ type, required }: InputColumn): ColumnType {
  return required || (type !== 'long' && type !== 'boolean') ? type : 'double';
}

const tensorTypes = {
  double: 'double',
  long: 'int64',
  boolean: 'bool',
  string: 'string',
  /** Milliseconds since 1970 UTC. */
  datetime: 'int64',
} as const satisfies Record<ColumnType, TensorType>;

/**
 * Declares the columns as inputs. Several have one dimension each and a single one has two, because
 * MLflow takes a DataFrame apart so.
 */
export function declareInputs(
  g: GraphBuilder,
  columns: readonly InputColumn[],
): ReadonlyMap<string, RawColumn> {
  for (const { name } of columns) g.reserve(name);
  const dims = columns.length === 1 ? ['rows', 1] : ['rows'];
  return new Map(columns.map((column) => [column.name, declareInput(g, column, dims)]));
}

function declareInput(
  g: GraphBuilder,
  column: InputColumn,
  dims: readonly (string | number)[],
): RawColumn {
  const type = sentType(column);
  const input = g.input(column.name, tensorTypes[type], dims);
  const values = reshape(g, input, [-1, 1]);
  if (values.type === 'string') return { kind: 'texts', values: { ...values, type: 'string' } };
  const numbers = cast(g, values, 'double');
  if (type !== 'datetime') return { kind: 'numbers', values: numbers };
  const isMissing = g.node('Equal', [values, g.constant(int64s([missingTime], []))], 'bool');
  const missing = g.constant(doubles([Number.NaN], []));
  return { kind: 'numbers', values: where(g, isMissing, missing, numbers) };
}
