// The types of a table's columns, written out here because this package takes only types from
// @ridgeline/tabular, which needs Node.

import type { ColumnType } from '@ridgeline/tabular';

export type { ColumnType };

const known: Readonly<Record<ColumnType, true>> = {
  long: true,
  double: true,
  boolean: true,
  datetime: true,
  string: true,
};

export const columnTypes = Object.keys(known) as readonly ColumnType[];
