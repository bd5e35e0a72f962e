// The loops in which the solvers spend their time. They run over the indices of their first vector
// from `from` up to, not including, `to`; the other vector is at least as long.

export function dot(a: Float64Array, b: Float64Array, from = 0, to = a.length): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += a[i] * b[i];
  return sum;
}

/** Four sums at once, so that an addition need not wait for the one before: for long vectors. */
export function longDot(a: Float64Array, b: Float64Array, from = 0, to = a.length): number {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  let i = from;
  for (; i < to - 3; i += 4) {
    first += a[i] * b[i];
    second += a[i + 1] * b[i + 1];
    third += a[i + 2] * b[i + 2];
    fourth += a[i + 3] * b[i + 3];
  }
  for (; i < to; i++) first += a[i] * b[i];
  return first + second + (third + fourth);
}

/** `target += factor * source`. */
export function addScaled(
  target: Float64Array,
  factor: number,
  source: Float64Array,
  from = 0,
): void {
  for (let i = from; i < target.length; i++) {
    target[i] = target[i] + factor * source[i];
  }
}

/** Turns the plane of `a` and `b`: `a' = cos a - sin b`, `b' = sin a + cos b`. */
export function rotate(a: Float64Array, b: Float64Array, cos: number, sin: number): void {
  for (let i = 0; i < a.length; i++) {
    const left = a[i];
    const right = b[i];
    a[i] = cos * left - sin * right;
    b[i] = sin * left + cos * right;
  }
}
