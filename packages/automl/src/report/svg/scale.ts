// From values to places, with ticks at round numbers.

export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly Tick[];
  /** The place of a value; values out of range are put at the nearer end. */
  place(value: number): number;
}

export interface Tick {
  readonly value: number;
  readonly label: string;
}

export interface Domain {
  readonly min: number;
  readonly max: number;
}

/** Widens the domain to round numbers, and maps it to `from` … `to`. */
export function roundScale({ min, max }: Domain, from: number, to: number, tickCount = 6): Scale {
  const [low, high] = widened(min, max);
  const step = roundStep((high - low) / Math.max(1, tickCount - 1));
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => {
    const value = (first + i) * step;
    return { value, label: tickLabel(value, step) };
  });
  return scaleOf({ min: first * step, max: last * step }, from, to, ticks);
}

export function scaleOf(
  { min, max }: Domain,
  from: number,
  to: number,
  ticks: readonly Tick[],
): Scale {
  const place = (value: number) => {
    const share = max === min ? 0 : (value - min) / (max - min);
    return from + Math.min(1, Math.max(0, share)) * (to - from);
  };
  return { min, max, ticks, place };
}

/** The smallest and the largest finite value; 0 to 1 where there is none. */
export function domainOf(values: Iterable<number>): Domain {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min > max ? { min: 0, max: 1 } : { min, max };
}

/** A value for people: four significant digits, large numbers with k, M or G. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 1e12 || (size > 0 && size < 1e-4)) return plain(value.toExponential(2));
  for (const [unit, letter] of units) {
    if (size >= unit * 10) return `${plain((value / unit).toPrecision(4))}${letter}`;
  }
  return plain(value.toPrecision(4));
}

const units = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** The digits that tell ticks of this step apart, and no more. */
function tickLabel(value: number, step: number): string {
  if (value === 0) return '0';
  const size = Math.max(Math.abs(value), step);
  if (size >= 1e12 || step < 1e-6) return plain(value.toExponential(2));
  const unit = units.find(([of]) => size >= of * 10 && step >= of / 10);
  const divisor = unit?.[0] ?? 1;
  const decimals = Math.max(0, -Math.floor(Math.log10(step / divisor) + 1e-9));
  return `${(value / divisor).toFixed(Math.min(20, decimals))}${unit?.[1] ?? ''}`;
}

function plain(digits: string): string {
  return digits.replace(/(\.\d*?)0+(?=e|$)/, '$1').replace(/\.(?=e|$)/, '');
}

/** 1, 2 or 5 times a power of ten, at least `step`. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= step * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** A span that has room for ticks: neither empty beside its values nor beyond what doubles hold. */
function widened(min: number, max: number): readonly [number, number] {
  const [low, high] = [min, max].map((value) => Math.min(largest, Math.max(-largest, value)));
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (high - low > Math.max(size * 1e-9, 1 / largest)) return [low, high];
  const half = size > 1 / largest ? size / 2 : 0.5;
  return [low - half, high + half];
}

const largest = 1e200;
