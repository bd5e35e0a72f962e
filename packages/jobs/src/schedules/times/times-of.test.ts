import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkTrigger } from '../check-trigger.ts';
import type { TriggerSpec } from '../schedule.ts';
import type { CronTrigger, RecurrenceTrigger } from '../trigger.ts';
import { timesOf } from './times-of.ts';

const anchor = Date.parse('2026-01-01T00:00:00Z');

function times(spec: TriggerSpec, after: string, count: number): readonly string[] {
  const trigger = checkTrigger(spec) as CronTrigger | RecurrenceTrigger;
  const next = timesOf(trigger, anchor);
  const found: string[] = [];
  let time = next(Date.parse(after));
  for (; time !== null && found.length < count; time = next(time)) {
    found.push(new Date(time).toISOString().slice(0, 16));
  }
  return found;
}

const cron = (expression: string, timeZone = 'UTC') =>
  ({ type: 'cron', expression, timeZone }) as const;
const berlin = 'Europe/Berlin';

describe('a cron expression', () => {
  test.each([
    ['0 8 * * 1', '2026-03-02T08:00', '2026-03-09T08:00'],
    ['0 8 * * MON', '2026-03-02T08:00', '2026-03-09T08:00'],
    ['*/20 * * * *', '2026-03-01T00:20', '2026-03-01T00:40'],
    ['15,45 10-11 * * *', '2026-03-01T10:15', '2026-03-01T10:45'],
    ['0 0 1 jan,JUL *', '2026-07-01T00:00', '2027-01-01T00:00'],
    ['0 0 29 2 *', '2028-02-29T00:00', '2032-02-29T00:00'],
    ['5 4 * * SUN-TUE/2', '2026-03-01T04:05', '2026-03-03T04:05'],
    ['0 8/4 * * *', '2026-03-01T08:00', '2026-03-01T12:00'],
    ['0 12 13 * 5', '2026-03-06T12:00', '2026-03-13T12:00'],
  ])('%s comes at %s, then at %s', (expression, first, second) => {
    expect(times(cron(expression), '2026-03-01T00:00:00Z', 2)).toEqual([first, second]);
  });

  test('is read in its time zone, by the names of IANA and of Windows', () => {
    const summerAndWinter = ['2026-10-24T06:00', '2026-10-25T07:00'];
    for (const zone of [berlin, 'europe/berlin', 'W. Europe Standard Time']) {
      expect(times(cron('0 8 * * *', zone), '2026-10-23T12:00:00Z', 2)).toEqual(summerAndWinter);
    }
  });

  test('whose time the clocks leave out comes once, right after the gap', () => {
    expect(times(cron('30 2 * * *', berlin), '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
  });

  test('whose time the clocks show twice comes once, at the first', () => {
    expect(times(cron('30 2 * * *', berlin), '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });

  test('that means an interval goes on through a repeated hour', () => {
    expect(times(cron('0 * * * *', berlin), '2026-10-24T23:30:00Z', 3)).toEqual([
      '2026-10-25T00:00',
      '2026-10-25T01:00',
      '2026-10-25T02:00',
    ]);
  });

  test.each([
    ['', 'five fields'],
    ['* * * *', 'five fields'],
    ['* * * * * *', 'five fields'],
    ['60 * * * *', 'minute: 60'],
    ['* 24 * * *', 'hour'],
    ['* * 0 * *', 'day'],
    ['* * * 13 *', 'month'],
    ['* * * * 8', 'dayOfWeek: 8'],
    ['*/0 * * * *', 'stepping'],
    ['0 8 * * MONDAY', 'cannot be read'],
    ['5-1 * * * *', 'larger'],
    ['0 0 L * *', 'five fields'],
    ['0 0 15W * *', 'five fields'],
    ['0 0 ? * *', 'five fields'],
    ['/5 * * * *', 'five fields'],
    ['0 0 * * 5#2', 'five fields'],
    ['@daily', 'five fields'],
    ['0 0 30 2 *', 'no day on which it would fire'],
    [`${'*,'.repeat(200)}* * * * *`, 'five fields'],
  ])('%s is refused', (expression, problem) => {
    expect(() => checkTrigger(cron(expression))).toThrow(
      expect.objectContaining({
        code: 'SCHEDULE_INVALID',
        message: expect.stringContaining(problem),
      }),
    );
  });
});

describe('a recurrence', () => {
  const every = (frequency: RecurrenceTrigger['frequency'], more: object = {}) =>
    ({ type: 'recurrence', frequency, interval: 1, ...more }) as TriggerSpec;

  test('of minutes and hours counts from its start', () => {
    const start = { startTime: '2026-03-01T10:05:30Z' };
    expect(times(every('minute', { ...start, interval: 90 }), '2026-03-01T00:00:00Z', 3)).toEqual([
      '2026-03-01T10:05',
      '2026-03-01T11:35',
      '2026-03-01T13:05',
    ]);
    expect(times(every('hour', { ...start, interval: 5 }), '2026-03-02T10:00:00Z', 2)).toEqual([
      '2026-03-02T11:05',
      '2026-03-02T16:05',
    ]);
  });

  test('without a start counts from when it was made', () => {
    expect(times(every('day', { interval: 2 }), '2026-01-01T00:00:00Z', 2)).toEqual([
      '2026-01-03T00:00',
      '2026-01-05T00:00',
    ]);
  });

  test('of days keeps its time on the wall when the clocks are changed', () => {
    const trigger = every('day', {
      timeZone: berlin,
      startTime: '2026-03-01T08:00:00',
      pattern: { hours: [8, 20], minutes: [30] },
    });
    expect(times(trigger, '2026-03-28T00:00:00Z', 4)).toEqual([
      '2026-03-28T07:30',
      '2026-03-28T19:30',
      '2026-03-29T06:30',
      '2026-03-29T18:30',
    ]);
  });

  test('of days whose time the clocks leave out, or show twice, comes once', () => {
    const at = (startTime: string) => every('day', { timeZone: berlin, startTime });
    expect(times(at('2026-03-28T02:30:00'), '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
    expect(times(at('2026-10-24T02:30:00'), '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });

  test('of weeks comes on the days that it names, every so many weeks', () => {
    const trigger = every('week', {
      interval: 2,
      startTime: '2026-03-04T00:00:00Z',
      pattern: { hours: [9], minutes: [0], weekDays: ['monday', 'thursday'] },
    });
    expect(times(trigger, '2026-03-01T00:00:00Z', 4)).toEqual([
      '2026-03-05T09:00',
      '2026-03-16T09:00',
      '2026-03-19T09:00',
      '2026-03-30T09:00',
    ]);
  });

  test('of months leaves out a month that has not the day, if the day is named', () => {
    const start = { startTime: '2026-01-31T06:00:00Z' };
    const named = every('month', { ...start, pattern: { monthDays: [31] } });
    expect(times(named, '2026-01-01T00:00:00Z', 3)).toEqual([
      '2026-01-31T06:00',
      '2026-03-31T06:00',
      '2026-05-31T06:00',
    ]);
    expect(times(every('month', start), '2026-01-01T00:00:00Z', 3)).toEqual([
      '2026-01-31T06:00',
      '2026-02-28T06:00',
      '2026-03-31T06:00',
    ]);
  });

  test('ends with its end, which still counts', () => {
    const span = { startTime: '2026-03-01T00:00:00Z', endTime: '2026-03-02T00:00:00Z' };
    expect(times(every('day', span), '2026-02-01T00:00:00Z', 9)).toEqual([
      '2026-03-01T00:00',
      '2026-03-02T00:00',
    ]);
  });

  test.each([
    [{ interval: 0 }, 'interval is 0'],
    [{ interval: 1.5 }, 'interval is 1.5'],
    [{ interval: 1001 }, '1 to 1000'],
    [{ timeZone: 'Berlin' }, "time zone 'Berlin' is not known"],
    [{ startTime: 'soon' }, "startTime 'soon' is not a time"],
    [{ startTime: '2026-02-30T00:00:00' }, 'is not a time'],
    [{ startTime: '2026-02-03T25:00:00' }, 'is not a time'],
    [{ startTime: '2026-03-02', endTime: '2026-03-01' }, 'before it starts'],
    [{ pattern: { hours: [24] } }, 'hours is 24'],
    [{ pattern: { minutes: [-1] } }, 'minutes is -1'],
    [{ pattern: { monthDays: [1] } }, "the frequency 'month'"],
    [{ pattern: { weekDays: ['monday'] } }, "the frequency 'week'"],
    [{ frequency: 'hour', pattern: { hours: [1] } }, "not with 'hour'"],
    [{ frequency: 'month', pattern: { monthDays: [32] } }, 'monthDays is 32'],
    [{ pattern: { hours: Array.from({ length: 101 }, () => 1) } }, 'over 100 long'],
    [
      {
        frequency: 'month',
        interval: 12,
        startTime: '2026-02-01T00:00:00',
        pattern: { monthDays: [30] },
      },
      'no day on which it would fire',
    ],
  ])('%j is refused', (more, problem) => {
    expect(() => checkTrigger(every('day', more))).toThrow(
      expect.objectContaining({
        code: 'SCHEDULE_INVALID',
        message: expect.stringContaining(problem),
      }),
    );
  });
});

const zones = ['UTC', berlin, 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
const pattern = fc.record({
  hours: fc.array(fc.integer({ min: 0, max: 23 }), { maxLength: 3 }),
  minutes: fc.array(fc.integer({ min: 0, max: 59 }), { maxLength: 3 }),
});

test('the times of a recurrence rise, lie after what was asked, and do not hang on the way there', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('day', 'week', 'month'),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(...zones),
      pattern,
      fc.integer({ min: 0, max: 700 * 24 * 60 }),
      (frequency, interval, timeZone, hoursAndMinutes, minutes) => {
        const spec = {
          type: 'recurrence',
          frequency,
          interval,
          timeZone,
          pattern: hoursAndMinutes,
        };
        const trigger = checkTrigger(spec as TriggerSpec) as RecurrenceTrigger;
        const next = timesOf(trigger, anchor);
        const from = anchor + minutes * 60_000;
        let walked = next(anchor) ?? Number.NaN;
        for (let steps = 0; walked <= from && steps < 10_000; steps += 1) {
          const later = next(walked) ?? Number.NaN;
          expect(later).toBeGreaterThan(walked);
          walked = later;
        }
        expect(next(from)).toBe(walked);
      },
    ),
    { numRuns: 60 },
  );
});
