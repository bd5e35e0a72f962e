// From times to places, with ticks at round times of the calendar. Times are milliseconds since 1970,
// and what is written of them is UTC.
import { type Domain, type Scale, scaleOf, type Tick } from './scale.ts';

interface Step {
  readonly unit: 'ms' | 'month';
  readonly count: number;
  /** The characters of an ISO time that tell its ticks apart. */
  readonly label: readonly [from: number, to: number];
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const dates = [0, 10] as const;
const steps: readonly Step[] = [
  ...[1, 2, 5, 10, 30].map(
    (count): Step => ({ unit: 'ms', count: count * second, label: [11, 19] }),
  ),
  ...[1, 2, 5, 10, 30].map(
    (count): Step => ({ unit: 'ms', count: count * minute, label: [11, 16] }),
  ),
  ...[1, 3, 6, 12].map((count): Step => ({ unit: 'ms', count: count * hour, label: [5, 16] })),
  ...[1, 2, 7, 14].map((count): Step => ({ unit: 'ms', count: count * day, label: dates })),
  ...[1, 3, 6].map((count): Step => ({ unit: 'month', count, label: [0, 7] })),
  ...[1, 2, 5, 10, 20, 50, 100].map((years): Step => {
    return { unit: 'month', count: 12 * years, label: [0, 4] };
  }),
];

const mostTicks = 6;
const lastTime = 8.64e15;

/** As `roundScale`, for times. Ticks lie within the domain, which is not widened. */
export function timeScale(domain: Domain, from: number, to: number): Scale {
  const min = Math.max(-lastTime, domain.min);
  const max = Math.min(lastTime, Math.max(domain.max, min + 1));
  const step = steps.find((each) => (max - min) / lengthOf(each) < mostTicks) ?? steps.at(-1);
  const ticks = step === undefined ? [] : ticksOf(step, min, max);
  return scaleOf({ min, max }, from, to, thinned(ticks));
}

function lengthOf({ unit, count }: Step): number {
  return unit === 'ms' ? count : count * 30.44 * day;
}

function ticksOf({ unit, count, label }: Step, min: number, max: number): readonly Tick[] {
  const ticks: Tick[] = [];
  const first = unit === 'ms' ? Math.ceil(min / count) : Math.ceil(monthsOf(min) / count);
  for (let at = first; ticks.length < 1_000; at++) {
    const value = unit === 'ms' ? at * count : Date.UTC(1970, at * count, 1);
    // What is beyond the calendar is NaN, and ends it too.
    if (!(value <= max)) return ticks;
    const text = new Date(value).toISOString().slice(...label);
    if (value >= min) ticks.push({ value, label: text.replace('T', ' ') });
  }
  return ticks;
}

function monthsOf(time: number): number {
  const date = new Date(time);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** Of what spans thousands of years, some. */
function thinned(ticks: readonly Tick[]): readonly Tick[] {
  const every = Math.ceil(ticks.length / (mostTicks + 1));
  return ticks.filter((_, i) => i % every === 0);
}
