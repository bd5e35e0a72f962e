import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { pastFeatures } from './lag-features.ts';
import { rollingOriginSplits } from './rolling-origin.ts';
import { seasonalNaive } from './seasonal-naive.ts';
import { seriesOf } from './time-series.ts';

const { NaN: gone } = Number;

/** Rows of up to three series in any order, each with times of its own. */
const tables = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 20 })), {
    minLength: 1,
    maxLength: 40,
    selector: ([id, time]) => `${id} ${time}`,
  })
  .map((rows) => ({
    ids: rows.map(([id]) => id),
    times: Float64Array.from(rows, ([, time]) => time),
    values: Float64Array.from(rows, (_, i) => i * 1.5),
  }));

describe('seriesOf', () => {
  it('orders the rows of each series by time', () => {
    const series = seriesOf(Float64Array.of(3, 1, 2, 1), ['a', 'b', 'a', 'a']);
    expect(series).toEqual([
      { id: 'a', rows: Int32Array.of(3, 2, 0) },
      { id: 'b', rows: Int32Array.of(1) },
    ]);
    expect(seriesOf(Float64Array.of(2, 1))).toEqual([{ id: null, rows: Int32Array.of(1, 0) }]);
  });

  it.each<[string, () => unknown, string, RegExp]>([
    ['no rows', () => seriesOf(new Float64Array(0)), 'DATA_EMPTY', /no rows/],
    [
      'ids too few',
      () => seriesOf(Float64Array.of(1, 2), ['a']),
      'SHAPE_MISMATCH',
      /1 series ids and 2 times/,
    ],
    [
      'a missing time',
      () => seriesOf(Float64Array.of(1, gone)),
      'DATA_SERIES_INVALID',
      /row 1 .* has no time/,
    ],
    [
      'a time twice',
      () => seriesOf(Float64Array.of(1, 2, 1), ['a', 'a', 'a']),
      'DATA_SERIES_INVALID',
      /series 'a' has rows 0 and 2/,
    ],
  ])('refuses %s', (_, call, code, message) => {
    const error = errorOf(call);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });
});

describe('pastFeatures', () => {
  const values = Float64Array.of(1, 2, 4, gone, 16);
  const series = seriesOf(Float64Array.of(0, 1, 2, 3, 4));

  it('are the values so many steps back, and statistics of windows before the horizon', () => {
    const made = pastFeatures(series, {
      name: 'y',
      values,
      lags: [1, 2],
      windows: [2],
      statistics: ['mean', 'max'],
      horizon: 1,
    });
    expect(made.map(({ name }) => name)).toEqual([
      'y lag 1',
      'y lag 2',
      'y mean of 2',
      'y max of 2',
    ]);
    expect(made.map((feature) => [...feature.values])).toEqual([
      [gone, 1, 2, 4, gone],
      [gone, gone, 1, 2, 4],
      [gone, 1, 1.5, 3, 4],
      [gone, 1, 2, 4, 4],
    ]);
  });

  it('never see what is less than the horizon before a row', () => {
    const horizons = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(tables, horizons, fc.nat(), (table, horizon, pick) => {
        const { times, ids } = table;
        const row = pick % times.length;
        const all = seriesOf(times, ids);
        const features = (of: Float64Array) =>
          pastFeatures(all, {
            name: 'y',
            values: of,
            lags: [horizon, horizon + 1],
            windows: [1, 3],
            horizon,
          });
        const later = table.values.map((value, i) =>
          ids[i] !== ids[row] || stepsBetween(all, i, row) < horizon ? value + 1000 : value,
        );
        const before = features(table.values).map((feature) => feature.values[row]);
        expect(features(later).map((feature) => feature.values[row])).toEqual(before);
      }),
    );
  });

  it.each([
    [{ lags: [1], windows: [], horizon: 2 }, /a lag .* is 1; expected a whole number from 2/],
    [{ lags: [], windows: [0], horizon: 1 }, /a window is 0/],
    [{ lags: [], windows: [], horizon: 0 }, /the horizon is 0/],
    [{ lags: [1e9], windows: [], horizon: 1 }, /a lag/],
  ])('refuse %j', (given, message) => {
    const error = errorOf(() => pastFeatures(series, { name: 'y', values, ...given }));
    expect(error.code).toBe('PARAMETER_INVALID');
    expect(error.message).toMatch(message);
  });
});

/** How many steps row `from` is before row `to` in their series; negative if it is after it. */
function stepsBetween(series: ReturnType<typeof seriesOf>, from: number, to: number): number {
  const rows = series.find((one) => one.rows.includes(to))?.rows ?? new Int32Array(0);
  return rows.indexOf(to) - rows.indexOf(from);
}

describe('seasonalNaive', () => {
  it.each<[number[], number, number, number[]]>([
    [[1, 2, 3], 1, 2, [3, 3]],
    [[1, 2, 3, 4, 5], 3, 5, [3, 4, 5, 3, 4]],
    [[1, 2, 3, 4, gone, 6], 3, 3, [4, 2, 6]],
    [[1, 2], 12, 2, [2, 2]],
    [[gone], 1, 1, [gone]],
  ])('of %j with period %d, %d ahead', (values, period, horizon, expected) => {
    expect([...seasonalNaive(Float64Array.from(values), period, horizon)]).toEqual(expected);
  });

  it('refuses what is no series, period or horizon', () => {
    expect(errorOf(() => seasonalNaive(new Float64Array(0), 1, 1)).code).toBe('DATA_EMPTY');
    expect(errorOf(() => seasonalNaive(Float64Array.of(1), 0, 1)).message).toContain('period is 0');
    expect(errorOf(() => seasonalNaive(Float64Array.of(1), 1, 0.5)).message).toContain(
      'horizon is 0.5',
    );
  });
});

describe('rollingOriginSplits', () => {
  it('moves the origin on, and ends with the last times', () => {
    const times = Float64Array.of(5, 1, 2, 3, 4, 5);
    expect(rollingOriginSplits(times, { horizon: 1, folds: 2 })).toEqual([
      { train: Int32Array.of(1, 2, 3), test: Int32Array.of(4) },
      { train: Int32Array.of(1, 2, 3, 4), test: Int32Array.of(0, 5) },
    ]);
  });

  it('never trains on what is not before all of its test', () => {
    const options = fc.record({
      horizon: fc.integer({ min: 1, max: 4 }),
      folds: fc.integer({ min: 1, max: 3 }),
      step: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(tables, options, ({ times }, given) => {
        const points = new Set(times).size;
        fc.pre(points >= 1 + (given.folds - 1) * given.step + given.horizon);
        const splits = rollingOriginSplits(times, given);
        expect(splits).toHaveLength(given.folds);
        for (const { train, test } of splits) {
          const origin = Math.min(...Array.from(test, (row) => times[row]));
          expect(Array.from(train, (row) => times[row]).every((time) => time < origin)).toBe(true);
          expect(new Set(Array.from(test, (row) => times[row])).size).toBe(given.horizon);
          expect(train.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('refuses too few points in time, and numbers that are no counts', () => {
    const error = errorOf(() =>
      rollingOriginSplits(Float64Array.of(1, 2, 3), { horizon: 2, folds: 2 }),
    );
    expect(error.code).toBe('SPLIT_IMPOSSIBLE');
    expect(error.message).toContain('there are 3 points in time, and 2 folds of horizon 2 need 5');
    expect(
      errorOf(() => rollingOriginSplits(Float64Array.of(1), { horizon: 0, folds: 1 })).code,
    ).toBe('PARAMETER_INVALID');
  });
});
