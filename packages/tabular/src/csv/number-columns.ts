// Columns of doubles that grow as their rows are found.

export class NumberColumns {
  #columns: Float64Array[];
  #rowCount = 0;

  constructor(columnCount: number, expectedRows: number) {
    this.#columns = Array.from({ length: columnCount }, () => new Float64Array(expectedRows));
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  /** Adds the rows of a part: column `j` is `part` from `j * stride` on. */
  append(part: Float64Array, stride: number, rowCount: number): void {
    const needed = this.#rowCount + rowCount;
    if (needed > this.#columns[0].length) this.#grow(Math.ceil(1.5 * needed));
    for (const [j, column] of this.#columns.entries()) {
      column.set(part.subarray(j * stride, j * stride + rowCount), this.#rowCount);
    }
    this.#rowCount = needed;
  }

  /** The values of one column, in an array of its own length. */
  take(column: number): Float64Array {
    const values = this.#columns[column];
    return values.length === this.#rowCount ? values : values.slice(0, this.#rowCount);
  }

  #grow(length: number): void {
    this.#columns = this.#columns.map((column) => {
      const longer = new Float64Array(length);
      longer.set(column.subarray(0, this.#rowCount));
      return longer;
    });
  }
}
