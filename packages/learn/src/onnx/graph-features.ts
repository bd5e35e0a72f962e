// The features of a learner within a graph: one matrix of doubles, and what each column of it is.

import type { GraphBuilder } from './graph-builder.ts';
import { concatColumns, type Doubles, takeColumns } from './operators.ts';

export interface GraphColumn {
  readonly kind: 'numeric' | 'categorical';
  /** Number of levels of a categorical column; 0 for a numeric one. */
  readonly levelCount: number;
}

export interface GraphFeatures {
  /** Of shape [rows, columns]; NaN means missing, as in a FeatureMatrix. */
  readonly values: Doubles;
  readonly columns: readonly GraphColumn[];
}

const numericColumn: GraphColumn = { kind: 'numeric', levelCount: 0 };

export function numericColumns(count: number): GraphColumn[] {
  return new Array<GraphColumn>(count).fill(numericColumn);
}

/** The features beside each other. */
export function joinFeatures(g: GraphBuilder, parts: readonly GraphFeatures[]): GraphFeatures {
  const filled = parts.filter(({ columns }) => columns.length > 0);
  return {
    values: concatColumns(
      g,
      filled.map(({ values }) => values),
    ),
    columns: filled.flatMap(({ columns }) => columns),
  };
}

/** The columns at `indices`, in that order. */
export function takeFeatures(
  g: GraphBuilder,
  { values, columns }: GraphFeatures,
  indices: readonly number[],
): GraphFeatures {
  const same = indices.length === columns.length && indices.every((index, at) => index === at);
  if (same) return { values, columns };
  return {
    values: takeColumns(g, values, indices),
    columns: indices.map((index) => columns[index]),
  };
}
