// The columnar table: named columns of one length. Immutable by contract: methods share the
// arrays of the columns that they keep. Reading and judging tables happens elsewhere.

import { didYouMean } from '../did-you-mean.ts';
import { TabularError } from '../errors.ts';
import {
  type Cell,
  type Column,
  cellAt,
  columnLength,
  gatherColumn,
  missingCount,
} from './column.ts';

export class Table {
  readonly rowCount: number;
  readonly columnNames: readonly string[];
  readonly #columns: ReadonlyMap<string, Column>;

  private constructor(columns: ReadonlyMap<string, Column>, rowCount: number) {
    this.#columns = columns;
    this.columnNames = [...columns.keys()];
    this.rowCount = rowCount;
  }

  /**
   * A table of these columns, in this order.
   * @throws TABLE_INVALID if two share a name, a name is empty, or the lengths differ.
   */
  static fromColumns(columns: readonly Column[]): Table {
    const [first] = columns;
    return Table.#of(columns, first === undefined ? 0 : columnLength(first));
  }

  static #of(columns: readonly Column[], rowCount: number): Table {
    const byName = new Map<string, Column>();
    for (const column of columns) {
      if (column.name === '') throw new TabularError('TABLE_INVALID', 'a column has an empty name');
      if (byName.has(column.name)) {
        throw new TabularError('TABLE_INVALID', `column '${column.name}' is given twice`);
      }
      const length = columnLength(column);
      if (length !== rowCount) {
        const expected = `expected ${rowCount}, as the first column has`;
        throw new TabularError(
          'TABLE_INVALID',
          `column '${column.name}' has ${length} rows, ${expected}`,
        );
      }
      byName.set(column.name, column);
    }
    return new Table(byName, rowCount);
  }

  /** @throws COLUMN_NOT_FOUND, with the closest name. */
  column(name: string): Column {
    const column = this.#columns.get(name);
    if (column !== undefined) return column;
    throw columnNotFound(name, this.columnNames);
  }

  /** The columns in table order. */
  columns(): readonly Column[] {
    return [...this.#columns.values()];
  }

  /** @throws COLUMN_NOT_FOUND; TABLE_INVALID if a name is given twice. */
  select(names: readonly string[]): Table {
    const columns = names.map((name) => this.column(name));
    return Table.#of(columns, this.rowCount);
  }

  /** All but these columns. @throws COLUMN_NOT_FOUND. */
  without(names: readonly string[]): Table {
    const dropped = new Set(names.map((name) => this.column(name)));
    const kept = this.columns().filter((column) => !dropped.has(column));
    return Table.#of(kept, this.rowCount);
  }

  /** The rows at `indices` (0-based), in that order, repeats allowed. @throws TABLE_INVALID. */
  takeRows(indices: Int32Array): Table {
    for (const row of indices) {
      if (row >= 0 && row < this.rowCount) continue;
      const expected = `expected 0 to ${this.rowCount - 1}`;
      throw new TabularError('TABLE_INVALID', `row ${row} does not exist; ${expected}`);
    }
    const columns = this.columns().map((column) => gatherColumn(column, indices));
    return Table.#of(columns, indices.length);
  }

  /**
   * The values of a long, double or boolean column (0 and 1), one a row: shared, so do not write.
   * @throws COLUMN_NOT_FOUND, COLUMN_NOT_NUMERIC, COLUMN_HAS_MISSING_VALUES.
   */
  numbers(name: string): Float64Array {
    const column = this.column(name);
    if (column.type === 'string' || column.type === 'datetime') {
      throw new TabularError('COLUMN_NOT_NUMERIC', notNumericMessage(column));
    }
    if (column.missing === null) return column.values;
    const firstRow = column.missing.indexOf(1) + 1;
    const where = `${missingCount(column)} of ${this.rowCount} values, the first in row ${firstRow}`;
    throw new TabularError(
      'COLUMN_HAS_MISSING_VALUES',
      `column '${name}' misses ${where}; fill or drop them first`,
    );
  }

  /** One object a row, for small tables and tests. */
  toRows(): Record<string, Cell>[] {
    const columns = this.columns();
    // Object.fromEntries defines own properties, so a column named __proto__ does no harm.
    return Array.from({ length: this.rowCount }, (_, row) =>
      Object.fromEntries(columns.map((column) => [column.name, cellAt(column, row)])),
    );
  }
}

export function columnNotFound(name: string, existing: readonly string[]): TabularError {
  const hint = didYouMean(name, existing) || `; there are: ${existing.join(', ') || 'none'}`;
  return new TabularError('COLUMN_NOT_FOUND', `column '${name}' does not exist${hint}`);
}

function notNumericMessage(column: Column): string {
  const expected = 'expected a long, double or boolean column';
  if (column.type !== 'string') return `column '${column.name}' is ${column.type}; ${expected}`;
  const text = column.dictionary.find((value) => value.trim() === '' || !Number.isFinite(+value));
  const example = text === undefined ? '' : ` (it holds '${text.slice(0, 40)}')`;
  return `column '${column.name}' is string${example}; ${expected}`;
}
