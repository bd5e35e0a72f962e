// A categorical column as columns of 0 and 1. Several codes may share a column, and some have none.

import type { FeatureSchema } from '../../matrix/feature-schema.ts';
import { type MapOfColumn, numericOutput } from './column-map.ts';

export class OneHotMap implements MapOfColumn {
  readonly kind = 'one-hot';
  /** Column of each code, from 0; -1 for a code that makes all columns 0. */
  readonly columnOfCode: Int32Array;
  /** Column of a missing value; -1 where it makes all columns 0. */
  readonly missingColumn: number;
  readonly columnCount: number;

  constructor(columnOfCode: Int32Array, missingColumn: number, columnCount: number) {
    this.columnOfCode = columnOfCode;
    this.missingColumn = missingColumn;
    this.columnCount = columnCount;
  }

  /** Named by the one code that a column stands for, else `rare` or `missing`. */
  outputs({ name }: FeatureSchema): readonly FeatureSchema[] {
    const meanings = new Array<string>(this.columnCount).fill('rare');
    const codeCounts = new Int32Array(this.columnCount);
    this.columnOfCode.forEach((column, code) => {
      if (column < 0) return;
      codeCounts[column]++;
      meanings[column] = codeCounts[column] === 1 ? `level ${code}` : 'rare';
    });
    if (this.missingColumn >= 0) meanings[this.missingColumn] = 'missing';
    return meanings.map((meaning) => numericOutput(`${name} is ${meaning}`));
  }

  mapColumn(values: Float64Array): readonly Float64Array[] {
    const columns = Array.from({ length: this.columnCount }, () => new Float64Array(values.length));
    for (let i = 0; i < values.length; i++) {
      const column = this.#columnOf(values[i]);
      if (column >= 0) columns[column][i] = 1;
    }
    return columns;
  }

  mapCell(value: number, out: Float64Array, at: number): void {
    out.fill(0, at, at + this.columnCount);
    const column = this.#columnOf(value);
    if (column >= 0) out[at + column] = 1;
  }

  toJSON() {
    const { kind, missingColumn, columnCount } = this;
    return { kind, columnOfCode: [...this.columnOfCode], missingColumn, columnCount };
  }

  #columnOf(value: number): number {
    return Number.isNaN(value) ? this.missingColumn : this.columnOfCode[value];
  }
}
