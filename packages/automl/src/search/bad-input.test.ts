import { numberColumn, stringColumn, Table } from '@ridgeline/tabular';
import { describe, expect, it } from 'vitest';
import { randomNumbers, regressionTable, withColumn } from '../../test/tables.ts';
import { search } from './search.ts';

const settings = { targetColumn: 'y', maxTrials: 2, crossValidations: 2, seed: 0 } as const;

describe('a search refuses', () => {
  const train = regressionTable(30);
  it.each([
    ['a target that is not there', { targetColumn: 'z' }, 'COLUMN_NOT_FOUND', 'z'],
    ['a weight column that is not there', { weightColumn: 'w' }, 'COLUMN_NOT_FOUND', 'w'],
    ['text as a weight', { weightColumn: 'city' }, 'WEIGHT_INVALID', 'city'],
    [
      'text for a regression',
      { targetColumn: 'city', task: 'regression' },
      'TARGET_INVALID',
      'city',
    ],
    ['values as classes', { task: 'classification' }, 'TARGET_INVALID', 'y'],
    ['a split column of other values', { cvSplitColumns: ['a'] }, 'SPLIT_INVALID', 'a'],
    ['more folds than rows', { crossValidations: 31 }, 'SPLIT_INVALID', null],
    [
      'a positive label that is no class',
      { targetColumn: 'city', positiveLabel: 'Oslo' },
      'SETTING_INVALID',
      null,
    ],
    [
      'a learner of another task only',
      { allowedLearners: ['logistic_regression'] },
      'LEARNER_NONE_LEFT',
      null,
    ],
  ] as const)('%s', async (_, given, code, column) => {
    const refused = search({ train }, { ...settings, ...given });
    await expect(refused).rejects.toMatchObject({ code, column });
  });

  it('one row', async () => {
    const refused = search({ train: regressionTable(1) }, { ...settings, task: 'regression' });
    await expect(refused).rejects.toMatchObject({
      code: expect.stringMatching(/TARGET_INVALID|DATA_TOO_SMALL/),
    });
  });

  it('two rows', async () => {
    const refused = search({ train: regressionTable(2) }, settings);
    await expect(refused).rejects.toMatchObject({ code: 'DATA_TOO_SMALL' });
  });

  it('an infinity among the features, naming column and row', async () => {
    const broken = withColumn(train, 'b', (row) => (row === 3 ? Number.POSITIVE_INFINITY : row));
    await expect(search({ train: broken }, settings)).rejects.toThrow(
      /column 'b', row 3 .* correct the cell, or leave it empty/,
    );
  });

  it('a table of nothing but the target', async () => {
    const bare = search({ train: train.select(['y']) }, settings);
    await expect(bare).rejects.toMatchObject({ code: 'DATA_NO_FEATURES' });
  });
});

describe('a search copes with', () => {
  it('rows without a target, and tells of them', async () => {
    const table = regressionTable(40);
    const y = table.numbers('y').map((value, row) => (row < 3 ? Number.NaN : value));
    const train = Table.fromColumns([
      ...table.without(['y']).columns(),
      numberColumn('y', 'double', y),
    ]);
    const { notes, outOfFold } = await search({ train }, settings);
    expect(notes).toContainEqual(expect.objectContaining({ code: 'TARGET_MISSING', column: 'y' }));
    expect(Math.min(...outOfFold.rows)).toBe(3);
  });

  it('constant columns and ids, and tells of them', async () => {
    const train = withColumn(regressionTable(60), 'same', () => 7);
    const { notes } = await search({ train }, settings);
    expect(notes).toContainEqual(
      expect.objectContaining({ code: 'COLUMN_IGNORED', column: 'same' }),
    );
  });

  it('dates in formats that contradict, and tells of them', async () => {
    const days = Array.from({ length: 40 }, (_, row) => {
      return row % 2 === 0 ? `${13 + (row % 10)}.01.2020` : `01/${13 + (row % 10)}/2020`;
    });
    const table = regressionTable(40);
    const train = Table.fromColumns([...table.columns(), stringColumn('day', days)]);
    const { notes } = await search({ train }, settings);
    const message = expect.stringContaining('no reading of the column would be safe');
    expect(notes).toContainEqual({ code: 'DATES_READ', column: 'day', message });
  });

  it('more columns than rows', async () => {
    const next = randomNumbers(1);
    let train = regressionTable(20);
    for (let i = 0; i < 40; i++) train = withColumn(train, `x${i}`, next);
    const { best } = await search({ train }, { ...settings, maxTrials: 6 });
    expect(best.score).not.toBeNull();
  });

  it('missing values everywhere, ten thousand categories, and a class of one row', async () => {
    const next = randomNumbers(2);
    const rows = 400;
    const train = Table.fromColumns([
      numberColumn(
        'gap',
        'double',
        Float64Array.from({ length: rows }, () => (next() < 0.5 ? Number.NaN : next())),
      ),
      stringColumn(
        'many',
        Array.from({ length: rows }, () => `level ${Math.floor(next() * 10_000)}`),
      ),
      stringColumn(
        'few',
        Array.from({ length: rows }, () => (next() < 0.3 ? null : next() < 0.5 ? 'u' : 'v')),
      ),
      stringColumn(
        'y',
        Array.from({ length: rows }, (_, row) => (row === 0 ? 'rare' : next() < 0.5 ? 'a' : 'b')),
      ),
    ]);
    const { best, notes, leaderboard } = await search({ train }, { ...settings, maxTrials: 7 });
    expect(best.state).toBe('completed');
    expect(leaderboard.filter(({ state }) => state === 'failed')).toEqual([]);
    expect(notes).toContainEqual(expect.objectContaining({ code: 'CLASS_RARE' }));
  });
});
