// Attributes of a node: what ONNX calls AttributeProto.

import { ProtoWriter } from './proto-writer.ts';
import { type Tensor, writeTensor } from './tensor.ts';

export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'texts'; readonly value: readonly string[] }
  | { readonly kind: 'floats'; readonly value: ArrayLike<number> }
  | { readonly kind: 'tensor'; readonly value: Tensor };

export type Attributes = Readonly<Record<string, Attribute>>;

/** ONNX's number of each kind. */
const kindNumbers = {
  float: 1,
  int: 2,
  text: 3,
  tensor: 4,
  floats: 6,
  ints: 7,
  texts: 8,
} as const;

export const int = (value: number): Attribute => ({ kind: 'int', value });
export const float = (value: number): Attribute => ({ kind: 'float', value });
export const text = (value: string): Attribute => ({ kind: 'text', value });
export const ints = (value: readonly number[]): Attribute => ({ kind: 'ints', value });
export const texts = (value: readonly string[]): Attribute => ({ kind: 'texts', value });
export const floatList = (value: ArrayLike<number>): Attribute => ({ kind: 'floats', value });
export const tensor = (value: Tensor): Attribute => ({ kind: 'tensor', value });

/** The attribute as an AttributeProto. */
export function writeAttribute(name: string, attribute: Attribute): ProtoWriter {
  const writer = new ProtoWriter().text(1, name);
  switch (attribute.kind) {
    case 'int':
      writer.int(3, attribute.value);
      break;
    case 'float':
      writer.float(2, attribute.value);
      break;
    case 'text':
      writer.text(4, attribute.value);
      break;
    case 'ints':
      writer.ints(8, attribute.value);
      break;
    case 'floats':
      writer.floats(7, attribute.value);
      break;
    case 'texts':
      for (const item of attribute.value) writer.text(9, item);
      break;
    case 'tensor':
      writer.message(5, writeTensor(attribute.value, ''));
  }
  return writer.int(20, kindNumbers[attribute.kind]);
}
