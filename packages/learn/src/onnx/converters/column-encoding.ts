// Each kind of column encoding as a part of the graph.

import { BooleanEncoding } from '../../encode/boolean-encoding.ts';
import { CategoricalEncoding } from '../../encode/categorical-encoding.ts';
import { DatetimeEncoding } from '../../encode/datetime-encoding.ts';
import type { Encoding } from '../../encode/input-column.ts';
import { NumericEncoding } from '../../encode/numeric-encoding.ts';
import { TextEncoding } from '../../encode/text-encoding.ts';
import { NotExpressible } from '../export-context.ts';
import type { GraphBuilder } from '../graph-builder.ts';
import type { GraphFeatures } from '../graph-features.ts';
import type { Doubles } from '../operators.ts';
import type { RawColumn } from '../raw-input.ts';
import { convertCategorical } from './categorical-encoding.ts';
import { convertDatetime } from './datetime-encoding.ts';
import { convertText } from './text-encoding.ts';

export function convertEncoding(g: GraphBuilder, encoding: Encoding, raw: RawColumn): GraphFeatures {
  const columns = encoding.features.map(({ kind, levelCount }) => {
    return { kind, levelCount: levelCount ?? 0 };
  });
  return { values: valuesOf(g, encoding, raw), columns };
}

function valuesOf(g: GraphBuilder, encoding: Encoding, raw: RawColumn): Doubles {
  if (encoding instanceof CategoricalEncoding) return convertCategorical(g, encoding, raw);
  if (raw.kind === 'texts') {
    if (encoding instanceof TextEncoding) return convertText(g, encoding, raw.values);
  } else {
    if (encoding instanceof DatetimeEncoding) return convertDatetime(g, encoding.parts, raw.values);
    if (encoding instanceof NumericEncoding || encoding instanceof BooleanEncoding) return raw.values;
  }
  throw new NotExpressible(`the encoding of column '${encoding.input.name}' has no form in ONNX`);
}
