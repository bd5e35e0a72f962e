// A cron line of five fields in UTC: minute, hour, day of the month, month, day of the week.
import { type CronField, cronFields, parseCronField } from './cron-field.ts';

/** Every pattern that ever holds does so within eight years: 29 February around 2100. */
const searchedDays = 366 * 9;
const msPerDay = 86_400_000;
const msPerMinute = 60_000;

export class Cron {
  readonly #minutes: readonly number[];
  readonly #hours: readonly number[];
  readonly #daysOfMonth: CronField;
  readonly #months: CronField;
  readonly #daysOfWeek: CronField;

  private constructor(fields: readonly [CronField, CronField, CronField, CronField, CronField]) {
    this.#minutes = [...fields[0].values].sort(ascending);
    this.#hours = [...fields[1].values].sort(ascending);
    this.#daysOfMonth = fields[2];
    this.#months = fields[3];
    this.#daysOfWeek = fields[4];
  }

  /** The parsed line, or what is wrong with it. */
  static parse(line: string): Cron | string {
    const words = line.trim().split(/\s+/u);
    if (line.trim() === '' || words.length !== cronFields.length) {
      const names = cronFields.map((field) => field.name).join(', ');
      return `a cron line has five fields (${names}), not ${line.trim() === '' ? 0 : words.length}.`;
    }
    const fields: CronField[] = [];
    for (const [index, rule] of cronFields.entries()) {
      const field = parseCronField(words[index] ?? '', rule);
      if (typeof field === 'string') return field;
      fields.push(field);
    }
    const [minute, hour, day, month, weekday] = fields;
    if (!minute || !hour || !day || !month || !weekday) return 'a cron line has five fields.';
    return new Cron([minute, hour, day, month, weekday]);
  }

  /** The first time after `after`; undefined when there is none, as for 31 February. */
  next(after: Date): Date | undefined {
    const start = Math.floor(after.getTime() / msPerMinute) * msPerMinute + msPerMinute;
    const firstDay = Math.floor(start / msPerDay) * msPerDay;
    for (let day = 0; day < searchedDays; day += 1) {
      const midnight = firstDay + day * msPerDay;
      const time = this.#isDay(new Date(midnight)) ? this.#timeOfDay(midnight, start) : undefined;
      if (time !== undefined) return new Date(time);
    }
    return undefined;
  }

  /** The first times after `after`, at most `count`. */
  nextTimes(after: Date, count: number): readonly Date[] {
    const times: Date[] = [];
    for (let time = this.next(after); time && times.length < count; time = this.next(time)) {
      times.push(time);
    }
    return times;
  }

  #timeOfDay(midnight: number, start: number): number | undefined {
    for (const hour of this.#hours) {
      for (const minute of this.#minutes) {
        const time = midnight + (hour * 60 + minute) * msPerMinute;
        if (time >= start) return time;
      }
    }
    return undefined;
  }

  /**
   * With both a day of the month and a day of the week either is enough, as every Unix cron has it.
   * What Azure DevOps does is not documented; asking for both would make most such lines fall on a
   * few days of a year.
   */
  #isDay(date: Date): boolean {
    if (!this.#months.values.has(date.getUTCMonth() + 1)) return false;
    const isDayOfMonth = this.#daysOfMonth.values.has(date.getUTCDate());
    const isDayOfWeek = this.#daysOfWeek.values.has(date.getUTCDay());
    const isEitherFree = this.#daysOfMonth.isAny || this.#daysOfWeek.isAny;
    return isEitherFree ? isDayOfMonth && isDayOfWeek : isDayOfMonth || isDayOfWeek;
  }
}

function ascending(a: number, b: number): number {
  return a - b;
}
