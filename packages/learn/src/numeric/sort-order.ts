// The order that sorts a vector, stable and in linear time. Shared by ranks, curves and medians,
// which all have to carry labels and weights along with the values.

/** Below this many values a comparison sort is faster than counting digits. */
const smallLength = 4096;
const digitBits = 16;
const digitCount = 1 << digitBits;

/**
 * The indices of `values` in ascending order of their values, equal values in the order of their
 * indices; -0 and 0 are equal. NaN is not allowed.
 */
export function sortOrder(values: Float64Array): Int32Array {
  const order = new Int32Array(values.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  if (values.length < smallLength) return order.sort((a, b) => values[a] - values[b] || a - b);
  return radixOrder(digitsOf(values), order);
}

/**
 * The doubles as unsigned 64-bit integers of the same order, cut into four digits of 16 bits, the
 * lowest first: a negative number has all bits flipped, any other its sign bit.
 */
function digitsOf(values: Float64Array): readonly Uint16Array[] {
  // Adding 0 makes 0 of -0.
  const words = new Uint16Array(values.map((value) => value + 0).buffer);
  const bytes = new Uint8Array(new Uint16Array([1]).buffer);
  const isLittleEndian = bytes[0] === 1;
  return Array.from({ length: 4 }, (_, digit) => {
    const at = isLittleEndian ? digit : 3 - digit;
    const signAt = isLittleEndian ? 3 : 0;
    const isTop = digit === 3;
    const digits = new Uint16Array(values.length);
    for (let i = 0; i < digits.length; i++) {
      const word = words[4 * i + at];
      const isNegative = words[4 * i + signAt] >= 0x8000;
      digits[i] = isNegative ? ~word : isTop ? word | 0x8000 : word;
    }
    return digits;
  });
}

/** One stable counting sort a digit, from the lowest to the highest. */
function radixOrder(digits: readonly Uint16Array[], first: Int32Array): Int32Array {
  let order = first;
  let spare: Int32Array = new Int32Array(order.length);
  for (const digit of digits) {
    const starts = startsOf(digit);
    // All values share this digit, as the low ones of numbers that came from float32 do.
    if (starts === null) continue;
    for (let i = 0; i < order.length; i++) spare[starts[digit[order[i]]]++] = order[i];
    [order, spare] = [spare, order];
  }
  return order;
}

/** Where each digit's rows begin; null when there is one digit only. */
function startsOf(digit: Uint16Array): Int32Array | null {
  const starts = new Int32Array(digitCount);
  for (let i = 0; i < digit.length; i++) starts[digit[i]]++;
  if (starts[digit[0]] === digit.length) return null;
  let sum = 0;
  for (let d = 0; d < digitCount; d++) {
    const count = starts[d];
    starts[d] = sum;
    sum += count;
  }
  return starts;
}
