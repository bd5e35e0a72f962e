import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DateFormat, dateFormats, parseDate, parseDateIn } from './date-formats.ts';

describe('parseDate', () => {
  it.each<[string, DateFormat, string | null]>([
    ['2020-02-29', 'year-month-day', '2020-02-29T00:00:00.000Z'],
    ['2020/2/9', 'year-month-day', '2020-02-09T00:00:00.000Z'],
    [' 2020-02-29T13:05:07.1239Z ', 'year-month-day', '2020-02-29T13:05:07.123Z'],
    ['2020-02-29 13:05', 'year-month-day', '2020-02-29T13:05:00.000Z'],
    ['2020-02-29T13:05:00+02:00', 'year-month-day', '2020-02-29T11:05:00.000Z'],
    ['2020-02-29T13:05:00-0330', 'year-month-day', '2020-02-29T16:35:00.000Z'],
    ['29.02.2020', 'day-month-year', '2020-02-29T00:00:00.000Z'],
    ['2/29/2020, 7:05', 'month-day-year', '2020-02-29T07:05:00.000Z'],
    ['29 February 2020', 'day-name-year', '2020-02-29T00:00:00.000Z'],
    ['29-Feb-2020', 'day-name-year', '2020-02-29T00:00:00.000Z'],
    ['Feb 29, 2020', 'name-day-year', '2020-02-29T00:00:00.000Z'],
    ['Jan-1-1995', 'name-day-year', '1995-01-01T00:00:00.000Z'],
    ['1995-03', 'year-month', '1995-03-01T00:00:00.000Z'],
    ['1995M3', 'year-month', '1995-03-01T00:00:00.000Z'],
    ['March 1995', 'name-year', '1995-03-01T00:00:00.000Z'],
    ['1974Q4', 'year-quarter', '1974-10-01T00:00:00.000Z'],
    ['2019-02-29', 'year-month-day', null],
    ['2020-13-01', 'year-month-day', null],
    ['2020-01/02', 'year-month-day', null],
    ['0050-01-02', 'year-month-day', null],
    ['2020-01-02T24:00', 'year-month-day', null],
    ['2020-01-02T10:60', 'year-month-day', null],
    ['1995-13', 'year-month', null],
    ['1974Q5', 'year-quarter', null],
    ['29 Foo 2020', 'day-name-year', null],
    ['29.02.20', 'day-month-year', null],
  ])('reads %j as %s', (text, format, expected) => {
    const milliseconds = parseDate(text, format);
    expect(milliseconds === null ? null : new Date(milliseconds).toISOString()).toBe(expected);
  });

  it('reads back every ISO time', () => {
    const date = fc.date({
      min: new Date('1000-01-01'),
      max: new Date('9999-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, (time) => {
        expect(parseDate(time.toISOString(), 'year-month-day')).toBe(time.getTime());
      }),
    );
  });

  it('takes any text, and is quick on long ones', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...dateFormats), (text, format) => {
        const milliseconds = parseDate(text, format);
        expect(milliseconds === null || Number.isFinite(milliseconds)).toBe(true);
      }),
    );
    expect(parseDateIn('1'.repeat(1e6), dateFormats)).toBeNull();
    expect(parseDateIn('  ', dateFormats)).toBeNaN();
  });
});
