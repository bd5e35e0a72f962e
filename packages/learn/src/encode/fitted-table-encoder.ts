// The way from the columns of a table to the features of a learner, after its fit: data only.

import type { Cell, Column, Table } from '@ridgeline/tabular';
import { LearnError } from '../errors.ts';
import { FeatureMatrix } from '../matrix/feature-matrix.ts';
import type { ColumnEncoding } from './column-encoding.ts';
import type { ColumnReport } from './column-purpose.ts';
import type { EncodedFeature, InputColumn } from './input-column.ts';

/** What a table must offer to be encoded. */
export type EncodableTable = Pick<Table, 'rowCount' | 'columns' | 'column'>;

export class FittedTableEncoder {
  /** One a column that is used, in the order of the table of training. */
  readonly encodings: readonly ColumnEncoding[];
  /** The columns that are read; others of a table are not looked at. */
  readonly inputs: readonly InputColumn[];
  /** The features, in the order of the columns of `transform`. */
  readonly features: readonly EncodedFeature[];
  /** What was done to each column of the table of training, those that are ignored included. */
  readonly report: readonly ColumnReport[];

  constructor(encodings: readonly ColumnEncoding[], report: readonly ColumnReport[]) {
    this.encodings = encodings;
    this.report = report;
    this.inputs = encodings.map(({ input }) => input);
    this.features = encodings.flatMap(({ features }) => features);
  }

  /**
   * The features of each row. Arrays of numbers that need no change are the table's own.
   * @throws TabularError COLUMN_NOT_FOUND; LearnError DATA_EMPTY without rows, DATA_TYPE_MISMATCH and
   * DATA_NOT_FINITE naming column and row.
   */
  transform(table: EncodableTable): FeatureMatrix {
    const byName = new Map(table.columns().map((column) => [column.name, column]));
    const columns = this.encodings.flatMap((encoding) => {
      const { name, required } = encoding.input;
      const found =
        byName.get(name) ?? (required ? table.column(name) : absent(name, table.rowCount));
      const values = encoding.encodeColumn(found);
      return encoding.features.map((feature, f) => featureColumn(feature, values[f]));
    });
    return new FeatureMatrix(columns);
  }

  /**
   * The features of one row.
   * @param cells one a column of `inputs`, in their order; null where missing.
   * @param out where the features go; default a new array.
   * @throws LearnError SHAPE_MISMATCH, DATA_TYPE_MISMATCH, DATA_NOT_FINITE naming the column.
   */
  encodeRow(
    cells: readonly Cell[],
    out: Float64Array = new Float64Array(this.features.length),
  ): Float64Array {
    if (cells.length !== this.encodings.length) throw this.#wrongLength(cells.length);
    let at = 0;
    for (let i = 0; i < cells.length; i++) {
      const encoding = this.encodings[i];
      encoding.encodeCell(cells[i], out, at);
      at += encoding.features.length;
    }
    return out;
  }

  toJSON(): object {
    return { encodings: this.encodings.map((encoding) => encoding.toJSON()), report: this.report };
  }

  #wrongLength(length: number): LearnError {
    const names = this.inputs.slice(0, 10).map(({ name }) => name);
    const more = this.inputs.length > names.length ? ', …' : '';
    return new LearnError(
      'SHAPE_MISMATCH',
      `the row has ${length} cells; expected ${this.inputs.length}: ${names.join(', ')}${more}`,
    );
  }
}

function featureColumn({ name, kind, levelCount }: EncodedFeature, values: Float64Array) {
  if (kind === 'numeric') return { kind, name, values };
  return { kind, name, values, levelCount: levelCount ?? 1 };
}

/** A column without values, for one that the table lacks and need not have. */
function absent(name: string, rowCount: number): Column {
  const codes = new Int32Array(rowCount).fill(-1);
  return { name, type: 'string', codes, dictionary: [], missing: new Uint8Array(rowCount).fill(1) };
}
