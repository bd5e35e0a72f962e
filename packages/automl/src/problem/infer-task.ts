// Which task a target column speaks for.
import type { Table } from '@ridgeline/tabular';
import { checkColumn } from './check-column.ts';
import type { Problem } from './problem.ts';

/** More distinct values speak for a number and against classes. */
const mostInferredClasses = 20;

/** The task of a column that need not be there. @throws AutoMLError COLUMN_NOT_FOUND. */
export function targetTask(table: Table, targetColumn: string): Problem['task'] {
  checkColumn(table, targetColumn);
  return inferTask(table, targetColumn);
}

/** Whole numbers of few distinct values, text and booleans are classes; other numbers are values. */
export function inferTask(table: Table, targetColumn: string): Problem['task'] {
  const column = table.column(targetColumn);
  if (column.type === 'string' || column.type === 'boolean') return 'classification';
  if (column.type !== 'long') return 'regression';
  const distinct = new Set(column.values);
  return distinct.size <= Math.min(mostInferredClasses, table.rowCount / 10)
    ? 'classification'
    : 'regression';
}
