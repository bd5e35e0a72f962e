// Constant tensors: what ONNX calls TensorProto, of the five element types that the exporter uses.

import { littleEndian, ProtoWriter } from './proto-writer.ts';

/** ONNX's number of each element type. */
export const elementTypes = { float: 1, int64: 7, string: 8, bool: 9, double: 11 } as const;

export type TensorType = keyof typeof elementTypes;

export interface TensorData {
  readonly float: Float32Array;
  readonly int64: readonly number[];
  readonly string: readonly string[];
  readonly bool: readonly boolean[];
  readonly double: Float64Array;
}

export interface Tensor<Type extends TensorType = TensorType> {
  readonly type: Type;
  /** Sizes of the dimensions; none for a scalar. */
  readonly dims: readonly number[];
  readonly data: TensorData[Type];
}

export function doubles(values: ArrayLike<number>, dims?: readonly number[]): Tensor<'double'> {
  return { type: 'double', dims: dims ?? [values.length], data: Float64Array.from(values) };
}

export function int64s(values: readonly number[], dims?: readonly number[]): Tensor<'int64'> {
  return { type: 'int64', dims: dims ?? [values.length], data: values };
}

export function floats(values: ArrayLike<number>, dims?: readonly number[]): Tensor<'float'> {
  return { type: 'float', dims: dims ?? [values.length], data: Float32Array.from(values) };
}

export function strings(values: readonly string[], dims?: readonly number[]): Tensor<'string'> {
  return { type: 'string', dims: dims ?? [values.length], data: values };
}

export function bools(values: readonly boolean[], dims?: readonly number[]): Tensor<'bool'> {
  return { type: 'bool', dims: dims ?? [values.length], data: values };
}

/** The tensor as a TensorProto. */
export function writeTensor(tensor: Tensor, name: string): ProtoWriter {
  const writer = new ProtoWriter();
  writer.ints(1, tensor.dims).int(2, elementTypes[tensor.type]);
  if (name !== '') writer.text(8, name);
  if (hasType(tensor, 'string')) {
    const utf8 = new TextEncoder();
    for (const text of tensor.data) writer.bytes(6, utf8.encode(text));
    return writer;
  }
  return writer.bytes(9, rawData(tensor));
}

function rawData(tensor: Tensor): Uint8Array {
  if (hasType(tensor, 'int64')) {
    return littleEndian(BigInt64Array.from(tensor.data, (value) => BigInt(value)));
  }
  if (hasType(tensor, 'bool')) return Uint8Array.from(tensor.data, Number);
  if (hasType(tensor, 'float') || hasType(tensor, 'double')) return littleEndian(tensor.data);
  throw new Error(`a tensor of type ${tensor.type} has no raw data`);
}

function hasType<Type extends TensorType>(tensor: Tensor, type: Type): tensor is Tensor<Type> {
  return tensor.type === type;
}
