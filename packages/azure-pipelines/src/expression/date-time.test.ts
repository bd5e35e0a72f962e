import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DateTimeValue } from './date-time.ts';

describe('a time read from a text', () => {
  test.each([
    ['2026-01-31 10:05:07', '2026-01-31 10:05:07+00:00'],
    ['2026/1/3T1:2:3Z', '2026-01-03 01:02:03+00:00'],
    ['2026-01-31 10:05:07+01:30', '2026-01-31 10:05:07+01:30'],
    [' 2024-02-29 00:00:00-08:00 ', '2024-02-29 00:00:00-08:00'],
  ])('%j is %s', (text, shown) => {
    expect(String(DateTimeValue.parse(text))).toBe(shown);
  });

  test.each([
    '',
    '2026-01-31',
    '2026-02-30 00:00:00',
    '2025-02-29 00:00:00',
    '2026-01/31 00:00:00',
    '2026-01-31 24:00:00',
    '2026-01-31 10:60:00',
    '0000-01-31 10:00:00',
    '2026-01-31 10:05:07+15:00',
    '2026-01-31 10:05:07 UTC',
  ])('%j is none', (text) => {
    expect(DateTimeValue.parse(text)).toBeUndefined();
  });

  test('compares by what moment it is, not by its digits', () => {
    const paris = DateTimeValue.parse('2026-01-31 10:00:00+01:00');
    const utc = DateTimeValue.parse('2026-01-31 09:00:00Z');
    expect(paris && utc && paris.compareTo(utc)).toBe(0);
  });
});

describe('a format', () => {
  const time = DateTimeValue.parse('2026-03-04 05:06:07.0080009-01:30');

  test.each([
    ['yyyyMMdd', '20260304'],
    ['yy M d', '26 3 4'],
    ['H m s', '5 6 7'],
    ['HHmmss', '050607'],
    ['f ff fff fffffff', '0 00 008 0080009'],
    ['zzz', '-01:30'],
    ['K', '-01:30'],
    [String.raw`yyyy\-MM\-dd\THH`, '2026-03-04T05'],
  ])('%s shows %s', (format, shown) => {
    expect(time?.format(format)).toBe(shown);
  });

  test.each(['yyyy-MM', 'yyy', 'MMM', 'dddd', 'tt', 'q', '\\', 'ffffffff'])(
    '%j is refused',
    (format) => {
      expect(time?.format(format)).toBeUndefined();
    },
  );
});

test('property: a time that is shown reads back as the same second', () => {
  const dates = fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(dates, (date) => {
      const back = DateTimeValue.parse(DateTimeValue.fromDate(date).toString())?.toDate();
      expect(back?.getTime()).toBe(Math.floor(date.getTime() / 1000) * 1000);
    }),
  );
});
