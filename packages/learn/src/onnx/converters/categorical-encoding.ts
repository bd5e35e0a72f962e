// A column of categories as codes: a LabelEncoder, whose default is the code of what was never seen.

import type { CategoricalEncoding } from '../../encode/categorical-encoding.ts';
import { float, floatList, tensor, texts } from '../attribute.ts';
import type { GraphBuilder } from '../graph-builder.ts';
import { cast, type Doubles, isMissing, type Strings, where } from '../operators.ts';
import { numbersOf, type RawColumns, textsOf } from '../raw-input.ts';
import { doubles } from '../tensor.ts';

/** What pandas' missing values become on their way into a tensor of texts. */
const missingTexts = ['', 'nan', 'None', '<NA>'];

export function convertCategories(
  g: GraphBuilder,
  { input, levels, mergesRare }: CategoricalEncoding,
  raw: RawColumns,
): Doubles {
  const unseen = mergesRare ? levels.length : Number.NaN;
  return input.type === 'string'
    ? codesOfTexts(g, levels.map(String), unseen, textsOf(raw, input.name))
    : codesOfNumbers(g, levels.map(Number), unseen, numbersOf(raw, input.name));
}

function codesOfTexts(
  g: GraphBuilder,
  levels: readonly string[],
  unseen: number,
  values: Strings,
): Doubles {
  const missing = missingTexts.filter((text) => !levels.includes(text));
  const codes = [...levels.keys(), ...missing.map(() => Number.NaN)];
  const attributes = {
    keys_strings: texts([...levels, ...missing]),
    values_floats: floatList(codes),
    default_float: float(unseen),
  };
  return cast(g, g.node('LabelEncoder', [values], 'float', attributes, 'ai.onnx.ml'), 'double');
}

function codesOfNumbers(
  g: GraphBuilder,
  levels: readonly number[],
  unseen: number,
  values: Doubles,
): Doubles {
  const attributes = {
    keys_tensor: tensor(doubles(levels)),
    values_tensor: tensor(doubles([...levels.keys()])),
    default_tensor: tensor(doubles([unseen])),
  };
  const codes = g.node('LabelEncoder', [values], 'double', attributes, 'ai.onnx.ml');
  const missing = g.constant(doubles([Number.NaN], []));
  return where(g, isMissing(g, values), missing, codes);
}
