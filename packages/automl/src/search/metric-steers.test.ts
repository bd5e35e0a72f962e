import { primaryMetrics } from '@ridgeline/learn';
import { numberColumn, stringColumn, Table } from '@ridgeline/tabular';
import { describe, expect, it } from 'vitest';
import { classTable, randomNumbers, regressionTable } from '../../test/tables.ts';
import { search } from './search.ts';

const settings = { maxTrials: 3, crossValidations: 2, seed: 3 } as const;

describe('every primary metric steers the search and the choice', () => {
  it.each(primaryMetrics('regression'))('$name', async ({ name, direction }) => {
    const train = regressionTable(60);
    const result = await search({ train }, { ...settings, targetColumn: 'y', primaryMetric: name });
    expectBestFirst(result, name, direction);
  });

  it.each(primaryMetrics('classification'))('$name', async ({ name, direction }) => {
    const train = classTable(90, ['a', 'b', 'c']);
    const given = { ...settings, targetColumn: 'label', primaryMetric: name };
    expectBestFirst(await search({ train }, given), name, direction);
  });
});

function expectBestFirst(
  result: Awaited<ReturnType<typeof search>>,
  name: string,
  direction: string,
): void {
  expect(result).toMatchObject({ primaryMetric: name, metricDirection: direction });
  const scores = result.leaderboard.flatMap(({ score }) => score ?? []);
  const ordered = scores.toSorted((a, b) => (direction === 'minimize' ? a - b : b - a));
  expect(scores).toEqual(ordered);
  expect(result.best).toBe(result.leaderboard[0]);
  expect(result.best.score).toBe(result.best.metrics.get(name));
}

it('two metrics choose different models where they prefer different ones', async () => {
  // Nine of ten rows are of one class, and no feature tells them apart well: who counts hits says the
  // common class always; who counts the recall of each class must not.
  const next = randomNumbers(4);
  const rows = 200;
  const a = Float64Array.from({ length: rows }, next);
  const label = Array.from(a, (value) => (value > 0.55 && next() < 0.3 ? 'rare' : 'common'));
  const train = Table.fromColumns([numberColumn('a', 'double', a), stringColumn('label', label)]);
  const given = { ...settings, targetColumn: 'label' };
  const byHits = await search({ train }, { ...given, primaryMetric: 'accuracy' });
  const byRecall = await search({ train }, { ...given, primaryMetric: 'norm_macro_recall' });
  const rareIn = ({ model }: typeof byHits) => {
    return [...model.predict(train)].filter((each) => each === 'rare').length;
  };
  expect(rareIn(byRecall)).toBeGreaterThan(2 * rareIn(byHits));
});

it('balanced class weights make a rare class more often seen', async () => {
  const next = randomNumbers(5);
  const a = Float64Array.from({ length: 300 }, next);
  const label = Array.from(a, (value) => (value > 0.6 && next() < 0.3 ? 'rare' : 'common'));
  const train = Table.fromColumns([numberColumn('a', 'double', a), stringColumn('label', label)]);
  const given = { ...settings, targetColumn: 'label', maxTrials: 2 };
  const plain = await search({ train }, given);
  const balanced = await search({ train }, { ...given, classWeight: 'balanced' });
  const rareIn = ({ model }: typeof plain) => {
    return [...model.predict(train)].filter((each) => each === 'rare').length;
  };
  expect(rareIn(balanced)).toBeGreaterThan(rareIn(plain));
});
