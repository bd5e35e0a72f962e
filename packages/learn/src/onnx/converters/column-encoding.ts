// Each kind of column encoding as a part of the graph.

import type { ColumnEncoding } from '../../encode/column-encoding.ts';
import type { GraphBuilder } from '../graph-builder.ts';
import type { GraphFeatures } from '../graph-features.ts';
import type { Doubles } from '../operators.ts';
import { numbersOf, type RawColumns, textsOf } from '../raw-input.ts';
import { convertCategories } from './categorical-encoding.ts';
import { convertDatetime } from './datetime-encoding.ts';
import { convertText } from './text-encoding.ts';

export function convertEncoding(
  g: GraphBuilder,
  encoding: ColumnEncoding,
  raw: RawColumns,
): GraphFeatures {
  const columns = encoding.features.map(({ kind, levelCount }) => {
    return { kind, levelCount: levelCount ?? 0 };
  });
  return { values: valuesOf(g, encoding, raw), columns };
}

function valuesOf(g: GraphBuilder, encoding: ColumnEncoding, raw: RawColumns): Doubles {
  const { name } = encoding.input;
  switch (encoding.kind) {
    case 'numeric':
    case 'boolean':
      return numbersOf(raw, name);
    case 'categorical':
      return convertCategories(g, encoding, raw);
    case 'datetime':
      return convertDatetime(g, encoding.parts, numbersOf(raw, name));
    case 'text':
      return convertText(g, encoding, textsOf(raw, name));
  }
}
