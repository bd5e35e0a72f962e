// The kernels of small neural networks, on float32 and four lanes at a time. Pointers are byte offsets
// into the imported memory; who calls has checked every length. Each element is summed in the order of
// its terms, without fused multiplication, so that the TypeScript twin gives the same bits.

/** How the elements of one factor lie: element (i, k) is at `row * i + column * k`, in bytes. */
@inline
function at(base: usize, row: i32, column: i32, i: i32, k: i32): usize {
  return base + <usize>(row * i + column * k);
}

/**
 * c += a b, where a is `rows` x `inner` with strides of `aRow` and `aColumn` bytes (so that it may be
 * transposed), b is `inner` x `width` and c `rows` x `width`, both row-major; width is a multiple of 4.
 */
export function multiply(
  a: usize, aRow: i32, aColumn: i32, b: usize, c: usize, rows: i32, inner: i32, width: i32,
): void {
  const stride = width << 2;
  let j = 0;
  for (; j + 8 <= width; j += 8) {
    let i = 0;
    for (; i + 4 <= rows; i += 4) fourRows(a, aRow, aColumn, b + (j << 2), c + (j << 2), i, inner, stride);
    for (; i < rows; i++) oneRow(a, aRow, aColumn, b + (j << 2), c + (j << 2), i, inner, stride);
  }
  for (; j < width; j += 4) {
    for (let i = 0; i < rows; i++) narrow(a, aRow, aColumn, b + (j << 2), c + (j << 2), i, inner, stride);
  }
}

/** Four rows by eight columns: eight sums that stay in registers while the inner index runs. */
function fourRows(
  a: usize, aRow: i32, aColumn: i32, b: usize, c: usize, i: i32, inner: i32, stride: i32,
): void {
  const c0 = c + <usize>(stride * i);
  const c1 = c0 + <usize>stride;
  const c2 = c1 + <usize>stride;
  const c3 = c2 + <usize>stride;
  let s00 = v128.load(c0);
  let s01 = v128.load(c0, 16);
  let s10 = v128.load(c1);
  let s11 = v128.load(c1, 16);
  let s20 = v128.load(c2);
  let s21 = v128.load(c2, 16);
  let s30 = v128.load(c3);
  let s31 = v128.load(c3, 16);
  let a0 = at(a, aRow, aColumn, i, 0);
  let a1 = a0 + <usize>aRow;
  let a2 = a1 + <usize>aRow;
  let a3 = a2 + <usize>aRow;
  let bk = b;
  for (let k = 0; k < inner; k++) {
    const b0 = v128.load(bk);
    const b1 = v128.load(bk, 16);
    const x0 = v128.load32_splat(a0);
    s00 = f32x4.add(s00, f32x4.mul(x0, b0));
    s01 = f32x4.add(s01, f32x4.mul(x0, b1));
    const x1 = v128.load32_splat(a1);
    s10 = f32x4.add(s10, f32x4.mul(x1, b0));
    s11 = f32x4.add(s11, f32x4.mul(x1, b1));
    const x2 = v128.load32_splat(a2);
    s20 = f32x4.add(s20, f32x4.mul(x2, b0));
    s21 = f32x4.add(s21, f32x4.mul(x2, b1));
    const x3 = v128.load32_splat(a3);
    s30 = f32x4.add(s30, f32x4.mul(x3, b0));
    s31 = f32x4.add(s31, f32x4.mul(x3, b1));
    a0 += <usize>aColumn;
    a1 += <usize>aColumn;
    a2 += <usize>aColumn;
    a3 += <usize>aColumn;
    bk += <usize>stride;
  }
  v128.store(c0, s00);
  v128.store(c0, s01, 16);
  v128.store(c1, s10);
  v128.store(c1, s11, 16);
  v128.store(c2, s20);
  v128.store(c2, s21, 16);
  v128.store(c3, s30);
  v128.store(c3, s31, 16);
}

function oneRow(
  a: usize, aRow: i32, aColumn: i32, b: usize, c: usize, i: i32, inner: i32, stride: i32,
): void {
  const ci = c + <usize>(stride * i);
  let s0 = v128.load(ci);
  let s1 = v128.load(ci, 16);
  let ai = at(a, aRow, aColumn, i, 0);
  let bk = b;
  for (let k = 0; k < inner; k++) {
    const x = v128.load32_splat(ai);
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(bk)));
    s1 = f32x4.add(s1, f32x4.mul(x, v128.load(bk, 16)));
    ai += <usize>aColumn;
    bk += <usize>stride;
  }
  v128.store(ci, s0);
  v128.store(ci, s1, 16);
}

function narrow(
  a: usize, aRow: i32, aColumn: i32, b: usize, c: usize, i: i32, inner: i32, stride: i32,
): void {
  const ci = c + <usize>(stride * i);
  let sum = v128.load(ci);
  let ai = at(a, aRow, aColumn, i, 0);
  let bk = b;
  for (let k = 0; k < inner; k++) {
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(ai), v128.load(bk)));
    ai += <usize>aColumn;
    bk += <usize>stride;
  }
  v128.store(ci, sum);
}

/** max(value, 0) in place; `length` is a multiple of 4, as in all that follow. */
export function rectify(values: usize, length: i32): void {
  const zero = f32x4.splat(0);
  for (let at = values; at < values + <usize>(length << 2); at += 16) {
    v128.store(at, f32x4.max(zero, v128.load(at)));
  }
}

/** Sets a slope to 0 where the rectified value is 0. */
export function rectifySlopes(slopes: usize, values: usize, length: i32): void {
  const zero = f32x4.splat(0);
  const bytes = <usize>(length << 2);
  for (let offset: usize = 0; offset < bytes; offset += 16) {
    const positive = f32x4.gt(v128.load(values + offset), zero);
    v128.store(slopes + offset, v128.and(v128.load(slopes + offset), positive));
  }
}

/** One step of Adam (Kingma and Ba 2015, algorithm 1), its bias correction within `rate`. */
export function adam(
  values: usize, gradient: usize, first: usize, second: usize, length: i32,
  decay: f32, rate: f32, beta1: f32, beta2: f32, epsilon: f32,
): void {
  const keep1 = f32x4.splat(beta1);
  const keep2 = f32x4.splat(beta2);
  const take1 = f32x4.splat(<f32>1 - beta1);
  const take2 = f32x4.splat(<f32>1 - beta2);
  const bytes = <usize>(length << 2);
  for (let offset: usize = 0; offset < bytes; offset += 16) {
    const value = v128.load(values + offset);
    const slope = f32x4.add(v128.load(gradient + offset), f32x4.mul(f32x4.splat(decay), value));
    const m = f32x4.add(f32x4.mul(keep1, v128.load(first + offset)), f32x4.mul(take1, slope));
    const square = f32x4.mul(slope, slope);
    const v = f32x4.add(f32x4.mul(keep2, v128.load(second + offset)), f32x4.mul(take2, square));
    const size = f32x4.add(f32x4.sqrt(v), f32x4.splat(epsilon));
    v128.store(first + offset, m);
    v128.store(second + offset, v);
    v128.store(values + offset, f32x4.sub(value, f32x4.div(f32x4.mul(f32x4.splat(rate), m), size)));
  }
}
