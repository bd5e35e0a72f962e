// One field of a cron line: `*`, numbers, names, ranges, steps, and lists of those.
import { didYouMean } from '../diagnostic/did-you-mean.ts';

export interface CronField {
  readonly values: ReadonlySet<number>;
  /** Written as `*`: every value, and no wish of its own. */
  readonly isAny: boolean;
}

export interface CronFieldRule {
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  /** Names of the values from the least one on. */
  readonly names: readonly string[];
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

export const cronFields: readonly CronFieldRule[] = [
  { name: 'minute', minimum: 0, maximum: 59, names: [] },
  { name: 'hour', minimum: 0, maximum: 23, names: [] },
  { name: 'day of the month', minimum: 1, maximum: 31, names: [] },
  { name: 'month', minimum: 1, maximum: 12, names: months },
  { name: 'day of the week', minimum: 0, maximum: 6, names: days },
];

const partPattern = /^(?:(?<any>\*)|(?<from>\w+)(?:-(?<to>\w+))?)(?:\/(?<step>\d{1,4}))?$/u;

/** The field, or what is wrong with it. */
export function parseCronField(text: string, rule: CronFieldRule): CronField | string {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const found = valuesOfPart(part, rule);
    if (typeof found === 'string') return found;
    for (const value of found) values.add(value);
  }
  return { values, isAny: text === '*' };
}

function valuesOfPart(part: string, rule: CronFieldRule): readonly number[] | string {
  const groups = partPattern.exec(part)?.groups;
  if (groups === undefined) return `"${part.slice(0, 40)}" is no ${rule.name}; ${expected(rule)}`;
  const step = groups.step === undefined ? 1 : Number(groups.step);
  if (step === 0) return `a step of 0 in the ${rule.name} never moves on; write 1 or more.`;
  if (groups.any !== undefined) return range(rule.minimum, rule.maximum, step, rule);
  const from = numberOf(groups.from ?? '', rule);
  // `5/15` is from 5 on, every 15th.
  const last = groups.step === undefined ? (groups.from ?? '') : String(rule.maximum);
  const to = numberOf(groups.to ?? last, rule);
  if (typeof from === 'string') return from;
  return typeof to === 'string' ? to : range(from, to, step, rule);
}

/** A range may go over the end, as `Sat-Sun` does. */
function range(from: number, to: number, step: number, rule: CronFieldRule): readonly number[] {
  const size = rule.maximum - rule.minimum + 1;
  const length = to >= from ? to - from : to - from + size;
  const values: number[] = [];
  for (let offset = 0; offset <= length; offset += step) {
    values.push(((from - rule.minimum + offset) % size) + rule.minimum);
  }
  return values;
}

function numberOf(word: string, rule: CronFieldRule): number | string {
  const named = rule.names.findIndex((name) => word.toLowerCase().startsWith(name.toLowerCase()));
  if (named !== -1 && !/\d/u.test(word)) return named + rule.minimum;
  // Sunday is 0; some crons call it 7 too.
  const value = rule.name === 'day of the week' && word === '7' ? 0 : Number(word);
  if (/^\d+$/u.test(word) && value >= rule.minimum && value <= rule.maximum) return value;
  return `"${word.slice(0, 40)}" is no ${rule.name}; ${expected(rule)}${didYouMean(word, rule.names)}`;
}

function expected(rule: CronFieldRule): string {
  const names = rule.names.length === 0 ? '' : ` or ${rule.names[0]} to ${rule.names.at(-1)}`;
  return `write ${rule.minimum} to ${rule.maximum}${names}, *, a range a-b, a step */n, or a list.`;
}
