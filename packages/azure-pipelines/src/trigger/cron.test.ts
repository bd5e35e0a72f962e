import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Cron } from './cron.ts';
import { cronFields, parseCronField } from './cron-field.ts';

function nextTimes(line: string, after: string, count = 3): string[] {
  const cron = Cron.parse(line);
  if (typeof cron === 'string') throw new Error(cron);
  return cron.nextTimes(new Date(after), count).map((time) => time.toISOString().slice(0, 16));
}

describe('row 14.27: the next times, in UTC', () => {
  test.each([
    [
      '0 0 * * *',
      '2026-01-31T10:00Z',
      ['2026-02-01T00:00', '2026-02-02T00:00', '2026-02-03T00:00'],
    ],
    [
      '*/15 3 * * *',
      '2026-01-31T03:20Z',
      ['2026-01-31T03:30', '2026-01-31T03:45', '2026-02-01T03:00'],
    ],
    [
      '0 3 * * Mon-Fri',
      '2026-01-30T04:00Z',
      ['2026-02-02T03:00', '2026-02-03T03:00', '2026-02-04T03:00'],
    ],
    [
      '0 3 * * Sat-Sun',
      '2026-01-30T04:00Z',
      ['2026-01-31T03:00', '2026-02-01T03:00', '2026-02-07T03:00'],
    ],
    [
      '30 6 1,15 Jan,JUL *',
      '2026-01-02T00:00Z',
      ['2026-01-15T06:30', '2026-07-01T06:30', '2026-07-15T06:30'],
    ],
    [
      '0 12 29 2 *',
      '2026-01-01T00:00Z',
      ['2028-02-29T12:00', '2032-02-29T12:00', '2036-02-29T12:00'],
    ],
    [
      '0 0 29 2 *',
      '2096-03-01T00:00Z',
      ['2104-02-29T00:00', '2108-02-29T00:00', '2112-02-29T00:00'],
    ],
    [
      '5/20 0 * * *',
      '2026-01-31T00:00Z',
      ['2026-01-31T00:05', '2026-01-31T00:25', '2026-01-31T00:45'],
    ],
    [
      '0 0 * * 7',
      '2026-01-31T00:00Z',
      ['2026-02-01T00:00', '2026-02-08T00:00', '2026-02-15T00:00'],
    ],
    [
      '0 22-2/2 * * *',
      '2026-01-31T00:30Z',
      ['2026-01-31T02:00', '2026-01-31T22:00', '2026-02-01T00:00'],
    ],
  ])('%s after %s', (line, after, times) => {
    expect(nextTimes(line, after)).toEqual(times);
  });

  test('a time itself is not after itself, nor are its seconds', () => {
    expect(nextTimes('0 0 * * *', '2026-01-31T00:00:00.000Z', 1)).toEqual(['2026-02-01T00:00']);
    expect(nextTimes('0 0 * * *', '2026-01-30T23:59:59.999Z', 1)).toEqual(['2026-01-31T00:00']);
    expect(nextTimes('* * * * *', '2026-01-30T23:59:59.999Z', 1)).toEqual(['2026-01-31T00:00']);
  });

  test('a day of the month or a day of the week: either is enough when both are asked for', () => {
    expect(nextTimes('0 0 13 * Fri', '2026-02-01T00:00Z', 4)).toEqual([
      ...['2026-02-06T00:00', '2026-02-13T00:00', '2026-02-20T00:00', '2026-02-27T00:00'],
    ]);
    expect(nextTimes('0 0 15 * Fri', '2026-02-10T00:00Z', 2)).toEqual([
      ...['2026-02-13T00:00', '2026-02-15T00:00'],
    ]);
  });

  test('a day that never comes has none', () => {
    expect(nextTimes('0 0 31 2 *', '2026-01-01T00:00Z')).toEqual([]);
  });
});

describe('a line that is no cron', () => {
  test.each([
    [
      '',
      'a cron line has five fields (minute, hour, day of the month, month, day of the week), not 0.',
    ],
    ['0 0 * *', 'not 4.'],
    ['0 0 0 * * *', 'not 6.'],
    ['60 0 * * *', '"60" is no minute; write 0 to 59, *, a range a-b, a step */n, or a list.'],
    ['0 24 * * *', '"24" is no hour'],
    ['0 0 0 * *', '"0" is no day of the month; write 1 to 31'],
    ['0 0 * 13 *', '"13" is no month; write 1 to 12 or Jan to Dec'],
    ['0 0 * * 8', '"8" is no day of the week; write 0 to 6 or Sun to Sat'],
    ['0 0 * * Mno', 'Did you mean "Mon"?'],
    ['*/0 * * * *', 'a step of 0 in the minute never moves on; write 1 or more.'],
    ['1-2-3 * * * *', '"1-2-3" is no minute'],
    ['1,,2 * * * *', '"" is no minute'],
    ['@daily', 'not 1.'],
    ['-5 * * * *', '"-5" is no minute'],
  ])('%j', (line, message) => {
    expect(Cron.parse(line)).toContain(message);
  });
});

const fieldTexts = cronFields.map(({ minimum, maximum }) => {
  const value = fc.integer({ min: minimum, max: maximum }).map(String);
  const part = fc.oneof(
    fc.constant('*'),
    value,
    fc.tuple(value, value).map((ends) => ends.join('-')),
    fc.tuple(value, fc.integer({ min: 1, max: 30 })).map((ends) => ends.join('/')),
  );
  return fc.array(part, { minLength: 1, maxLength: 2 }).map((parts) => parts.join(','));
});

test('property: the next time is the first minute that the fields hold', () => {
  const holds = (texts: readonly string[], time: Date): boolean => {
    const fields = cronFields.map((rule, index) => parseCronField(texts[index] ?? '', rule));
    const parts = [
      time.getUTCMinutes(),
      time.getUTCHours(),
      time.getUTCDate(),
      time.getUTCMonth() + 1,
      time.getUTCDay(),
    ];
    const held = fields.map((field, index) => {
      return typeof field !== 'string' && field.values.has(parts[index] ?? -1);
    });
    const isEither = texts[2] !== '*' && texts[4] !== '*';
    const [minute, hour, day, month, weekday] = held;
    return Boolean(minute && hour && month && (isEither ? day || weekday : day && weekday));
  };
  const days = fc.integer({ min: 20_000, max: 30_000 });
  fc.assert(
    fc.property(fc.tuple(...fieldTexts), days, (texts, day) => {
      const cron = Cron.parse(texts.join(' '));
      if (typeof cron === 'string') throw new Error(cron);
      const after = day * 86_400_000;
      const next = cron.next(new Date(after));
      if (next !== undefined) expect(holds(texts, next)).toBe(true);
      const end = Math.min(next?.getTime() ?? Number.POSITIVE_INFINITY, after + 2 * 86_400_000);
      for (let time = after + 60_000; time < end; time += 60_000) {
        expect(holds(texts, new Date(time))).toBe(false);
      }
    }),
    { numRuns: 30 },
  );
});

test('property: any text is a cron or a reason why not', () => {
  const pieces = fc.constantFrom('*', '/', '-', ',', ' ', '1', '59', 'Mon', '_', 'ä', '\n');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (list) => {
      const cron = Cron.parse(list.join(''));
      if (typeof cron === 'string') expect(cron.length).toBeGreaterThan(10);
      else cron.next(new Date(0));
    }),
    { numRuns: 1000 },
  );
});
