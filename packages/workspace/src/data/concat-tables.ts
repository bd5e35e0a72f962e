// Several tables with the same columns as one, each below the one before.
import {
  type Column,
  type NumberColumn,
  numberColumn,
  type StringColumn,
  stringColumn,
  Table,
  TabularError,
} from '@ridgeline/tabular';

export interface NamedTable {
  /** For messages. */
  readonly uri: string;
  readonly table: Table;
}

/**
 * At least one table. Columns go by name, in the order of the first table; whole and decimal numbers
 * go together.
 * @throws TabularError TABLE_INVALID where columns or types differ
 */
export function concatTables(tables: readonly NamedTable[]): Table {
  const [first, ...others] = tables;
  if (first === undefined) {
    throw new TabularError(
      'DATA_FILE_EMPTY',
      'a table needs one file or more, and no file was found',
    );
  }
  if (others.length === 0) return first.table;
  for (const other of others) assertSameNames(first, other);
  return Table.fromColumns(
    first.table.columnNames.map((name) =>
      concatColumns(tables.map(({ uri, table }) => ({ uri, column: table.column(name) }))),
    ),
  );
}

interface NamedColumn {
  readonly uri: string;
  readonly column: Column;
}

function assertSameNames(first: NamedTable, other: NamedTable): void {
  const names = (table: Table) => table.columnNames.toSorted().join(', ');
  if (names(first.table) === names(other.table)) return;
  throw new TabularError(
    'TABLE_INVALID',
    `${other.uri} has the columns ${other.table.columnNames.join(', ')}, and ${first.uri} has ` +
      `${first.table.columnNames.join(', ')}; files of one table need the same columns`,
  );
}

function concatColumns(parts: readonly NamedColumn[]): Column {
  const columns = parts.map(({ column }) => column);
  if (columns.every(isText)) return concatTexts(columns);
  const numbers = columns.filter((column): column is NumberColumn => column.type !== 'string');
  const types = new Set(columns.map(({ type }) => type));
  const [type = 'double', second] = types;
  const isMixed = types.size === 2 && types.has('long') && types.has('double');
  if (second !== undefined && !isMixed) throw differentTypes(parts);
  return concatNumbers(numbers, isMixed ? 'double' : (type as NumberColumn['type']));
}

function isText(column: Column): column is StringColumn {
  return column.type === 'string';
}

function concatTexts(columns: readonly StringColumn[]): StringColumn {
  const values = columns.flatMap(({ codes, dictionary }) =>
    Array.from(codes, (code) => (code === -1 ? null : (dictionary[code] ?? null))),
  );
  return stringColumn(columns[0]?.name ?? '', values);
}

function concatNumbers(columns: readonly NumberColumn[], type: NumberColumn['type']): NumberColumn {
  const values = new Float64Array(columns.reduce((sum, column) => sum + column.values.length, 0));
  let at = 0;
  for (const column of columns) {
    values.set(column.values, at);
    at += column.values.length;
  }
  return numberColumn(columns[0]?.name ?? '', type, values);
}

function differentTypes(parts: readonly NamedColumn[]): TabularError {
  const [first] = parts;
  const other = parts.find(({ column }) => column.type !== first?.column.type);
  return new TabularError(
    'TABLE_INVALID',
    `column '${first?.column.name}' is ${first?.column.type} in ${first?.uri} and ` +
      `${other?.column.type} in ${other?.uri}; files of one table need the same types`,
  );
}
