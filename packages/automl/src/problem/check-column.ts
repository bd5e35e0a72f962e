// Whether a column that a setting names is there.
import { didYouMean, type Table } from '@ridgeline/tabular';
import { AutoMLError } from '../errors.ts';

/** @throws AutoMLError COLUMN_NOT_FOUND, with the nearest name. */
export function checkColumn({ columnNames }: Table, name: string): void {
  if (columnNames.includes(name)) return;
  const known = columnNames.slice(0, 20).join(', ');
  const hint = didYouMean(name, columnNames) || `; it has ${known || 'no column'}`;
  throw new AutoMLError(
    'COLUMN_NOT_FOUND',
    `column '${String(name).slice(0, 100)}' is not in the training data${hint}`,
    { column: name },
  );
}
