// The kernel of CSV files that hold numbers only: whole lines of bytes in, columns of doubles out, each
// correctly rounded. It knows the plainest grammar, and stops at whatever else it meets; the reader in
// src/duckdb/ then has the file. Pointers are byte offsets into the imported memory.
//
//   cell := "" | sign? digits ("." digits)? exponent? | "." digits exponent?

// Kinds of values, as in src/duckdb/text-kinds.ts.
const WHOLE: u8 = 1;
const HUGE: u8 = 2;
const DECIMAL: u8 = 4;

const LARGEST_WHOLE: u64 = 9007199254740991;
const MOST_DIGITS: i32 = 19;
const LARGEST_EXPONENT: i32 = 64;
// 129 powers of five, 16 bytes each; then the powers of ten from 0 to 22.
const TENS: usize = 129 * 16;

/**
 * Parses lines until the end. Column `j` of row `i` goes to `out + 8 (j rowCapacity + i)`, its kinds are
 * added to the byte `kinds + j`. Cells that need more care are listed at `hard`: row, column, offset
 * and length, each an i32. At `state` are left, as i32: rows, hard cells, and 1 if a line is not of
 * this grammar.
 * @param input whole lines, the last ended by a line feed.
 * @param powers 128 bits of each power of five from -64 to 64, high word first; then, as doubles, the
 * powers of ten from 0 to 22, which are exact.
 */
export function parseRows(
  input: usize, length: i32, delimiter: u32, columnCount: i32, out: usize, rowCapacity: i32,
  kinds: usize, powers: usize, hard: usize, state: usize,
): void {
  const end = input + <usize>length;
  let at = input;
  let row = 0;
  let hardCount = 0;
  let isOther = false;
  while (at < end && !isOther) {
    for (let column = 0; column < columnCount; column++) {
      const start = at;
      let c: u32 = load<u8>(at);
      const isNegative = c === 0x2d;
      const isSigned = isNegative || c === 0x2b;
      if (isSigned) at++;
      let mantissa: u64 = 0;
      const first = at;
      let digit: u32 = <u32>load<u8>(at) - 0x30;
      while (digit < 10) {
        mantissa = mantissa * 10 + digit;
        digit = <u32>load<u8>(++at) - 0x30;
      }
      let digits = <i32>(at - first);
      let exponent = 0;
      let kind = WHOLE;
      if (load<u8>(at) === 0x2e) {
        const point = ++at;
        digit = <u32>load<u8>(at) - 0x30;
        while (digit < 10) {
          mantissa = mantissa * 10 + digit;
          digit = <u32>load<u8>(++at) - 0x30;
        }
        const decimals = <i32>(at - point);
        if (decimals === 0 || (digits === 0 && isSigned)) isOther = true;
        digits += decimals;
        exponent = -decimals;
        kind = DECIMAL;
      }
      if (digits > 0 && (<u32>load<u8>(at) | 0x20) === 0x65) {
        kind = DECIMAL;
        c = load<u8>(++at);
        const isDown = c === 0x2d;
        if (isDown || c === 0x2b) at++;
        const from = at;
        let power = 0;
        digit = <u32>load<u8>(at) - 0x30;
        while (digit < 10) {
          if (power < 100000) power = power * 10 + <i32>digit;
          digit = <u32>load<u8>(++at) - 0x30;
        }
        if (at === from) isOther = true;
        exponent += isDown ? -power : power;
      }
      const cell = out + (<usize>(column * rowCapacity + row) << 3);
      if (at === start) {
        // A blank line: what it means is for the other reader to say.
        if (columnCount === 1) isOther = true;
        store<f64>(cell, NaN);
      } else if (digits === 0) {
        isOther = true;
      } else if (digits > MOST_DIGITS || exponent < -LARGEST_EXPONENT || exponent > LARGEST_EXPONENT) {
        const entry = hard + (<usize>hardCount << 4);
        hardCount++;
        store<i32>(entry, row);
        store<i32>(entry, column, 4);
        store<i32>(entry, <i32>(start - input), 8);
        store<i32>(entry, <i32>(at - start), 12);
      } else {
        if (kind === WHOLE && mantissa > LARGEST_WHOLE) kind = HUGE;
        store<u8>(kinds + <usize>column, load<u8>(kinds + <usize>column) | kind);
        const value = valueOf(mantissa, exponent, powers);
        store<f64>(cell, isNegative ? -value : value);
      }
      c = load<u8>(at);
      if (column < columnCount - 1) {
        if (c !== delimiter) isOther = true;
      } else {
        if (c === 0x0d) c = load<u8>(++at);
        if (c !== 0x0a) isOther = true;
      }
      if (isOther) break;
      at++;
    }
    row++;
  }
  store<i32>(state, row);
  store<i32>(state, hardCount, 4);
  store<i32>(state, isOther ? 1 : 0, 8);
}

/** mantissa 10^exponent, rounded to nearest and even. */
@inline
function valueOf(mantissa: u64, exponent: i32, powers: usize): f64 {
  // Both factors are exact, so their product or quotient is rounded once (Clinger 1990).
  if (mantissa <= LARGEST_WHOLE && exponent >= -22 && exponent <= 22) {
    const whole = <f64>mantissa;
    if (exponent < 0) return whole / load<f64>(powers + TENS + (<usize>-exponent << 3));
    return whole * load<f64>(powers + TENS + (<usize>exponent << 3));
  }
  return mantissa === 0 ? 0 : byProduct(mantissa, exponent, powers);
}

/**
 * By the high bits of the product with the power of five (Lemire 2021, "Number parsing at a gigabyte
 * per second", algorithm 1). For these exponents the result is a normal number, and 128 bits of the
 * power always decide it (Mushtak and Lemire 2023).
 */
function byProduct(mantissa: u64, exponent: i32, powers: usize): f64 {
  const zeros = <i32>clz(mantissa);
  const w = mantissa << <u64>zeros;
  const power = powers + (<usize>(exponent + LARGEST_EXPONENT) << 4);
  const factor = load<u64>(power);
  let high = highProduct(w, factor);
  let low = w * factor;
  if ((high & 0x1ff) === 0x1ff) {
    const more = highProduct(w, load<u64>(power, 8));
    low += more;
    if (more > low) high++;
  }
  const upper = <i32>(high >> 63);
  const shift = <u64>(upper + 9);
  let bits = high >> shift;
  let binary = ((217706 * exponent) >> 16) + 63 + upper - zeros + 1023;
  // Exactly between two doubles: to the even one.
  if (low <= 1 && exponent >= -4 && exponent <= 23 && (bits & 3) === 1 && bits << shift === high) {
    bits &= ~<u64>1;
  }
  bits = (bits + (bits & 1)) >> 1;
  if (bits >= <u64>1 << 53) {
    bits = <u64>1 << 52;
    binary++;
  }
  return reinterpret<f64>((bits & ~(<u64>1 << 52)) | (<u64>binary << 52));
}

/** The upper 64 bits of a product. */
@inline
function highProduct(a: u64, b: u64): u64 {
  const a0 = a & 0xffffffff;
  const a1 = a >> 32;
  const b0 = b & 0xffffffff;
  const b1 = b >> 32;
  const middle = a1 * b0 + ((a0 * b0) >> 32);
  const other = a0 * b1 + (middle & 0xffffffff);
  return a1 * b1 + (middle >> 32) + (other >> 32);
}
