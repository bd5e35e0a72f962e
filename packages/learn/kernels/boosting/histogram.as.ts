// Histograms: per feature and bin the sums of gradients and hessians of a set of rows, packed into one
// 64-bit integer (gradient in the high half, hessian in the low), so that sums are exact in any order.

/**
 * Adds `count` rows to a cleared histogram. `rows` lists them; 0 stands for the first `count` rows.
 * `bins` is row-major, `stride` (a multiple of 4) bytes a row; `offsets` has an entry's position for
 * each of those bytes, and `table` room for as many addresses.
 */
export function buildHistogram(
  bins: usize,
  stride: i32,
  packed: usize,
  rows: usize,
  count: i32,
  offsets: usize,
  table: usize,
  histogram: usize,
  entryCount: i32,
): void {
  memory.fill(histogram, 0, (<usize>entryCount) << 3);
  // Addresses once a histogram instead of once an update.
  for (let f: usize = 0; f < <usize>stride; f++) {
    store<u32>(table + (f << 2), <u32>(histogram + ((<usize>load<u32>(offsets + (f << 2))) << 3)));
  }
  for (let k: i32 = 0; k < count; k++) {
    const row = rows ? <usize>load<u32>(rows + ((<usize>k) << 2)) : <usize>k;
    const value = load<i64>(packed + (row << 3));
    let bin = bins + row * <usize>stride;
    const end = bin + <usize>stride;
    // One load brings the bins of four features.
    for (let at = table; bin < end; bin += 4, at += 16) {
      const four = load<u32>(bin);
      let sum = <usize>load<u32>(at) + ((<usize>(four & 255)) << 3);
      store<i64>(sum, load<i64>(sum) + value);
      sum = <usize>load<u32>(at, 4) + ((<usize>((four >> 8) & 255)) << 3);
      store<i64>(sum, load<i64>(sum) + value);
      sum = <usize>load<u32>(at, 8) + ((<usize>((four >> 16) & 255)) << 3);
      store<i64>(sum, load<i64>(sum) + value);
      sum = <usize>load<u32>(at, 12) + ((<usize>(four >> 24)) << 3);
      store<i64>(sum, load<i64>(sum) + value);
    }
  }
}

/**
 * As `buildHistogram`, for the features that `chosen` lists only (`chosenCount` positions in a row):
 * what is left of the work when a tree sees a part of the columns.
 */
export function buildHistogramOf(
  bins: usize,
  stride: i32,
  packed: usize,
  rows: usize,
  count: i32,
  offsets: usize,
  table: usize,
  histogram: usize,
  entryCount: i32,
  chosen: usize,
  chosenCount: i32,
): void {
  memory.fill(histogram, 0, (<usize>entryCount) << 3);
  for (let f: usize = 0; f < <usize>chosenCount; f++) {
    const position = <usize>load<u32>(chosen + (f << 2));
    const offset = <usize>load<u32>(offsets + (position << 2));
    store<u32>(table + (f << 2), <u32>(histogram + (offset << 3)));
  }
  for (let k: i32 = 0; k < count; k++) {
    const row = rows ? <usize>load<u32>(rows + ((<usize>k) << 2)) : <usize>k;
    const value = load<i64>(packed + (row << 3));
    const first = bins + row * <usize>stride;
    for (let f: usize = 0; f < <usize>chosenCount; f++) {
      const bin = <usize>load<u8>(first + <usize>load<u32>(chosen + (f << 2)));
      const sum = <usize>load<u32>(table + (f << 2)) + (bin << 3);
      store<i64>(sum, load<i64>(sum) + value);
    }
  }
}
