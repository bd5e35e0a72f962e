import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimeZone } from './time-zone.ts';
import { windowsZones } from './windows-zones.ts';

const zoneNames = [
  'UTC',
  'Europe/Berlin',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Africa/Casablanca',
];
const zones = zoneNames.flatMap((name) => TimeZone.find(name) ?? []);
const instant = fc.integer({
  min: Date.parse('1990-01-01') / 1000,
  max: Date.parse('2100-01-01') / 1000,
});

test('every name of Windows leads to a zone', () => {
  expect(windowsZones.size).toBe(139);
  const lost = [...windowsZones.keys()].filter((name) => TimeZone.find(name) === null);
  expect(lost).toEqual([]);
});

test.each(['', 'Nowhere', 'Europe/Nowhere', '\0', 'x'.repeat(10_000)])('%j is no zone', (name) => {
  expect(TimeZone.find(name)).toBeNull();
});

test('what the wall shows at a moment is shown first at that moment or before', () => {
  expect(zones).toHaveLength(zoneNames.length);
  fc.assert(
    fc.property(fc.constantFrom(...zones), instant, (zone, seconds) => {
      const wall = zone.toWall(seconds * 1000);
      const first = zone.toInstant(wall);
      expect(zone.toWall(first)).toBe(wall);
      expect(first).toBeLessThanOrEqual(seconds * 1000);
      expect(seconds * 1000 - first).toBeLessThanOrEqual(86_400_000);
    }),
  );
});

test('later on the wall is never earlier in the world, and a gap ends where it ends', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), instant, (zone, seconds) => {
      const wall = seconds * 1000;
      const found = zone.toInstant(wall);
      expect(zone.toWall(found)).toBeGreaterThanOrEqual(wall);
      expect(zone.toWall(found - 1000)).not.toBe(wall);
    }),
  );
});

test.each([
  ['Europe/Berlin', '2026-03-29T02:30:00Z', '2026-03-29T01:00:00.000Z'],
  ['Europe/Berlin', '2026-10-25T02:30:00Z', '2026-10-25T00:30:00.000Z'],
  ['Australia/Lord_Howe', '2026-10-04T02:15:00Z', '2026-10-03T15:30:00.000Z'],
  // Samoa went over the date line and had no 30 December 2011.
  ['Pacific/Apia', '2011-12-30T12:00:00Z', '2011-12-30T10:00:00.000Z'],
])('in %s the wall time %s is the moment %s', (name, wall, expected) => {
  const zone = TimeZone.find(name);
  expect(new Date(zone?.toInstant(Date.parse(wall)) ?? 0).toISOString()).toBe(expected);
});
