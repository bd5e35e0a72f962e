// Names and kinds of features without their values: what fitted steps know of the columns that they
// take and make.

import { LearnError } from '../errors.ts';
import { integer, list, oneOf, record, text } from '../model-json/read-fields.ts';
import type { FeatureColumn, FeatureMatrix } from './feature-matrix.ts';

export interface FeatureSchema {
  readonly name: string;
  readonly kind: 'numeric' | 'categorical';
  /** Number of levels of a categorical feature; null of a numeric one. */
  readonly levelCount: number | null;
}

export function schemaOf(x: FeatureMatrix): readonly FeatureSchema[] {
  return x.columns.map((column) => {
    const levelCount = column.kind === 'categorical' ? column.levelCount : null;
    return { name: column.name, kind: column.kind, levelCount };
  });
}

export function featureColumn(
  { name, kind, levelCount }: FeatureSchema,
  values: Float64Array,
): FeatureColumn {
  if (kind === 'numeric') return { kind, name, values };
  return { kind, name, values, levelCount: levelCount ?? 1 };
}

/**
 * Numbers and kinds of columns must agree; names may differ.
 * @throws LearnError SHAPE_MISMATCH naming the first column that differs.
 */
export function checkSchema(x: FeatureMatrix, expected: readonly FeatureSchema[]): void {
  if (x.columnCount !== expected.length) {
    throw new LearnError(
      'SHAPE_MISMATCH',
      `the features have ${x.columnCount} columns, and ${expected.length} were there in training; ` +
        'give the same columns in the same order',
    );
  }
  x.columns.forEach((column, j) => {
    const { kind, levelCount, name } = expected[j];
    if (column.kind === kind && (column.kind === 'numeric' || column.levelCount === levelCount)) {
      return;
    }
    throw new LearnError(
      'SHAPE_MISMATCH',
      `column '${column.name}' is ${column.kind}, and '${name}' was ${kind}` +
        `${levelCount === null ? '' : ` with ${levelCount} levels`} in training`,
    );
  });
}

/** @throws LearnError MODEL_INVALID naming the field that is wrong. */
export function readSchema(json: unknown, what: string): readonly FeatureSchema[] {
  return list(json, what, readFeature, { minLength: 1, maxLength: 1_000_000 });
}

function readFeature(json: unknown, what: string): FeatureSchema {
  const fields = record(json, what);
  const name = text(fields.name, `${what}.name`);
  const kind = oneOf(fields.kind, `${what}.kind`, ['numeric', 'categorical']);
  if (kind === 'numeric') return { name, kind, levelCount: null };
  const levelCount = integer(fields.levelCount, `${what}.levelCount`, { min: 1, max: 2 ** 20 });
  return { name, kind, levelCount };
}
