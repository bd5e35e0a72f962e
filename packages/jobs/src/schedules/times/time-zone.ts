// Time zones: their names, and the way between the time on a wall and the time of the world.
// A time on a wall is written as the milliseconds that it would be in UTC.
import { windowsZones } from './windows-zones.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export class TimeZone {
  /** As IANA names it, such as `Europe/Berlin`. */
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;

  private constructor(name: string) {
    this.name = name;
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** By an IANA name or one of Windows, in letters of any case; null where there is none such. */
  static find(name: string): TimeZone | null {
    try {
      return new TimeZone(windowsZones.get(name.toLowerCase()) ?? name);
    } catch {
      return null;
    }
  }

  /** What the wall shows at a time of the world. */
  toWall(instant: number): number {
    const part = new Map(
      this.#format.formatToParts(instant).map(({ type, value }) => [type, value]),
    );
    const numberOf = (type: Intl.DateTimeFormatPartTypes) => Number(part.get(type));
    const second = numberOf('second');
    const time = [numberOf('hour'), numberOf('minute'), second] as const;
    return Date.UTC(numberOf('year'), numberOf('month') - 1, numberOf('day'), ...time);
  }

  /**
   * When the wall shows a time: of two such moments the first, and where the clocks are put forward
   * past it, the moment right after.
   */
  toInstant(wall: number): number {
    const before = this.#offset(wall - dayMs);
    const after = this.#offset(wall + dayMs);
    const shown = [wall - before, wall - after].filter((each) => this.#shows(each, wall));
    return shown.length > 0 ? Math.min(...shown) : this.#endOfGap(wall);
  }

  #shows(instant: number, wall: number): boolean {
    return this.toWall(instant) === Math.floor(wall / 1000) * 1000;
  }

  #offset(instant: number): number {
    return this.toWall(instant) - Math.floor(instant / 1000) * 1000;
  }

  // The first moment at which the wall shows a later time than the one that it leaves out.
  #endOfGap(wall: number): number {
    let low = wall - 2 * dayMs;
    let high = wall + 2 * dayMs;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.toWall(middle) < wall) low = middle;
      else high = middle;
    }
    return high;
  }
}
