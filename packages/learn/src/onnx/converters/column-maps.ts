// What a fitted transformer does to its columns. The maps that only compute go through all of their
// columns at once; those that make other columns go one by one.

import { FittedColumns } from '../../preprocess/fitted-columns.ts';
import type { ColumnMap } from '../../preprocess/maps/column-map.ts';
import type { LookupMap } from '../../preprocess/maps/lookup-map.ts';
import type { OneHotMap } from '../../preprocess/maps/one-hot-map.ts';
import type { FittedTransformer } from '../../preprocess/transformer.ts';
import { boundedToFinite, lookUp, signedLog } from '../arithmetic.ts';
import { int } from '../attribute.ts';
import { NotExpressible } from '../export-context.ts';
import type { GraphBuilder } from '../graph-builder.ts';
import { type GraphFeatures, joinFeatures, takeFeatures } from '../graph-features.ts';
import {
  cast,
  concatColumns,
  type Doubles,
  divide,
  equalNumbers,
  isMissing,
  maximum,
  minimum,
  not,
  or,
  reshape,
  rowOf,
  scalar,
  subtract,
  takeColumns,
  where,
} from '../operators.ts';
import { bools, doubles } from '../tensor.ts';
import { normalQuantile } from './normal.ts';
import { placesAmong } from './quantiles.ts';

type MapOf<Kind extends ColumnMap['kind']> = Extract<ColumnMap, { readonly kind: Kind }>;

/** @throws NotExpressible for a transformer that is no list of maps. */
export function convertTransformer(
  g: GraphBuilder,
  transformer: FittedTransformer,
  features: GraphFeatures,
): GraphFeatures {
  if (!(transformer instanceof FittedColumns)) {
    throw new NotExpressible(`the transformer ${transformer.transformer} has no form in ONNX`);
  }
  const { maps, inputs } = transformer;
  // Runs of maps of one kind are converted together.
  const parts: GraphFeatures[] = [];
  for (let start = 0; start < maps.length; ) {
    let end = start + 1;
    while (end < maps.length && maps[end].kind === maps[start].kind) end++;
    const indices = Array.from({ length: end - start }, (_, i) => start + i);
    const taken = takeFeatures(g, features, indices);
    const columns = indices.flatMap((j) => maps[j].outputs(inputs[j]));
    if (columns.length > 0) {
      const values = mapped(g, maps.slice(start, end), taken);
      parts.push({
        values,
        columns: columns.map(({ kind, levelCount }) => ({ kind, levelCount: levelCount ?? 0 })),
      });
    }
    start = end;
  }
  return joinFeatures(g, parts);
}

/** All maps are of the first one's kind. */
function mapped(g: GraphBuilder, maps: readonly ColumnMap[], x: GraphFeatures): Doubles {
  const [first] = maps;
  switch (first.kind) {
    case 'keep':
    case 'drop':
    case 'codes':
      return x.values;
    case 'affine':
      return affine(g, ofKind(maps, 'affine'), x.values);
    case 'signed-log':
      return signedLog(g, x.values);
    case 'fill':
      return filled(g, ofKind(maps, 'fill'), x);
    case 'indicator':
      return withIndicators(g, x, x.values, () => true);
    case 'quantile':
      return places(g, ofKind(maps, 'quantile'), x.values);
    case 'one-hot':
      return columnByColumn(g, ofKind(maps, 'one-hot'), x, (map, column) => oneHot(g, map, column));
    case 'lookup':
      return columnByColumn(g, ofKind(maps, 'lookup'), x, (map, column) => lookup(g, map, column));
  }
}

function ofKind<Kind extends ColumnMap['kind']>(
  maps: readonly ColumnMap[],
  kind: Kind,
): readonly MapOf<Kind>[] {
  return maps.filter((map): map is MapOf<Kind> => map.kind === kind);
}

function columnByColumn<Map extends ColumnMap>(
  g: GraphBuilder,
  maps: readonly Map[],
  x: GraphFeatures,
  convert: (map: Map, column: Doubles) => Doubles,
): Doubles {
  const parts = maps.map((map, j) => {
    const column = takeFeatures(g, x, [j]);
    return { values: convert(map, column.values), columns: column.columns };
  });
  return joinFeatures(g, parts).values;
}

function affine(g: GraphBuilder, maps: readonly MapOf<'affine'>[], x: Doubles): Doubles {
  const centers = rowOf(
    g,
    maps.map(({ center }) => center),
  );
  const scales = rowOf(
    g,
    maps.map(({ scale }) => scale),
  );
  return boundedToFinite(g, divide(g, subtract(g, x, centers), scales));
}

function filled(g: GraphBuilder, maps: readonly MapOf<'fill'>[], x: GraphFeatures): Doubles {
  const fills = rowOf(
    g,
    maps.map(({ fill }) => fill),
  );
  const values = where(g, isMissing(g, x.values), fills, x.values);
  return withIndicators(g, x, values, (j) => maps[j].addsIndicator);
}

/** Beside each column that `has` one, whether it misses a value, as 0 and 1. */
function withIndicators(
  g: GraphBuilder,
  x: GraphFeatures,
  values: Doubles,
  has: (column: number) => boolean,
): Doubles {
  const indicated = [...x.columns.keys()].filter(has);
  if (indicated.length === 0) return values;
  const missing = isMissing(g, takeFeatures(g, x, indicated).values);
  const both = concatColumns(g, [values, cast(g, missing, 'double')]);
  const order = [...x.columns.keys()].flatMap((j) => {
    return has(j) ? [j, x.columns.length + indicated.indexOf(j)] : [j];
  });
  return takeColumns(g, both, order);
}

/** As numbers and as normal deviates where the map says so, which all of a transformer's maps do alike. */
function places(g: GraphBuilder, maps: readonly MapOf<'quantile'>[], x: Doubles): Doubles {
  const place = placesAmong(
    g,
    x,
    maps.map(({ quantiles }) => quantiles),
  );
  if (maps.every(({ output }) => output === 'uniform')) return place;
  // scikit-learn's margin: the extremes would be infinite normal deviates.
  const margin = 1e-7 - 2 ** -52;
  const inside = minimum(g, scalar(g, 1 - margin), maximum(g, scalar(g, margin), place));
  const isNormal = g.constant(
    bools(
      maps.map(({ output }) => output === 'normal'),
      [1, maps.length],
    ),
  );
  return where(g, or(g, isMissing(g, x), not(g, isNormal)), place, normalQuantile(g, inside));
}

function oneHot(g: GraphBuilder, map: OneHotMap, column: Doubles): Doubles {
  const { columnOfCode, missingColumn, columnCount } = map;
  const places = [...columnOfCode, missingColumn];
  const place = lookUp(g, places, codeOrMissing(g, column, columnOfCode.length));
  const own = rowOf(g, [...new Array<number>(columnCount).keys()]);
  return cast(g, equalNumbers(g, place, own), 'double');
}

function lookup(g: GraphBuilder, { table, outputCount }: LookupMap, column: Doubles): Doubles {
  const levelCount = table.length / outputCount - 1;
  const rows = g.constant(doubles(table, [levelCount + 1, outputCount]));
  const indices = cast(g, codeOrMissing(g, column, levelCount), 'int64');
  const found = g.node('Gather', [rows, indices], 'double', { axis: int(0) });
  return reshape(g, found, [-1, outputCount]);
}

function codeOrMissing(g: GraphBuilder, column: Doubles, missing: number): Doubles {
  return where(g, isMissing(g, column), scalar(g, missing), column);
}
