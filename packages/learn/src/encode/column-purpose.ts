// What a column can be to a model, and what the encoder tells of each column.

import type { ColumnType } from '@ridgeline/tabular';

export const columnPurposes = [
  'numeric',
  'categorical',
  'boolean',
  'datetime',
  'text',
  'ignored',
] as const;
export type ColumnPurpose = (typeof columnPurposes)[number];

/** What was done to a column, and why. */
export interface ColumnReport {
  readonly column: string;
  readonly type: ColumnType;
  readonly purpose: ColumnPurpose;
  /** A sentence for people, such as `every value is 'x'`. */
  readonly reason: string;
  /** Rows without a value in training. */
  readonly missingCount: number;
  /** Number of features made from it; 0 where it is ignored. */
  readonly featureCount: number;
}
