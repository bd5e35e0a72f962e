// Folds as Azure's `cv_split_column_names` say them: one column a fold, whose 1 marks the rows that
// judge and whose 0 marks those that are trained on.
import type { Table } from '@ridgeline/tabular';
import { AutoMLError } from '../errors.ts';

/** The rows that each column's fold judges, ascending. @throws AutoMLError SPLIT_INVALID. */
export function splitFolds(table: Table, names: readonly string[]): readonly Int32Array[] {
  const all = Int32Array.from({ length: table.rowCount }, (_, row) => row);
  return names.map((name) => {
    const column = table.column(name);
    const isNumber =
      column.type === 'long' || column.type === 'boolean' || column.type === 'double';
    if (!isNumber || column.values.some((value) => value !== 0 && value !== 1)) {
      throw invalid(name, 'holds something else than 0 (train) and 1 (validate)');
    }
    const judged = all.filter((row) => column.values[row] === 1);
    if (judged.length > 0 && judged.length < all.length) return judged;
    throw invalid(name, `is ${judged.length === 0 ? 0 : 1} in every row, so that a part is empty`);
  });
}

function invalid(column: string, what: string): AutoMLError {
  return new AutoMLError(
    'SPLIT_INVALID',
    `the split column '${column}' ${what}; mark the rows to validate on with 1, and the others with 0`,
    { column },
  );
}
