// The last part of the past kept away from a search: rows drawn at random would let it see the future.
import { seriesRowsOf, timeReadingOf } from '@ridgeline/learn';
import type { Table } from '@ridgeline/tabular';
import type { HeldOut } from '../data/hold-out.ts';
import { AutoMLError } from '../errors.ts';

/**
 * @param size share of the points in time, above 0 and below 1.
 * @throws AutoMLError DATA_TOO_SMALL; TabularError COLUMN_NOT_FOUND; LearnError for what is no time.
 */
export function holdOutLatest(table: Table, timeColumn: string, size: number): HeldOut {
  const reading = timeReadingOf(table.column(timeColumn));
  const { times } = seriesRowsOf(table, { timeName: timeColumn, seriesNames: [] }, reading);
  const points = Float64Array.from(new Set(times)).sort();
  const held = Math.max(1, Math.round(size * points.length));
  if (held >= points.length) {
    throw new AutoMLError(
      'DATA_TOO_SMALL',
      `there are ${points.length} points in time, and a test share of ${size} leaves none to learn from`,
    );
  }
  const from = points[points.length - held];
  const rows = Int32Array.from(times, (_, row) => row);
  return {
    train: table.takeRows(rows.filter((row) => times[row] < from)),
    test: table.takeRows(rows.filter((row) => times[row] >= from)),
  };
}
