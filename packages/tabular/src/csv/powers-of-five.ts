// The powers of five by which the kernel multiplies: 128 bits of each, the first bit set.

const largestExponent = 64;
const width = 128n;

/** Largest power of ten that a double holds exactly. */
const exactTens = 22;

/** The tables as the kernel takes them: powers of five, then powers of ten as doubles. */
export function kernelPowers(): Uint8Array {
  const fives = powersOfFive();
  const tens = Float64Array.from({ length: exactTens + 1 }, (_, n) => Number(`1e${n}`));
  const both = new Uint8Array(fives.byteLength + tens.byteLength);
  both.set(new Uint8Array(fives.buffer));
  both.set(new Uint8Array(tens.buffer), fives.byteLength);
  return both;
}

/** From 5^-64 to 5^64, each as its high and its low 64 bits. */
function powersOfFive(): BigUint64Array<ArrayBuffer> {
  const words = new BigUint64Array(2 * (2 * largestExponent + 1));
  for (let exponent = -largestExponent; exponent <= largestExponent; exponent++) {
    const power = 5n ** BigInt(Math.abs(exponent));
    const bits = exponent < 0 ? inverse(power) : leading(power);
    words[2 * (exponent + largestExponent)] = bits >> 64n;
    words[2 * (exponent + largestExponent) + 1] = bits & 0xffff_ffff_ffff_ffffn;
  }
  return words;
}

/** The leading 128 bits, cut off. */
function leading(value: bigint): bigint {
  const length = bitLength(value);
  return length <= width ? value << (width - length) : value >> (length - width);
}

/** The leading 128 bits of 1 / power: rounded up where that makes products exact, else cut off. */
function inverse(power: bigint): bigint {
  const length = bitLength(power);
  if (power <= 5n ** 27n) return (1n << (length + width - 1n)) / power + 1n;
  return leading((1n << (2n * length + width)) / power + 1n);
}

function bitLength(value: bigint): bigint {
  return BigInt(value.toString(2).length);
}
