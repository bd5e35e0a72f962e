// Tables one below the other. A column that is one type here and another there becomes the wider of
// two numbers, or text.
import {
  type Cell,
  type Column,
  type ColumnType,
  numberColumn,
  stringColumn,
  Table,
} from '@ridgeline/tabular';
import { AutoMLError } from '../errors.ts';

/** `places`: where each is from, for messages. @throws AutoMLError INPUT_INVALID */
export function concatTables(tables: readonly Table[], places: readonly string[]): Table {
  const [first, ...rest] = tables;
  if (first === undefined) return Table.fromColumns([]);
  if (rest.length === 0) return first;
  for (const [at, table] of tables.entries()) checkNames(first, table, places, at);
  return Table.fromColumns(
    first.columnNames.map((name) => concatColumns(tables.map((table) => table.column(name)))),
  );
}

function checkNames(first: Table, table: Table, places: readonly string[], at: number): void {
  const expected = [...first.columnNames].sort().join(', ');
  const names = [...table.columnNames].sort().join(', ');
  if (names === expected) return;
  const message = `'${places[at]}' has the columns ${names}, and '${places[0]}' has ${expected}; the files of one table have the same columns`;
  throw new AutoMLError('INPUT_INVALID', message);
}

function concatColumns(columns: readonly Column[]): Column {
  const name = columns[0]?.name ?? '';
  const type = commonType(new Set(columns.map((column) => column.type)));
  if (type === 'string') return stringColumn(name, columns.flatMap(textsOf));
  const parts = columns.flatMap((column) => (column.type === 'string' ? [] : [column.values]));
  const values = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    values.set(part, offset);
    offset += part.length;
  }
  return numberColumn(name, type, values);
}

function commonType(types: ReadonlySet<ColumnType>): ColumnType {
  const [one, ...others] = types;
  if (one !== undefined && others.length === 0) return one;
  const areNumbers = [...types].every((type) => type === 'long' || type === 'double');
  return areNumbers ? 'double' : 'string';
}

function textsOf(column: Column): (string | null)[] {
  const length = column.type === 'string' ? column.codes.length : column.values.length;
  return Array.from({ length }, (_, row) => {
    const cell = cellOf(column, row);
    return cell === null ? null : String(cell);
  });
}

function cellOf(column: Column, row: number): Cell {
  if (column.missing?.[row] === 1) return null;
  if (column.type === 'string') return column.dictionary[column.codes[row] ?? -1] ?? null;
  const value = column.values[row] ?? Number.NaN;
  if (column.type === 'boolean') return value === 1;
  return column.type === 'datetime' ? new Date(value).toISOString() : value;
}
