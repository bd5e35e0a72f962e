// The natural logarithm by additions, products and divisions only, so that it has the same bits in
// every engine and in the compiled kernels; engines differ in the last place of Math.log, and a last
// place can turn one split into another.

const bytes = new DataView(new ArrayBuffer(8));
const ln2 = 0.6931471805599453;

/** ln x for a normal positive x, to about 1e-15. */
export function stableLog(x: number): number {
  bytes.setFloat64(0, x);
  const high = bytes.getUint32(0);
  let exponent = (high >>> 20) - 1023;
  bytes.setUint32(0, (high & 0xfffff) | (1023 << 20));
  let mantissa = bytes.getFloat64(0);
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    exponent += 1;
  }
  // ln m = 2 artanh((m - 1) / (m + 1)), by its series; the argument is at most 0.172.
  const s = (mantissa - 1) / (mantissa + 1);
  const z = s * s;
  let series = 1 / 21;
  for (let odd = 19; odd > 0; odd -= 2) series = series * z + 1 / odd;
  return exponent * ln2 + 2 * s * series;
}
