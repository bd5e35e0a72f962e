// Forecasts from a table to a model: what wins, what is never looked at, and what is refused.
import { readForecastModel } from '@ridgeline/learn';
import { numberColumn, stringColumn, Table } from '@ridgeline/tabular';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GivenSettings } from '../settings/resolve-settings.ts';
import type { GivenForecasting } from './forecasting-settings.ts';
import { holdOutLatest } from './hold-out-latest.ts';
import { searchForecast } from './search-forecast.ts';

const day = 86_400_000;
const start = Date.UTC(2024, 0, 1);

interface Row {
  readonly at: number;
  readonly store: string;
  readonly units: number;
}

/** Weekly seasons and a trend; the second store sells twice as much. */
function rowsOf(days: number, stores: readonly string[] = ['a', 'b']): readonly Row[] {
  return stores.flatMap((store, s) =>
    Array.from({ length: days }, (_, i) => {
      const noise = Math.sin(i * 12.9898 + s) * 2;
      const week = [0, 3, 5, 4, 9, 20, 15][i % 7];
      return { at: start + i * day, store, units: (s + 1) * (50 + week + i / 10) + noise };
    }),
  );
}

function tableOf(rows: readonly Row[]): Table {
  return Table.fromColumns([
    numberColumn(
      'day',
      'datetime',
      Float64Array.from(rows, ({ at }) => at),
    ),
    stringColumn(
      'store',
      rows.map(({ store }) => store),
    ),
    numberColumn(
      'units',
      'double',
      Float64Array.from(rows, ({ units }) => units),
    ),
  ]);
}

const few = { targetColumn: 'units', maxTrials: 9 } as const;
const weekly = { timeColumn: 'day', seriesColumns: ['store'], horizon: 7 } as const;

function run(
  rows: readonly Row[],
  given: Partial<GivenSettings> = {},
  forecasting: Partial<GivenForecasting> = {},
) {
  const settings = { ...few, ...given };
  return searchForecast({ train: tableOf(rows) }, settings, { ...weekly, ...forecasting });
}

describe('a search of forecasts', () => {
  it('is at least as good as the seasonal naive forecast, and sees the week', async () => {
    const { best, leaderboard, season, testMetrics } = await run(rowsOf(140));
    const naive = leaderboard.find(({ learner }) => learner === 'seasonal_naive');
    expect(season).toBe(7);
    expect(best.score).toBeLessThan(0.7 * (naive?.score ?? 0));
    expect(testMetrics).toBeNull();
    expect(best.foldMetrics.get('normalized_root_mean_squared_error')?.length).toBe(5);
  });

  it('gives the same leaderboard for the same seed', async () => {
    const boards = await Promise.all(
      [1, 2].map(async () => {
        const { leaderboard } = await run(rowsOf(60), { maxTrials: 20, seed: 5 });
        return leaderboard.map(({ number, description, score }) => [number, description, score]);
      }),
    );
    expect(boards[0].length).toBe(20);
    expect(boards[1]).toEqual(boards[0]);
  });

  it('does as well on days that it never saw', async () => {
    const { train, test } = holdOutLatest(tableOf(rowsOf(140)), 'day', 0.05);
    expect(test.rowCount).toBe(14);
    const result = await searchForecast({ train, test }, few, weekly);
    expect(result.testMetrics?.get('r2_score')).toBeGreaterThan(0.95);
  });

  it('ends with a model when it is stopped or has no time', async () => {
    const stopped = AbortSignal.abort();
    const train = tableOf(rowsOf(60));
    const cancelled = await searchForecast({ train }, few, weekly, { signal: stopped });
    expect([cancelled.stopReason, cancelled.leaderboard.length]).toEqual(['cancelled', 1]);
    const hurried = await run(rowsOf(60), { timeBudgetSeconds: 0.001 });
    expect(hurried.stopReason).toBe('time_budget');
  });

  it('leaves time to fit the best once more', async () => {
    const [budgetSeconds, trialSeconds, folds] = [20, 4, 2];
    let seconds = 0;
    const clock = { now: () => seconds * 1000, after: () => () => {} };
    const onTrialStart = () => {
      seconds += trialSeconds;
    };
    const limits = { crossValidations: folds, timeBudgetSeconds: budgetSeconds };
    const given = { targetColumn: 'units', ...limits };
    const train = tableOf(rowsOf(60));
    const { stopReason } = await searchForecast({ train }, given, weekly, { clock, onTrialStart });
    expect(stopReason).toBe('time_budget');
    expect(budgetSeconds - seconds).toBeGreaterThanOrEqual(trialSeconds / folds);
  });

  it('tells of what it does not use', async () => {
    const column = numberColumn('price', 'double', new Float64Array(60));
    const train = Table.fromColumns([...tableOf(rowsOf(60, ['a'])).columns(), column]);
    const given = { ...few, maxTrials: 1, classWeight: 'balanced' } as const;
    const { notes } = await searchForecast({ train }, given, weekly);
    expect(notes.map(({ message }) => message).join('\n')).toMatch(/price[\s\S]*class weights/);
  });
});

describe('a forecast', () => {
  it('never looks ahead: other values after its past leave it as it is', async () => {
    const learners = ['seasonal_naive', 'exponential_smoothing', 'ridge', 'light_gbm'];
    const rows = rowsOf(50);
    const cut = start + 40 * day;
    const past = rows.filter(({ at }) => at < cut);
    const future = rows.filter(({ at }) => at >= cut);
    for (const learner of learners) {
      const given = { allowedLearners: [learner], maxTrials: 1 };
      const { model } = await run(past, given, { seasonality: 7 });
      const expected = model.predict(tableOf(future));
      await fc.assert(
        fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 20, maxLength: 20 }), (y) => {
          const changed = future.map((row, i) => ({ ...row, units: y[i] }));
          expect(model.predict(tableOf(changed))).toEqual(expected);
        }),
        { numRuns: 20 },
      );
    }
  });

  it('judges an origin the same whatever comes after the rows that judge it', async () => {
    const rows = rowsOf(60);
    const scores = [1, 1000].map(async (factor) => {
      const changed = rows.map((row) =>
        row.at >= start + 53 * day ? { ...row, units: row.units * factor } : row,
      );
      const given = { crossValidations: 2, maxTrials: 10 };
      const { leaderboard } = await run(changed, given);
      return leaderboard
        .toSorted((a, b) => a.number - b.number)
        .map(({ foldMetrics }) => foldMetrics.get('mean_absolute_error')?.[0]);
    });
    const [as, other] = await Promise.all(scores);
    expect(as.length).toBe(10);
    expect(other).toEqual(as);
  });

  it('comes back from its JSON, and predicts a row of cells as the table', async () => {
    for (const learner of ['naive', 'exponential_smoothing', 'ridge', 'gradient_boosting']) {
      const { model } = await run(rowsOf(40), { allowedLearners: [learner], maxTrials: 1 });
      const future = tableOf(rowsOf(47).filter(({ at }) => at >= start + 40 * day));
      const read = readForecastModel(JSON.parse(JSON.stringify(model)));
      expect(read.predict(future)).toEqual(model.predict(future));
      const cells = future.toRows().map(({ day: time, store }) => [time, store]);
      expect(read.predictRows(cells)).toEqual(model.predict(future));
    }
  });

  it('bridges gaps, and goes on from the end of each series', async () => {
    const rows = rowsOf(70).filter(
      ({ at, store }, i) => i % 9 !== 4 && !(store === 'b' && at > start + 60 * day),
    );
    const { model, leaderboard } = await run(rows);
    expect(leaderboard.every(({ state }) => state === 'completed')).toBe(true);
    expect([...model.nextTimes.keys()]).toEqual(['a', 'b']);
    expect(model.nextTimes.get('b')?.toString()).toMatch(/^2024-03-0[12]/);
    const future = rowsOf(77).filter(({ at }) => at >= start + 70 * day);
    const forecasts = model.predict(tableOf(future));
    const errors = Array.from(forecasts, (value, i) => Math.abs(value / future[i].units - 1));
    expect(Math.max(...errors)).toBeLessThan(0.2);
  });

  it.each([4, 5])(
    'takes months of different lengths as equal steps, and texts as dates: %i years',
    async (years) => {
      const texts = Array.from({ length: 12 * years }, (_, i) => {
        return `${2015 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01`;
      });
      const y = Float64Array.from(texts, (_, i) => 10 + i + 5 * Math.sin((i * Math.PI) / 6));
      const train = Table.fromColumns([stringColumn('m', texts), numberColumn('y', 'double', y)]);
      const given = { targetColumn: 'y', maxTrials: 10 };
      const { model, season } = await searchForecast({ train }, given, {
        timeColumn: 'm',
        horizon: 12,
      });
      expect(season).toBe(12);
      const [next] = model.predictRows([[`${2015 + years}-01-01`]]);
      expect(Math.abs(next - (10 + 12 * years))).toBeLessThan(3);
    },
  );
});

describe('a forecast refuses', () => {
  const rows = rowsOf(30);
  it.each<[string, () => Promise<unknown>, string, string]>([
    [
      'two rows of a series at one time',
      () => run([...rows, rows[3]]),
      'DATA_SERIES_INVALID',
      'rows 3 and 60',
    ],
    ['a series that is too short', () => run(rowsOf(8)), 'DATA_TOO_SMALL', 'need'],
    [
      'a time between two',
      () => run([...rows, { ...rows[0], at: start + 40.5 * day }]),
      'DATA_SERIES_INVALID',
      'row 60',
    ],
    [
      'a time column that is none',
      () => run(rows, {}, { timeColumn: 'units', seriesColumns: [] }),
      'SETTING_INVALID',
      'named twice',
    ],
    [
      'a column that is not there',
      () => run(rows, {}, { timeColumn: 'date' }),
      'COLUMN_NOT_FOUND',
      'date',
    ],
    [
      'a target of texts',
      () => run(rows, { targetColumn: 'store' }, { seriesColumns: [] }),
      'TARGET_INVALID',
      'store',
    ],
    [
      'a frequency that is none',
      () => run(rows, {}, { frequency: 'often' }),
      'PARAMETER_INVALID',
      'often',
    ],
    ['a horizon of 0', () => run(rows, {}, { horizon: 0 }), 'SETTING_INVALID', 'horizon'],
    ['a lag of 0', () => run(rows, {}, { targetLags: [0] }), 'SETTING_INVALID', 'targetLags'],
    [
      'a learner that is not here',
      () => run(rows, { allowedLearners: ['prophet'] }),
      'LEARNER_UNKNOWN',
      'prophet',
    ],
    [
      'to be left without learners',
      () => run(rows, { allowedLearners: ['ridge'], blockedLearners: ['ridge'] }),
      'LEARNER_NONE_LEFT',
      'no forecaster',
    ],
    ['weights', () => run(rows, { weightColumn: 'units' }), 'SETTING_INVALID', 'weights'],
    [
      'a share to validate on',
      () => run(rows, { validationSize: 0.2 }),
      'SPLIT_INVALID',
      'rolling',
    ],
  ])('%s', async (_, act, code, words) => {
    await expect(act()).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  });

  it('rows of unknown series, of the past and too far ahead, naming the row', async () => {
    const { model } = await run(rows, { maxTrials: 1 });
    const future = { at: start + 30 * day, store: 'a', units: 0 };
    const predict = (row: Row) => () => model.predict(tableOf([future, row]));
    expect(predict({ ...future, store: 'c' })).toThrow(/row 1 .*'c'.*'a', 'b'/);
    expect(predict({ ...future, at: start + 29 * day })).toThrow(/row 1 .*2024-01-31/);
    expect(predict({ ...future, at: start + 5000 * day })).toThrow(/row 1 .*made for 7/);
    expect(predict({ ...future, at: start + 30.5 * day })).toThrow(/row 1 /);
  });
});

it('a series id that is a number is that of its text', async () => {
  const numbered = tableOf(rowsOf(30)).without(['store']).columns();
  const ids = Array.from({ length: 60 }, (_, i) => (i < 30 ? '1' : '2'));
  const train = Table.fromColumns([...numbered, stringColumn('store', ids)]);
  const { model } = await searchForecast({ train }, { ...few, maxTrials: 1 }, weekly);
  expect(model.predictRows([[start + 30 * day, 2]]).length).toBe(1);
});
