// The natural logarithm by additions, products and divisions only, so that it has the same bits in
// every engine and in the compiled kernels; engines differ in the last place of Math.log, and a last
// place can turn one split into another.

const bytes = new DataView(new ArrayBuffer(8));

/** ln x for a normal positive x, to about 1e-15. */
export function stableLog(x: number): number {
  bytes.setFloat64(0, x);
  const high = bytes.getUint32(0);
  let exponent = (high >>> 20) - 1023;
  bytes.setUint32(0, (high & 0xfffff) | (1023 << 20));
  let mantissa = bytes.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa *= 0.5;
    exponent += 1;
  }
  // ln m = 2 artanh((m - 1) / (m + 1)), by its series; the argument is at most 0.172.
  const s = (mantissa - 1) / (mantissa + 1);
  const z = s * s;
  const series = odd(z);
  return exponent * Math.LN2 + 2 * s * series;
}

/** 1 + z/3 + z²/5 + … + z¹⁰/21. */
function odd(z: number): number {
  const last = ((z * (1 / 21) + 1 / 19) * z + 1 / 17) * z + 1 / 15;
  const middle = ((last * z + 1 / 13) * z + 1 / 11) * z + 1 / 9;
  return (((middle * z + 1 / 7) * z + 1 / 5) * z + 1 / 3) * z + 1;
}
