// Reads what the maps' `toJSON` wrote, taking nothing on trust.

import type { FeatureSchema } from '../../matrix/feature-schema.ts';
import {
  bool,
  finite,
  integer,
  invalidField,
  list,
  oneOf,
  record,
} from '../../model-json/read-fields.ts';
import { AffineMap } from './affine-map.ts';
import type { ColumnMap } from './column-map.ts';
import { FillMap } from './fill-map.ts';
import { IndicatorMap } from './indicator-map.ts';
import { LookupMap } from './lookup-map.ts';
import { OneHotMap } from './one-hot-map.ts';
import { codes, drop, keep } from './plain-maps.ts';
import { QuantileMap, quantileOutputs } from './quantile-map.ts';
import { SignedLogMap } from './signed-log-map.ts';

type Fields = Readonly<Record<string, unknown>>;
type Reader = (fields: Fields, what: string, input: FeatureSchema) => ColumnMap;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['keep', () => keep],
  ['drop', () => drop],
  ['codes', () => codes],
  ['affine', readAffine],
  ['signed-log', () => new SignedLogMap()],
  ['quantile', readQuantile],
  ['fill', readFill],
  ['indicator', () => new IndicatorMap()],
  ['one-hot', readOneHot],
  ['lookup', readLookup],
]);

/** @throws LearnError MODEL_INVALID naming the field that is wrong. */
export function readColumnMap(json: unknown, what: string, input: FeatureSchema): ColumnMap {
  const fields = record(json, what);
  const kind = oneOf(fields.kind, `${what}.kind`, [...readers.keys()]);
  const read = readers.get(kind);
  if (read === undefined) throw new Error(`there is no reader of ${kind}`);
  return read(fields, what, input);
}

function readAffine(fields: Fields, what: string): AffineMap {
  const scale = finite(fields.scale, `${what}.scale`);
  if (scale <= 0) throw invalidField(`${what}.scale is not above 0`);
  return new AffineMap(finite(fields.center, `${what}.center`), scale);
}

function readQuantile(fields: Fields, what: string): QuantileMap {
  const limits = { minLength: 1, maxLength: 100_000 };
  const quantiles = list(fields.quantiles, `${what}.quantiles`, finite, limits);
  if (quantiles.some((value, i) => i > 0 && value < quantiles[i - 1])) {
    throw invalidField(`${what}.quantiles do not ascend`);
  }
  const output = oneOf(fields.output, `${what}.output`, quantileOutputs);
  return new QuantileMap(Float64Array.from(quantiles), output);
}

function readFill(fields: Fields, what: string, input: FeatureSchema): FillMap {
  const name = `${what}.fill`;
  const fill =
    input.levelCount === null
      ? finite(fields.fill, name)
      : integer(fields.fill, name, { max: input.levelCount - 1 });
  return new FillMap(fill, bool(fields.addsIndicator, `${what}.addsIndicator`));
}

function readOneHot(fields: Fields, what: string, input: FeatureSchema): OneHotMap {
  const length = levelCountOf(input, what);
  const columnCount = integer(fields.columnCount, `${what}.columnCount`, { max: length + 2 });
  const column = (value: unknown, name: string) =>
    integer(value, name, { min: -1, max: columnCount - 1 });
  const columnOfCode = list(fields.columnOfCode, `${what}.columnOfCode`, column, { length });
  const missingColumn = column(fields.missingColumn, `${what}.missingColumn`);
  return new OneHotMap(Int32Array.from(columnOfCode), missingColumn, columnCount);
}

function readLookup(fields: Fields, what: string, input: FeatureSchema): LookupMap {
  const outputCount = integer(fields.outputCount, `${what}.outputCount`, { min: 1, max: 10_000 });
  const length = (levelCountOf(input, what) + 1) * outputCount;
  const table = list(fields.table, `${what}.table`, finite, { length });
  return new LookupMap(outputCount, Float64Array.from(table));
}

function levelCountOf({ name, levelCount }: FeatureSchema, what: string): number {
  if (levelCount !== null) return levelCount;
  throw invalidField(`${what} is for categories, and '${name.slice(0, 100)}' is numeric`);
}
