// A part of the rows kept away from the search, to judge the chosen model on.
import { type Label, LearnError, trainTestSplit } from '@ridgeline/learn';
import type { Table } from '@ridgeline/tabular';

export interface HoldOutOptions {
  /** Above 0 and below 1. */
  readonly size: number;
  readonly seed: number;
  /** A column of which both parts get each value's share, where its values allow that. */
  readonly stratify?: string | null;
}

export interface HeldOut {
  readonly train: Table;
  readonly test: Table;
}

/** @throws LearnError SPLIT_IMPOSSIBLE when a part would be empty */
export function holdOut(table: Table, { size, seed, stratify = null }: HoldOutOptions): HeldOut {
  const options = { testSize: size, randomState: seed };
  const { train, test } =
    (stratify === null ? null : stratified(table, stratify, options)) ??
    trainTestSplit(table.rowCount, options);
  return { train: table.takeRows(train), test: table.takeRows(test) };
}

/** Null where a value is too rare to be on both sides. */
function stratified(
  table: Table,
  name: string,
  options: { readonly testSize: number; readonly randomState: number },
) {
  try {
    return trainTestSplit(table.rowCount, { ...options, stratify: labelsOf(table, name) });
  } catch (error) {
    if (error instanceof LearnError && error.code === 'SPLIT_IMPOSSIBLE') return null;
    throw error;
  }
}

function labelsOf(table: Table, name: string): readonly Label[] {
  const column = table.column(name);
  return Array.from(column.type === 'string' ? column.codes : column.values, (value) =>
    Number.isNaN(value) ? -1 : value,
  );
}
