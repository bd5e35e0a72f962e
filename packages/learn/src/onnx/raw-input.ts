// The raw columns of a model as the graph's inputs, and as MLflow's signature tells of them: both are
// decided here, because a client that goes by the signature must send what the graph takes.

import type { InputColumn } from '../encode/input-column.ts';
import { NotExpressible } from './export-context.ts';
import type { GraphBuilder, GraphValue } from './graph-builder.ts';
import { cast, type Doubles, type Int64s, reshape, type Strings, where } from './operators.ts';
import { doubles, int64s, type TensorType } from './tensor.ts';

/** The raw columns within the graph by their names, of shape [rows, 1]. */
export interface RawColumns {
  /** NaN where missing; times in milliseconds since 1970 UTC. */
  readonly numbers: ReadonlyMap<string, Doubles>;
  /** An empty text where missing. */
  readonly texts: ReadonlyMap<string, Strings>;
}

/** A time that is missing: the bits of NumPy's and pandas' "not a time". */
const missingTime = -(2 ** 63);

/** How a column is sent: the types of the graph's inputs, by MLflow's names. */
export type SentType = 'double' | 'long' | 'boolean' | 'string';

/**
 * The type by which clients send a column. Whole numbers and booleans have no missing value in NumPy,
 * so that such columns are sent as doubles where they may miss; times are sent as milliseconds since
 * 1970 UTC, because a tensor has no type for them.
 */
export function sentType({ type, required }: InputColumn): SentType {
  if (type === 'datetime') return 'long';
  return required || (type !== 'long' && type !== 'boolean') ? type : 'double';
}

const tensorTypes = { double: 'double', long: 'int64', boolean: 'bool' } as const;

/**
 * Declares the columns as inputs. Several have one dimension each and a single one has two, because
 * MLflow takes a DataFrame apart so.
 */
export function declareInputs(g: GraphBuilder, columns: readonly InputColumn[]): RawColumns {
  for (const { name } of columns) g.reserve(name);
  const dims = columns.length === 1 ? ['rows', 1] : ['rows'];
  const numbers = new Map<string, Doubles>();
  const texts = new Map<string, Strings>();
  for (const column of columns) {
    const { name } = column;
    const type = sentType(column);
    if (type === 'string') texts.set(name, asColumn(g, g.input(name, 'string', dims)));
    else if (column.type === 'datetime') numbers.set(name, times(g, g.input(name, 'int64', dims)));
    else numbers.set(name, cast(g, asColumn(g, g.input(name, tensorTypes[type], dims)), 'double'));
  }
  return { numbers, texts };
}

export function numbersOf(raw: RawColumns, name: string): Doubles {
  const values = raw.numbers.get(name);
  if (values === undefined) throw new NotExpressible(`column '${name}' does not hold numbers`);
  return values;
}

export function textsOf(raw: RawColumns, name: string): Strings {
  const values = raw.texts.get(name);
  if (values === undefined) throw new NotExpressible(`column '${name}' does not hold texts`);
  return values;
}

function times(g: GraphBuilder, input: Int64s): Doubles {
  const values = asColumn(g, input);
  const isMissing = g.node('Equal', [values, g.constant(int64s([missingTime], []))], 'bool');
  const missing = g.constant(doubles([Number.NaN], []));
  return where(g, isMissing, missing, cast(g, values, 'double'));
}

function asColumn<Type extends TensorType>(g: GraphBuilder, value: GraphValue<Type>) {
  return reshape(g, value, [-1, 1]);
}
