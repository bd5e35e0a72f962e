// The features of learners that understand missing values and categories: named columns of numbers
// or category codes. Learners that need dense finite numbers ask for `toMatrix`.

import { LearnError } from '../errors.ts';
import { Matrix } from './matrix.ts';

export interface NumericFeature {
  readonly kind: 'numeric';
  readonly name: string;
  /** One value a row; NaN means missing. */
  readonly values: Float64Array;
}

export interface CategoricalFeature {
  readonly kind: 'categorical';
  readonly name: string;
  /** One code a row, a whole number from 0 to `levelCount - 1`; NaN means missing or never seen. */
  readonly values: Float64Array;
  /** Number of levels known, 1 or more. */
  readonly levelCount: number;
}

export type FeatureColumn = NumericFeature | CategoricalFeature;

/** What a learner takes: dense finite numbers, or columns that may have missing values. */
export type Features = Matrix | FeatureMatrix;

/** A non-empty matrix by columns. The columns' arrays are shared, not copied. */
export class FeatureMatrix {
  /** Number of rows, at least 1. */
  readonly rowCount: number;
  readonly columns: readonly FeatureColumn[];

  /**
   * @throws LearnError DATA_EMPTY without rows or columns, SHAPE_MISMATCH when columns differ in
   * length, DATA_NOT_FINITE for an infinity, DATA_OUT_OF_RANGE for what is no category code.
   */
  constructor(columns: readonly FeatureColumn[]) {
    const rowCount = columns[0]?.values.length ?? 0;
    if (rowCount === 0) {
      throw new LearnError(
        'DATA_EMPTY',
        'features need at least one row and one column; check the data that they are made from',
      );
    }
    for (const column of columns) checkColumn(column, rowCount);
    this.rowCount = rowCount;
    this.columns = columns;
  }

  /** The same numbers as numeric columns without missing values, named `x0`, `x1` and so on. */
  static fromMatrix(x: Matrix): FeatureMatrix {
    const columns = Array.from({ length: x.columnCount }, (_, j) => {
      return { kind: 'numeric', name: `x${j}`, values: x.column(j) } as const;
    });
    return new FeatureMatrix(columns);
  }

  get columnCount(): number {
    return this.columns.length;
  }

  /**
   * The rows at `indices` (from 0), in that order, repeats allowed.
   * @throws LearnError SHAPE_MISMATCH for an index without a row, DATA_EMPTY without indices.
   */
  takeRows(indices: ArrayLike<number>): FeatureMatrix {
    checkRows(indices, this.rowCount);
    const columns = this.columns.map((column) => {
      const values = new Float64Array(indices.length);
      for (let i = 0; i < values.length; i++) values[i] = column.values[indices[i]];
      return { ...column, values };
    });
    return new FeatureMatrix(columns);
  }

  /**
   * The columns as a dense matrix, category codes as numbers.
   * @throws LearnError DATA_NOT_FINITE at the first missing value, naming column and row.
   */
  toMatrix(): Matrix {
    const { columns, rowCount, columnCount } = this;
    const values = new Float64Array(rowCount * columnCount);
    columns.forEach((column, j) => {
      for (let i = 0; i < rowCount; i++) {
        const value = column.values[i];
        if (Number.isNaN(value)) throw missing(column.name, i);
        values[i * columnCount + j] = value;
      }
    });
    return new Matrix(rowCount, columnCount, values);
  }
}

/** `x` as columns, whichever of the two it is. */
export function asFeatureMatrix(x: Features): FeatureMatrix {
  return x instanceof FeatureMatrix ? x : FeatureMatrix.fromMatrix(x);
}

/** `x` as a dense matrix. @throws LearnError DATA_NOT_FINITE where a value is missing. */
export function asMatrix(x: Features): Matrix {
  return x instanceof FeatureMatrix ? x.toMatrix() : x;
}

function checkColumn(column: FeatureColumn, rowCount: number): void {
  const { name, values } = column;
  if (values.length !== rowCount) {
    throw new LearnError(
      'SHAPE_MISMATCH',
      `column '${name}' has ${values.length} rows, and the first column has ${rowCount}`,
    );
  }
  // Nothing is to be told of a column of finite numbers, which is most of them.
  if (column.kind === 'numeric' && areAllFinite(values)) return;
  if (column.kind === 'categorical' && areAllCodes(values, column.levelCount)) return;
  for (let i = 0; i < rowCount; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    if (column.kind === 'categorical') checkCode(column, value, i);
    else if (!Number.isFinite(value)) {
      throw new LearnError(
        'DATA_NOT_FINITE',
        `column '${name}', row ${i} (from 0) is ${value}; expected a finite number, or NaN for missing`,
      );
    }
  }
}

/** Zero times a number is 0, but of NaN and the infinities NaN: one sum instead of many questions. */
function areAllFinite(values: Float64Array): boolean {
  let zeros = 0;
  for (let i = 0; i < values.length; i++) zeros += values[i] * 0;
  return zeros === 0;
}

function areAllCodes(values: Float64Array, levelCount: number): boolean {
  let others = 0;
  for (let i = 0; i < values.length; i++) {
    // Beyond 32 bits, `>>> 0` gives another number, which is no code either.
    const code = values[i] >>> 0;
    if (code !== values[i] || code >= levelCount) others++;
  }
  return others === 0;
}

function checkCode({ name, levelCount }: CategoricalFeature, code: number, row: number): void {
  if (Number.isInteger(code) && code >= 0 && code < levelCount) return;
  throw new LearnError(
    'DATA_OUT_OF_RANGE',
    `column '${name}', row ${row} (from 0) has the category code ${code}; expected a whole number from 0 to ${levelCount - 1}, or NaN for missing`,
  );
}

function checkRows(indices: ArrayLike<number>, rowCount: number): void {
  for (let i = 0; i < indices.length; i++) {
    const row = indices[i];
    if (Number.isInteger(row) && row >= 0 && row < rowCount) continue;
    throw new LearnError(
      'SHAPE_MISMATCH',
      `the features have no row ${row}: expected a whole number from 0 to ${rowCount - 1}`,
    );
  }
}

function missing(name: string, row: number): LearnError {
  return new LearnError(
    'DATA_NOT_FINITE',
    `column '${name}', row ${row} (from 0) is missing, and this learner takes finite numbers only; ` +
      'fill the column in first, with an Imputer',
  );
}
