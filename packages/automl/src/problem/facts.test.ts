import { numberColumn, stringColumn, Table } from '@ridgeline/tabular';
import { describe, expect, it } from 'vitest';
import { foldsOf } from '../evaluation/plan.ts';
import { resolveSettings } from '../settings/resolve-settings.ts';
import { factsOf } from './facts.ts';
import { makeProblem } from './make-problem.ts';

/** A column of texts of so many levels, and a target of so many classes. */
function factsFor(rowCount: number, levels: number, classes: number) {
  const rows = Array.from({ length: rowCount }, (_, row) => row);
  const train = Table.fromColumns([
    stringColumn(
      'level',
      rows.map((row) => `level ${row % levels}`),
    ),
    numberColumn('noise', 'double', Float64Array.from(rows, Math.sin)),
    stringColumn(
      'y',
      rows.map((row) => `class ${(row * 7) % classes}`),
    ),
  ]);
  const settings = resolveSettings(train, { targetColumn: 'y' });
  const { problem } = makeProblem({ train }, settings);
  const plan = foldsOf(new Array(rowCount).fill(0), { count: 3, repeats: 1, seed: 0 });
  return factsOf(problem, plan, settings.primaryMetric);
}

describe('a category has many levels', () => {
  it('from 20 on, where there are rows for their means', () => {
    expect(factsFor(1_200, 20, 2)).toMatchObject({ categoricalCount: 1, hasManyLevels: true });
    expect(factsFor(1_200, 19, 2)).toMatchObject({ categoricalCount: 1, hasManyLevels: false });
    expect(factsFor(800, 20, 2).hasManyLevels).toBe(false);
  });

  it('but not where each of many classes would make a column of means', () => {
    expect(factsFor(1_200, 20, 11).hasManyLevels).toBe(false);
  });
});
