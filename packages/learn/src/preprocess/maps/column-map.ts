// What a fitted transformer does to one column. Every transformer is a list of such maps, one a column,
// so that rows, tables, model files and other formats need to know the maps only.

import type { FeatureSchema } from '../../matrix/feature-schema.ts';
import type { AffineMap } from './affine-map.ts';
import type { FillMap } from './fill-map.ts';
import type { IndicatorMap } from './indicator-map.ts';
import type { LookupMap } from './lookup-map.ts';
import type { OneHotMap } from './one-hot-map.ts';
import type { CodesMap, DropMap, KeepMap } from './plain-maps.ts';
import type { QuantileMap } from './quantile-map.ts';
import type { SignedLogMap } from './signed-log-map.ts';

/** A map of one column to none, one or several. */
export interface MapOfColumn {
  /** The columns that it makes of `input`. */
  outputs(input: FeatureSchema): readonly FeatureSchema[];
  /** One array an output; the column's own where nothing changes. */
  mapColumn(values: Float64Array): readonly Float64Array[];
  /** Writes one number an output to `out` from index `at` on. */
  mapCell(value: number, out: Float64Array, at: number): void;
  toJSON(): { readonly kind: string };
}

export type ColumnMap =
  | KeepMap
  | DropMap
  | CodesMap
  | AffineMap
  | SignedLogMap
  | QuantileMap
  | FillMap
  | IndicatorMap
  | OneHotMap
  | LookupMap;

export function numericOutput(name: string): FeatureSchema {
  return { name, kind: 'numeric', levelCount: null };
}
