// Values to bins, and bins from columns to rows.

/**
 * Bins of one column: bin i holds what is above threshold i - 1 and at most threshold i; NaN has the
 * bin `missingBin`. Values are float64, `stride` apart; they are compared as float32. `thresholds` is
 * filled up with infinity to 255.
 */
export function binColumn(
  values: usize,
  stride: i32,
  count: i32,
  thresholds: usize,
  missingBin: i32,
  bins: usize,
): void {
  const step = (<usize>stride) << 3;
  for (let i: usize = 0; i < <usize>count; i++, values += step) {
    const value = <f32>load<f64>(values);
    // A binary search without branches: where 2^k thresholds are below, all those are passed.
    let at: usize = 0;
    at += (<usize>(load<f32>(thresholds, 508) < value)) << 7;
    at += (<usize>(load<f32>(thresholds + (at << 2), 252) < value)) << 6;
    at += (<usize>(load<f32>(thresholds + (at << 2), 124) < value)) << 5;
    at += (<usize>(load<f32>(thresholds + (at << 2), 60) < value)) << 4;
    at += (<usize>(load<f32>(thresholds + (at << 2), 28) < value)) << 3;
    at += (<usize>(load<f32>(thresholds + (at << 2), 12) < value)) << 2;
    at += (<usize>(load<f32>(thresholds + (at << 2), 4) < value)) << 1;
    at += <usize>(load<f32>(thresholds + (at << 2)) < value);
    store<u8>(bins + i, value >= -Infinity ? <u8>at : <u8>missingBin);
  }
}

/**
 * The rows 0 to `count - 1` of `featureCount` columns, `columnStride` bytes each, as rows of
 * `rowStride` bytes, whose last bytes without a feature are 0.
 */
export function binsByRow(
  columns: usize,
  columnStride: i32,
  featureCount: i32,
  count: i32,
  rows: usize,
  rowStride: i32,
): void {
  memory.fill(rows, 0, <usize>count * <usize>rowStride);
  // Blocks of rows that stay in the cache while one column after the other is laid into them.
  for (let first: i32 = 0; first < count; first += 512) {
    const end = min(first + 512, count);
    for (let f: i32 = 0; f < featureCount; f++) {
      const column = columns + <usize>f * <usize>columnStride;
      let at = rows + <usize>first * <usize>rowStride + <usize>f;
      for (let i = <usize>first; i < <usize>end; i++, at += <usize>rowStride) {
        store<u8>(at, load<u8>(column + i));
      }
    }
  }
}

/**
 * Sorts `count` float32 without NaN, ascending, by three passes over 11 bits each; `spare` is room for
 * as many, `counters` for 2048 int32.
 */
export function sortFloats(values: usize, count: i32, spare: usize, counters: usize): void {
  const bytes = (<usize>count) << 2;
  // As unsigned integers in the same order: negative numbers are turned round, the sign bit flipped.
  for (let at: usize = 0; at < bytes; at += 4) {
    const bits = load<u32>(values + at);
    store<u32>(values + at, bits ^ (<u32>(<i32>bits >> 31) | 0x80000000));
  }
  sortByDigit(values, spare, bytes, 0, counters);
  sortByDigit(spare, values, bytes, 11, counters);
  sortByDigit(values, spare, bytes, 22, counters);
  for (let at: usize = 0; at < bytes; at += 4) {
    const key = load<u32>(spare + at);
    store<u32>(values + at, key ^ (~(<u32>(<i32>key >> 31)) | 0x80000000));
  }
}

function sortByDigit(from: usize, into: usize, bytes: usize, shift: u32, counters: usize): void {
  memory.fill(counters, 0, 8192);
  for (let at: usize = 0; at < bytes; at += 4) {
    const counter = counters + ((<usize>((load<u32>(from + at) >> shift) & 2047)) << 2);
    store<u32>(counter, load<u32>(counter) + 1);
  }
  let position: u32 = 0;
  for (let at: usize = 0; at < 8192; at += 4) {
    const size = load<u32>(counters + at);
    store<u32>(counters + at, position);
    position += size;
  }
  for (let at: usize = 0; at < bytes; at += 4) {
    const key = load<u32>(from + at);
    const counter = counters + ((<usize>((key >> shift) & 2047)) << 2);
    const place = load<u32>(counter);
    store<u32>(counter, place + 1);
    store<u32>(into + ((<usize>place) << 2), key);
  }
}
