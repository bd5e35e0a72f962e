// The rows of a table as time series: which rows belong to which series, in the order of their times.

import { LearnError } from '../errors.ts';
import type { Label } from '../estimator/estimator.ts';

export interface TimeSeries {
  /** Null where the table holds one series only. */
  readonly id: Label | null;
  /** The series' rows in the table, earliest first. */
  readonly rows: Int32Array;
}

/**
 * One or more series, in the order in which their ids first appear.
 * @param times one finite time a row, in any unit.
 * @param ids one a row, or null for a single series.
 * @throws LearnError DATA_EMPTY, SHAPE_MISMATCH, DATA_SERIES_INVALID for a time that is missing or there
 * twice in one series.
 */
export function seriesOf(
  times: Float64Array,
  ids: ArrayLike<Label> | null = null,
): readonly TimeSeries[] {
  if (times.length === 0) throw new LearnError('DATA_EMPTY', 'there are no rows to forecast from');
  if (ids !== null && ids.length !== times.length) {
    throw new LearnError(
      'SHAPE_MISMATCH',
      `there are ${ids.length} series ids and ${times.length} times; expected one of each a row`,
    );
  }
  const rowsOf = new Map<Label | null, number[]>();
  for (let row = 0; row < times.length; row++) {
    if (!Number.isFinite(times[row])) throw missingTime(row);
    const id = ids === null ? null : ids[row];
    const rows = rowsOf.get(id);
    if (rows === undefined) rowsOf.set(id, [row]);
    else rows.push(row);
  }
  return [...rowsOf].map(([id, rows]) => {
    const ordered = Int32Array.from(rows).sort((a, b) => times[a] - times[b]);
    checkTimesDiffer(ordered, times, id);
    return { id, rows: ordered };
  });
}

function checkTimesDiffer(rows: Int32Array, times: Float64Array, id: Label | null): void {
  for (let i = 1; i < rows.length; i++) {
    if (times[rows[i]] !== times[rows[i - 1]]) continue;
    const which = id === null ? 'the series' : `series '${String(id).slice(0, 100)}'`;
    throw new LearnError(
      'DATA_SERIES_INVALID',
      `${which} has rows ${rows[i - 1]} and ${rows[i]} (from 0) at the same time; ` +
        'expected one row a time: aggregate them, or name the columns that tell the series apart',
    );
  }
}

function missingTime(row: number): LearnError {
  return new LearnError(
    'DATA_SERIES_INVALID',
    `row ${row} (from 0) has no time; expected one in every row of a forecast`,
  );
}
