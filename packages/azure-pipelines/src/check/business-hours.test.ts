// When the doors are open, and when to look again.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOpen, nextLook } from './business-hours.ts';
import { type BusinessHours, businessDays } from './environment-check.ts';

const minuteMs = 60_000;
const monday = Date.parse('2026-03-02T10:00:00Z');
const hours: BusinessHours = {
  type: 'businessHours',
  timeZone: 'Europe/Berlin',
  days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
  start: '09:00',
  end: '17:00',
  timeoutMinutes: 10_000,
};

describe('business hours', () => {
  test.each([
    ['2026-03-02T07:59:00Z', false],
    ['2026-03-02T08:00:00Z', true],
    ['2026-03-02T15:59:59Z', true],
    ['2026-03-02T16:00:00Z', false],
    ['2026-03-01T10:00:00Z', false],
    // Summer time has begun.
    ['2026-03-30T07:00:00Z', true],
    ['2026-03-30T15:00:00Z', false],
  ])('at %s: %s', (time, expected) => {
    expect(isOpen(hours, Date.parse(time))).toBe(expected);
  });

  test.each([
    ['2026-03-06T23:00:00Z', true],
    ['2026-03-07T03:59:00Z', true],
    ['2026-03-07T04:00:00Z', false],
    ['2026-03-07T23:00:00Z', false],
  ])('over midnight, at %s: %s', (time, expected) => {
    const night = { ...hours, timeZone: 'UTC', start: '22:00', end: '04:00' };
    expect(isOpen(night, Date.parse(time))).toBe(expected);
  });

  test('to look whenever told finds the doors open in the minute in which they open', () => {
    const time = fc
      .integer({ min: 0, max: 24 * 60 - 1 })
      .map((minute) =>
        [minute / 60, minute % 60]
          .map((part) => String(Math.floor(part)).padStart(2, '0'))
          .join(':'),
      );
    const anyHours = fc.record({
      timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe'),
      days: fc.uniqueArray(fc.constantFrom(...businessDays), { minLength: 1 }),
      start: time,
      end: time,
    });
    const from = fc
      .integer({ min: 0, max: 366 * 24 * 60 })
      .map((minute) => monday + minute * minuteMs);
    const property = fc.property(anyHours, from, (some, start) => {
      const check = { ...hours, ...some };
      fc.pre(check.start !== check.end && !isOpen(check, start));
      const next = nextLook(check, start);
      expect(next).toBeGreaterThan(start);
      for (let now = start; now < next; now += minuteMs) expect(isOpen(check, now)).toBe(false);
    });
    fc.assert(property, { numRuns: 200 });
  });
});
