// The decimal number of .NET: a whole number of at most 96 bits (28 to 29 digits), and how many of
// its digits stand behind the point. Expressions compare and print numbers; they never calculate.

const largestCoefficient = 2n ** 96n - 1n;
const largestScale = 28;
/** Digits behind the point beyond these only matter as "not zero". */
const readFractionDigits = 64;

const numberPattern = /^\s*(?<sign>[+-]?)(?<whole>\d[\d,]*)?(?:\.(?<fraction>\d*))?\s*$/u;

export class Decimal {
  readonly kind = 'number';
  readonly #coefficient: bigint;
  readonly #scale: number;

  private constructor(coefficient: bigint, scale: number) {
    this.#coefficient = coefficient;
    this.#scale = scale;
  }

  /**
   * Reads what .NET's invariant parse reads: white space around, a sign, a point, commas between
   * the digits before it. Undefined when the text is no number, or too large a one.
   */
  static parse(text: string): Decimal | undefined {
    const groups = numberPattern.exec(text)?.groups;
    if (groups === undefined) return undefined;
    const whole = (groups.whole ?? '').replaceAll(',', '').replace(/^0+/u, '');
    const fraction = groups.fraction ?? '';
    if ((groups.whole ?? '') === '' && fraction === '') return undefined;
    if (whole.length > largestScale + 1) return undefined;
    return Decimal.#fromDigits(groups.sign === '-', whole, fraction);
  }

  /** Undefined for what no decimal can hold: NaN, infinities, 1e29 and beyond. */
  static fromNumber(value: number): Decimal | undefined {
    if (!Number.isFinite(value)) return undefined;
    const [digits = '', exponentText = '0'] = String(Math.abs(value)).split('e');
    const [whole = '', fraction = ''] = digits.split('.');
    const exponent = Number(exponentText);
    if (exponent > largestScale) return undefined;
    const shifted =
      exponent >= 0
        ? [whole + fraction.slice(0, exponent).padEnd(exponent, '0'), fraction.slice(exponent)]
        : ['', '0'.repeat(-exponent - whole.length) + whole + fraction];
    return Decimal.#fromDigits(value < 0, shifted[0] ?? '', shifted[1] ?? '');
  }

  static #fromDigits(negative: boolean, whole: string, fraction: string): Decimal | undefined {
    const read = fraction.slice(0, readFractionDigits);
    const isInexact = /[1-9]/u.test(fraction.slice(readFractionDigits));
    const digits = BigInt(`${whole}${read}` || '0');
    let dropped = Math.max(0, read.length - largestScale);
    let coefficient = roundHalfEven(digits, dropped, isInexact);
    while (coefficient > largestCoefficient) {
      dropped += 1;
      if (dropped > read.length) return undefined;
      coefficient = roundHalfEven(digits, dropped, isInexact);
    }
    return new Decimal(negative ? -coefficient : coefficient, read.length - dropped);
  }

  get isZero(): boolean {
    return this.#coefficient === 0n;
  }

  /** Negative, zero or positive, as for `Array.sort`. */
  compareTo(other: Decimal): number {
    const scale = Math.max(this.#scale, other.#scale);
    const left = this.#coefficient * 10n ** BigInt(scale - this.#scale);
    const right = other.#coefficient * 10n ** BigInt(scale - other.#scale);
    return left < right ? -1 : left > right ? 1 : 0;
  }

  /** The nearest double; whole numbers up to 2^53 and short fractions are exact. */
  toNumber(): number {
    return Number(this.toFullText());
  }

  /** All digits, without zeros at the end. */
  toFullText(): string {
    return textOfDigits(this.#coefficient, this.#scale);
  }

  /** The language's `0.#######`: at most seven digits behind the point, halves away from zero. */
  toString(): string {
    if (this.#scale <= 7) return this.toFullText();
    const unit = 10n ** BigInt(this.#scale - 7);
    const magnitude = this.#coefficient < 0n ? -this.#coefficient : this.#coefficient;
    const rounded = (magnitude + unit / 2n) / unit;
    return textOfDigits(this.#coefficient < 0n ? -rounded : rounded, 7);
  }
}

function roundHalfEven(digits: bigint, dropped: number, isInexact: boolean): bigint {
  if (dropped === 0) return digits;
  const unit = 10n ** BigInt(dropped);
  const quotient = digits / unit;
  const twice = (digits % unit) * 2n;
  const isUp = twice > unit || (twice === unit && (isInexact || quotient % 2n === 1n));
  return isUp ? quotient + 1n : quotient;
}

function textOfDigits(coefficient: bigint, scale: number): string {
  if (coefficient === 0n) return '0';
  const sign = coefficient < 0n ? '-' : '';
  const digits = (coefficient < 0n ? -coefficient : coefficient)
    .toString()
    .padStart(scale + 1, '0');
  const point = digits.length - scale;
  const fraction = digits.slice(point).replace(/0+$/u, '');
  return `${sign}${digits.slice(0, point)}${fraction === '' ? '' : `.${fraction}`}`;
}
