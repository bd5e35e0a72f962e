// The logarithm of src/forest/stable-log.ts, operation for operation, so that it has the same bits.

export function stableLog(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let exponent = <i32>(bits >> 52) - 1023;
  let mantissa = reinterpret<f64>((bits & 0xfffffffffffff) | ((<u64>1023) << 52));
  if (mantissa > Math.SQRT2) {
    mantissa *= 0.5;
    exponent += 1;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const z = s * s;
  const series = odd(z);
  return <f64>exponent * Math.LN2 + 2 * s * series;
}

/** 1 + z/3 + z²/5 + … + z¹⁰/21. */
function odd(z: f64): f64 {
  const last = ((z * (1.0 / 21.0) + 1.0 / 19.0) * z + 1.0 / 17.0) * z + 1.0 / 15.0;
  const middle = ((last * z + 1.0 / 13.0) * z + 1.0 / 11.0) * z + 1.0 / 9.0;
  return (((middle * z + 1.0 / 7.0) * z + 1.0 / 5.0) * z + 1.0 / 3.0) * z + 1.0;
}
