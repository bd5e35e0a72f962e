// The two layouts of a column and what can be asked of one alone. Tables are in table.ts.

export const columnTypes = ['long', 'double', 'boolean', 'datetime', 'string'] as const;
export type ColumnType = (typeof columnTypes)[number];

/** One column of numbers; also booleans (0 and 1) and points in time. */
export interface NumberColumn {
  readonly name: string;
  readonly type: 'long' | 'double' | 'boolean' | 'datetime';
  /** One value a row; NaN where missing. `datetime`: milliseconds since 1970-01-01 UTC. */
  readonly values: Float64Array;
  /** 1 where missing, one byte a row; null if nothing is missing. */
  readonly missing: Uint8Array | null;
}

/** One column of text, each distinct value stored once. */
export interface StringColumn {
  readonly name: string;
  readonly type: 'string';
  /** Index into `dictionary`, one a row; -1 where missing. */
  readonly codes: Int32Array;
  /** The distinct values; `takeRows` may leave entries that no row uses. */
  readonly dictionary: readonly string[];
  /** 1 where missing, one byte a row; null if nothing is missing. */
  readonly missing: Uint8Array | null;
}

export type Column = NumberColumn | StringColumn;

/** A cell as plain data: `datetime` is a UTC ISO string, a missing value is null. */
export type Cell = number | string | boolean | null;

/** A number column; the mask is made from the NaNs in `values`, which is kept, not copied. */
export function numberColumn(
  name: string,
  type: NumberColumn['type'],
  values: Float64Array,
): NumberColumn {
  const missing = maskWhere(values.length, (row) => Number.isNaN(values[row]));
  return { name, type, values, missing };
}

/** A string column from dictionary codes; -1 is missing. The arrays are kept, not copied. */
export function codedColumn(
  name: string,
  codes: Int32Array,
  dictionary: readonly string[],
): StringColumn {
  const missing = maskWhere(codes.length, (row) => codes[row] === -1);
  return { name, type: 'string', codes, dictionary, missing };
}

/** A string column from its values, one a row; null is missing. */
export function stringColumn(name: string, values: readonly (string | null)[]): StringColumn {
  const codeOf = new Map<string, number>();
  const codes = Int32Array.from(values, (value) => {
    if (value === null) return -1;
    const code = codeOf.get(value) ?? codeOf.size;
    codeOf.set(value, code);
    return code;
  });
  return codedColumn(name, codes, [...codeOf.keys()]);
}

export function columnLength(column: Column): number {
  return column.type === 'string' ? column.codes.length : column.values.length;
}

export function missingCount(column: Column): number {
  return column.missing === null ? 0 : column.missing.reduce((sum, flag) => sum + flag, 0);
}

/** The column with the rows at `indices`, in that order; indices must be in range. */
export function gatherColumn(column: Column, indices: Int32Array): Column {
  if (column.type === 'string') {
    const codes = indices.map((row) => column.codes[row] ?? -1);
    return codedColumn(column.name, codes, column.dictionary);
  }
  // A loop is many times faster than Float64Array.from with a function.
  const values = new Float64Array(indices.length);
  for (let i = 0; i < values.length; i++) values[i] = column.values[indices[i] ?? -1] ?? Number.NaN;
  return numberColumn(column.name, column.type, values);
}

/** The value of one row as plain data. */
export function cellAt(column: Column, row: number): Cell {
  if (column.missing?.[row] === 1) return null;
  if (column.type === 'string') return column.dictionary[column.codes[row] ?? -1] ?? null;
  const value = column.values[row] ?? Number.NaN;
  if (column.type === 'boolean') return value === 1;
  return column.type === 'datetime' ? isoTime(value) : value;
}

/** UTC ISO text of milliseconds since 1970; null beyond the years that ISO text can write. */
export function isoTime(milliseconds: number): string | null {
  const time = new Date(milliseconds);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function maskWhere(length: number, isMissing: (row: number) => boolean): Uint8Array | null {
  let mask: Uint8Array | null = null;
  for (let row = 0; row < length; row++) {
    if (!isMissing(row)) continue;
    mask ??= new Uint8Array(length);
    mask[row] = 1;
  }
  return mask;
}
