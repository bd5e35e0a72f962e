// Which columns of a wide table are explained one by one: those that tell most of the target alone.
import type { Table } from '@ridgeline/tabular';
import { groupsOf } from '../guardrails/column-codes.ts';
import {
  classesExplained,
  halvesOf,
  varianceExplained,
} from '../guardrails/single-column-score.ts';

export interface KnownTarget {
  /** Rows of the table that have a target. */
  readonly rows: Int32Array;
  /** One a row of `rows`: the number, or the code of the class. */
  readonly values: Float64Array;
  /** Null of a regression. */
  readonly classCount: number | null;
}

/** At most `most` of the names, in their order. */
export function chosenColumns(
  table: Table,
  names: readonly string[],
  target: KnownTarget,
  most: number,
): readonly string[] {
  if (names.length <= most) return names;
  const halves = halvesOf(target.rows.length);
  const scored = names.map((name) => ({ name, score: scoreOf(table, name, target, halves) }));
  const best = scored.sort((a, b) => b.score - a.score).slice(0, most);
  const chosen = new Set(best.map(({ name }) => name));
  return names.filter((name) => chosen.has(name));
}

function scoreOf(
  table: Table,
  name: string,
  { rows, values, classCount }: KnownTarget,
  halves: Uint8Array,
): number {
  const groups = groupsOf(
    table.column(name),
    rows,
    Math.max(2, Math.floor(Math.sqrt(rows.length) / 2)),
  );
  return classCount === null
    ? varianceExplained(groups, values, halves)
    : classesExplained(groups, values, classCount, halves);
}
