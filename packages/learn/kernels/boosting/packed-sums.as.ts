// Histograms as vectors of packed sums: added, subtracted. A count is of 64-bit entries and
// even, so that two go at a time.

/** into += from. */
export function addPacked(into: usize, from: usize, count: i32): void {
  const end = into + ((<usize>count) << 3);
  for (; into < end; into += 16, from += 16) {
    v128.store(into, v128.add<i64>(v128.load(into), v128.load(from)));
  }
}

/** into = from - less; `into` may be `from`. */
export function subtractPacked(into: usize, from: usize, less: usize, count: i32): void {
  const end = into + ((<usize>count) << 3);
  for (; into < end; into += 16, from += 16, less += 16) {
    v128.store(into, v128.sub<i64>(v128.load(from), v128.load(less)));
  }
}
