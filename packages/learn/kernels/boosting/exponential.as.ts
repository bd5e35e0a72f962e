// e^x of four float32 at a time: range reduction by ln 2 and a polynomial of degree 7 (Cephes' expf),
// exact to about 1e-7. Our own, so that it is the same to the bit on every engine and in the twin.

export function exponential(value: v128): v128 {
  let x = f32x4.min(f32x4.max(value, f32x4.splat(-87)), f32x4.splat(88));
  const scaled = f32x4.add(f32x4.mul(x, f32x4.splat(<f32>Math.LOG2E)), f32x4.splat(0.5));
  const power = f32x4.floor(scaled);
  // ln 2 in two parts, of which the first times `power` is exact.
  x = f32x4.sub(x, f32x4.mul(power, f32x4.splat(0.693359375)));
  x = f32x4.sub(x, f32x4.mul(power, f32x4.splat(-2.1219444e-4)));
  let y = f32x4.splat(1.9875691e-4);
  y = f32x4.add(f32x4.mul(y, x), f32x4.splat(1.3981999e-3));
  y = f32x4.add(f32x4.mul(y, x), f32x4.splat(8.3334519e-3));
  y = f32x4.add(f32x4.mul(y, x), f32x4.splat(4.1665795e-2));
  y = f32x4.add(f32x4.mul(y, x), f32x4.splat(1.6666665e-1));
  y = f32x4.add(f32x4.mul(y, x), f32x4.splat(0.5));
  y = f32x4.add(f32x4.mul(y, f32x4.mul(x, x)), f32x4.add(x, f32x4.splat(1)));
  const exponent = i32x4.add(i32x4.trunc_sat_f32x4_s(power), i32x4.splat(127));
  return f32x4.mul(y, i32x4.shl(exponent, 23));
}
