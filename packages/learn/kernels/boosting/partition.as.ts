// Rows of a leaf parted into those of its two children, and rows drawn for a tree. Orders are kept, so
// rows stay ascending.

/**
 * Moves the rows whose bin goes left to the front of `rows`; `spare` is room for `count`.
 * `column` has the split feature's bin a row, `routes` a 1 for each bin that goes left.
 * @returns how many go left.
 */
export function partitionRows(
  column: usize,
  rows: usize,
  count: i32,
  routes: usize,
  spare: usize,
): i32 {
  let left = rows;
  let right = spare;
  for (let k: i32 = 0; k < count; k++) {
    const row = load<u32>(rows + ((<usize>k) << 2));
    // Written to both sides, kept on one: no branch to mispredict.
    const step = (<usize>load<u8>(routes + <usize>load<u8>(column + <usize>row))) << 2;
    store<u32>(left, row);
    store<u32>(right, row);
    left += step;
    right += 4 - step;
  }
  memory.copy(left, spare, right - spare);
  return <i32>((left - rows) >> 2);
}

export function listRows(rows: usize, first: i32, count: i32): void {
  for (let k: i32 = 0; k < count; k++) store<u32>(rows + ((<usize>k) << 2), first + k);
}

/**
 * Draws each of the rows `first` to `first + count - 1` with the same probability, `limit` / 2³²,
 * by a hash of row and seed: the same rows whatever thread asks.
 * @returns how many are drawn (into `drawn`); the others go to `others`.
 */
export function drawRows(
  first: i32,
  count: i32,
  seed: u32,
  limit: u32,
  drawn: usize,
  others: usize,
): i32 {
  const start = drawn;
  for (let row = <u32>first; row < <u32>(first + count); row++) {
    const step: usize = hash(row, seed) < limit ? 4 : 0;
    store<u32>(drawn, row);
    store<u32>(others, row);
    drawn += step;
    others += 4 - step;
  }
  return <i32>((drawn - start) >> 2);
}

// The finaliser of MurmurHash3, over row and seed.
function hash(row: u32, seed: u32): u32 {
  let h = row * 0x9e3779b1 + seed;
  h = (h ^ (h >> 16)) * 0x85ebca6b;
  h = (h ^ (h >> 13)) * 0xc2b2ae35;
  return h ^ (h >> 16);
}
