// The table of a forecast as a problem: rows on a grid of times, values, horizon, season, and the
// rolling origins that every candidate is judged at.
import {
  calendarSeasons,
  type GridRows,
  gridRowsOf,
  gridSeriesOf,
  rollingOriginSplits,
  type SeriesColumns,
  seriesRowsOf,
  type TimeReading,
  type TrainTestSplit,
  timeReadingOf,
} from '@ridgeline/learn';
import type { Table } from '@ridgeline/tabular';
import { AutoMLError } from '../errors.ts';
import type { SearchNote } from '../search/search-types.ts';
import type { AutoMLSettings } from '../settings/automl-settings.ts';
import { findSeason } from './find-season.ts';
import type { ForecastingSettings } from './forecasting-settings.ts';

export interface ForecastProblem {
  readonly columns: SeriesColumns;
  readonly targetName: string;
  readonly reading: TimeReading;
  readonly gridRows: GridRows;
  /** One a row; NaN where not known. */
  readonly values: Float64Array;
  /** Rows with a known value. */
  readonly known: Int32Array;
  readonly horizon: number;
  /** 1 for none. */
  readonly season: number;
  /** Steps of the longest series before the first origin. */
  readonly pastSteps: number;
  /** The earliest first. Tests have only series that their training has. */
  readonly folds: readonly TrainTestSplit[];
  readonly range: { readonly min: number; readonly max: number };
  readonly notes: readonly SearchNote[];
}

const defaultFolds = 5;

/** @throws AutoMLError TARGET_INVALID, DATA_TOO_SMALL; LearnError, TabularError for data. */
export function makeForecastProblem(
  train: Table,
  settings: Pick<AutoMLSettings, 'targetColumn' | 'crossValidations'>,
  forecasting: ForecastingSettings,
): ForecastProblem {
  const { targetColumn } = settings;
  const { timeColumn, seriesColumns, frequency } = forecasting;
  checkColumnsDiffer([targetColumn, timeColumn, ...seriesColumns]);
  const columns = { timeName: timeColumn, seriesNames: seriesColumns };
  const values = targetValues(train, targetColumn);
  const reading = timeReadingOf(train.column(timeColumn));
  const rows = seriesRowsOf(train, columns, reading);
  const gridRows = gridRowsOf(rows, { isDate: reading.isDate, frequency });
  const known = knownRows(values);
  const calendar = calendarSeasons(gridRows.grid);
  const points = new Set(Array.from(known, (row) => gridRows.steps[row])).size;
  const horizon = horizonOf(forecasting.horizon, points, calendar);
  const folds = foldsOf(gridRows, known, { points, horizon, calendar, forecasting, settings });
  const pastOf = (rows: Int32Array) =>
    gridSeriesOf(gridRows, values, rows).map((series) => series.values);
  const seen = forecasting.seasonality ?? 'auto';
  return {
    ...{ columns, targetName: targetColumn, reading, gridRows, values, known, horizon, folds },
    season: seen === 'auto' ? findSeason(pastOf(folds[folds.length - 1].train), calendar) : seen,
    pastSteps: pastOf(folds[0].train).reduce((most, { length }) => Math.max(most, length), 0),
    range: rangeOf(values, known),
    notes: notesOn(train, settings, forecasting, known),
  };
}

function checkColumnsDiffer(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return;
  throw new AutoMLError(
    'SETTING_INVALID',
    `column '${twice}' is named twice as target, time or series; name each column once`,
    { column: twice },
  );
}

function targetValues(train: Table, name: string): Float64Array {
  const column = train.column(name);
  if (column.type !== 'long' && column.type !== 'double') {
    throw invalidTarget(name, `is of type ${column.type}; expected numbers to forecast`);
  }
  const infinite = column.values.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
  if (infinite >= 0) throw invalidTarget(name, `is infinite in row ${infinite} (from 0)`);
  if (column.values.every(Number.isNaN)) throw invalidTarget(name, 'has no values');
  return column.values;
}

function invalidTarget(name: string, problem: string): AutoMLError {
  return new AutoMLError('TARGET_INVALID', `the target '${name}' ${problem}`, { column: name });
}

function knownRows(values: Float64Array): Int32Array {
  const rows = Int32Array.from(values, (_, row) => row);
  return rows.filter((row) => !Number.isNaN(values[row]));
}

function horizonOf(
  given: ForecastingSettings['horizon'],
  points: number,
  calendar: readonly number[],
): number {
  if (given !== 'auto') return given ?? 1;
  const wished = calendar[0] ?? 10;
  return Math.max(1, Math.min(wished, Math.floor(points / 10)));
}

interface FoldRequest {
  readonly points: number;
  readonly horizon: number;
  readonly calendar: readonly number[];
  readonly forecasting: ForecastingSettings;
  readonly settings: Pick<AutoMLSettings, 'crossValidations'>;
}

function foldsOf(
  { steps, keys }: GridRows,
  known: Int32Array,
  { points, horizon, calendar, forecasting, settings }: FoldRequest,
): readonly TrainTestSplit[] {
  const { originStep } = forecasting;
  const step = originStep === 'auto' || originStep === null ? horizon : originStep;
  const season =
    typeof forecasting.seasonality === 'number' ? forecasting.seasonality : calendar[0];
  const wished = Math.min(2 * (season ?? 1) + 1, Math.floor(points / 2));
  const fitting = (points - horizon - Math.max(3, wished)) / step;
  const { crossValidations: given } = settings;
  const auto = Math.min(defaultFolds, Math.max(1, Math.floor(fitting) + 1));
  const folds = typeof given === 'number' ? given : auto;
  const needed = 2 + (folds - 1) * step + horizon;
  if (points < needed) throw tooSmall(points, { folds, horizon, needed });
  const times = Float64Array.from(known, (row) => steps[row]);
  return rollingOriginSplits(times, { horizon, folds, step, minTrain: 2 })
    .map((split) => ({
      train: split.train.map((at) => known[at]),
      test: split.test.map((at) => known[at]),
    }))
    .map(({ train, test }) => {
      const seen = new Set(Array.from(train, (row) => keys[row]));
      return { train, test: test.filter((row) => seen.has(keys[row])) };
    })
    .filter(({ test }, fold, all) => test.length > 0 || failsAtLast(fold, all));
}

/** Series that all begin after every origin cannot be validated. */
function failsAtLast(fold: number, folds: readonly TrainTestSplit[]): boolean {
  if (fold < folds.length - 1 || folds.some(({ test }) => test.length > 0)) return false;
  throw new AutoMLError(
    'DATA_TOO_SMALL',
    'no series has values both before and after an origin of the validation; give a shorter horizon or more past',
  );
}

function tooSmall(
  points: number,
  { folds, horizon, needed }: { folds: number; horizon: number; needed: number },
): AutoMLError {
  return new AutoMLError(
    'DATA_TOO_SMALL',
    `the series have values at ${points} times, and ${folds} validation${folds === 1 ? '' : 's'} of a horizon of ` +
      `${horizon} need${folds === 1 ? 's' : ''} ${needed}; give a shorter horizon, fewer folds, or more past`,
  );
}

function rangeOf(values: Float64Array, known: Int32Array) {
  let [min, max] = [values[known[0]], values[known[0]]];
  for (const row of known) {
    min = Math.min(min, values[row]);
    max = Math.max(max, values[row]);
  }
  return { min, max };
}

function notesOn(
  train: Table,
  { targetColumn }: Pick<AutoMLSettings, 'targetColumn'>,
  { timeColumn, seriesColumns }: ForecastingSettings,
  known: Int32Array,
): readonly SearchNote[] {
  const used = new Set([targetColumn, timeColumn, ...seriesColumns]);
  const others = train.columnNames.filter((name) => !used.has(name));
  const missing = train.rowCount - known.length;
  const notes: SearchNote[] = [];
  if (others.length > 0) {
    const shown = `${others.slice(0, 10).join(', ')}${others.length > 10 ? ' and others' : ''}`;
    const message = `a forecast is made from the past of the target and the calendar alone; not used: ${shown}`;
    notes.push({ code: 'columns_not_used', column: null, message });
  }
  if (missing > 0) {
    const message = `${missing} rows have no value and are gaps`;
    notes.push({ code: 'target_missing', column: targetColumn, message });
  }
  return notes;
}
