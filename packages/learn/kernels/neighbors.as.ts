// The kernel of the nearest neighbours: squares of distances from one row to many, two columns at a
// time. Its sums are those of the TypeScript twin, in the same order, so that both give the same bits.
// Pointers are byte offsets into the imported memory.

/** The square of the distance from `query` to each of `rows` rows, all of `columns` doubles. */
export function squareDistances(
  points: usize,
  query: usize,
  rows: i32,
  columns: i32,
  out: usize,
): void {
  const quads = columns & ~3;
  let row = points;
  for (let i = 0; i < rows; i++) {
    let first = f64x2.splat(0);
    let second = f64x2.splat(0);
    let at = query;
    for (let j = 0; j < quads; j += 4) {
      const near = f64x2.sub(v128.load(row), v128.load(at));
      const far = f64x2.sub(v128.load(row, 16), v128.load(at, 16));
      first = f64x2.add(first, f64x2.mul(near, near));
      second = f64x2.add(second, f64x2.mul(far, far));
      row += 32;
      at += 32;
    }
    let a = f64x2.extract_lane(first, 0);
    for (let j = quads; j < columns; j++) {
      const difference = load<f64>(row) - load<f64>(at);
      a += difference * difference;
      row += 8;
      at += 8;
    }
    const others = f64x2.extract_lane(second, 0) + f64x2.extract_lane(second, 1);
    store<f64>(out + ((<usize>i) << 3), a + f64x2.extract_lane(first, 1) + others);
  }
}
