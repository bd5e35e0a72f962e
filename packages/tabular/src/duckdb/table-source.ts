// What a format hands to the reader: a relation in SQL, and how to take each column from it. The
// user's names and paths are not part of the SQL: columns go by number, paths are parameters.

import type { ColumnType } from '../table/column.ts';
import { columnNotFound } from '../table/table.ts';

export interface SourceColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** SQL that gives DOUBLE, or VARCHAR if `type` is string; NULL where missing. */
  readonly sql: string;
}

export interface TableSource {
  /** What stands after FROM, with a `?` for each parameter. */
  readonly relation: string;
  readonly parameters: readonly string[];
  readonly rowCount: number;
  readonly columns: readonly SourceColumn[];
}

/** A column of the file that is to be read: its name and its 0-based place. */
export interface WantedColumn {
  readonly name: string;
  readonly index: number;
}

/** The columns to read, in the order asked for; all by default. @throws COLUMN_NOT_FOUND. */
export function wantedColumns(
  names: readonly string[],
  wanted: readonly string[] = names,
): WantedColumn[] {
  const indexOf = new Map(names.map((name, index) => [name, index]));
  return wanted.map((name) => {
    const index = indexOf.get(name);
    if (index === undefined) throw columnNotFound(name, names);
    return { name, index };
  });
}

/** A text literal of SQL. The only text of a user that needs it is a JSON key. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
