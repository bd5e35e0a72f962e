// The nearest rows found so far, the farthest on top: a binary heap over two typed arrays. Of equal
// distances the row that came later in training is the farther one, so that the order of a search
// does not matter.

export class NeighborHeap {
  readonly rows: Int32Array;
  /** Squares of the distances; infinite while fewer rows have been found. */
  readonly squares: Float64Array;

  constructor(capacity: number) {
    this.rows = new Int32Array(capacity);
    this.squares = new Float64Array(capacity);
    this.clear();
  }

  clear(): void {
    this.rows.fill(0x7fffffff);
    this.squares.fill(Number.POSITIVE_INFINITY);
  }

  /** Above this square a row is of no interest. */
  get farthest(): number {
    return this.squares[0];
  }

  /** Takes the row in place of the farthest if it is nearer. */
  offer(row: number, square: number): void {
    const { rows, squares } = this;
    if (square > squares[0] || (square === squares[0] && row > rows[0])) return;
    let at = 0;
    for (let child = 1; child < rows.length; child = 2 * at + 1) {
      if (child + 1 < rows.length && this.#isFarther(child + 1, child)) child++;
      const isPlace = squares[child] < square || (squares[child] === square && rows[child] < row);
      if (isPlace) break;
      squares[at] = squares[child];
      rows[at] = rows[child];
      at = child;
    }
    squares[at] = square;
    rows[at] = row;
  }

  #isFarther(a: number, b: number): boolean {
    const { rows, squares } = this;
    return squares[a] > squares[b] || (squares[a] === squares[b] && rows[a] > rows[b]);
  }
}
