// Runs an exported model with onnxruntime, fed with the columns of a table as a client would send them.
import type { Cell, Column, Table } from '@ridgeline/tabular';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { InputColumn } from '../src/encode/input-column.ts';
import {
  type ExportableModel,
  type ExportedOnnx,
  type ExportOnnxOptions,
  exportFeatures,
  exportOnnx,
} from '../src/onnx/export-onnx.ts';
import { sentType } from '../src/onnx/raw-input.ts';
import type { FittedTransformer } from '../src/preprocess/transformer.ts';

/** Outputs by name: numbers, texts or booleans, row-major. */
export type OnnxOutputs = ReadonlyMap<string, readonly (number | string | boolean)[]>;

export async function runOnnx(
  model: ExportableModel,
  table: Table,
  options?: ExportOnnxOptions,
): Promise<OnnxOutputs> {
  const exported = exportOnnx(model, options);
  if (exported.bytes === null) throw new Error(exported.reason);
  return await run(exported, model.encoder.inputs, table);
}

/** The features as the graph makes them, one list a column. */
export async function featuresByOnnx(
  encoder: ExportableModel['encoder'],
  table: Table,
): Promise<number[][]> {
  return await featuresThroughOnnx(encoder, [], table);
}

/** The same, after these transformers. */
export async function featuresThroughOnnx(
  encoder: ExportableModel['encoder'],
  transformers: readonly FittedTransformer[],
  table: Table,
): Promise<number[][]> {
  const exported = exportFeatures(encoder, transformers);
  const outputs = await run(exported, encoder.inputs, table);
  const values = (outputs.get('features') ?? []).map(Number);
  const width = values.length / table.rowCount;
  return Array.from({ length: width }, (_, j) => values.filter((_, at) => at % width === j));
}

async function run(
  { bytes, outputs }: ExportedOnnx,
  inputs: readonly InputColumn[],
  table: Table,
): Promise<OnnxOutputs> {
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 });
  try {
    const dims = inputs.length === 1 ? [table.rowCount, 1] : [table.rowCount];
    const feeds = inputs.map((input) => [input.name, feed(input, table, dims)]);
    const results = await session.run(Object.fromEntries(feeds));
    return new Map(outputs.map((name) => [name, dataOf(results[name])]));
  } finally {
    await session.release();
  }
}

function feed(input: InputColumn, table: Table, dims: number[]): Tensor {
  const column = table.columns().find(({ name }) => name === input.name);
  if (column === undefined) throw new Error(`the table has no column '${input.name}'`);
  const type = sentType(input);
  if (type === 'string') return new Tensor('string', texts(column), dims);
  const numbers = numbersOf(column);
  if (type === 'double') return new Tensor('float64', numbers, dims);
  if (type === 'boolean') return new Tensor('bool', Uint8Array.from(numbers), dims);
  const missing = -(2n ** 63n);
  const whole = Array.from(numbers, (value) => (Number.isNaN(value) ? missing : BigInt(value)));
  return new Tensor('int64', BigInt64Array.from(whole), dims);
}

function texts(column: Column): string[] {
  if (column.type !== 'string') throw new Error(`column '${column.name}' holds no texts`);
  return Array.from(column.codes, (code) => column.dictionary[code] ?? '');
}

function numbersOf(column: Column): Float64Array {
  if (column.type === 'string') throw new Error(`column '${column.name}' holds no numbers`);
  return Float64Array.from(column.values);
}

function dataOf(tensor: { readonly type: string; readonly data: unknown } | undefined) {
  const { type, data } = tensor ?? { type: '', data: [] };
  const values: Cell[] = Array.from(data as ArrayLike<never>);
  if (type === 'bool') return values.map((value) => Number(value) === 1);
  return values.map((value) => (type === 'string' ? String(value) : Number(value)));
}
