import { describe, expect, test } from 'vitest';
import { decideOnSchedule, isScheduledOn, nextScheduledTimes } from './schedule.ts';
import { noFilters, type Schedule } from './trigger.ts';

const nightly: Schedule = {
  cron: '0 1 * * *',
  displayName: 'Nightly',
  branches: { include: ['main', 'releases/*'], exclude: ['releases/old/*'] },
  batch: false,
  always: false,
  origin: { file: 'azure-pipelines.yml', line: 3, column: 5 },
};

test('its times are those of its cron line', () => {
  expect(nextScheduledTimes(nightly, new Date('2026-01-31T02:00Z'), 2)).toEqual([
    new Date('2026-02-01T01:00Z'),
    new Date('2026-02-02T01:00Z'),
  ]);
  expect(nextScheduledTimes({ ...nightly, cron: 'daily' }, new Date(0), 2)).toEqual([]);
});

test('it counts in the branches that it names; in all where it names none', () => {
  expect(isScheduledOn(nightly, 'refs/heads/main')).toBe(true);
  expect(isScheduledOn(nightly, 'releases/2')).toBe(true);
  expect(isScheduledOn(nightly, 'releases/old/1')).toBe(false);
  expect(isScheduledOn({ ...nightly, branches: noFilters }, 'dev')).toBe(true);
});

describe('row 14.27: when its time has come', () => {
  test.each([
    [{}, { hasChanged: true, isRunning: false }, true],
    [{}, { hasChanged: false, isRunning: false }, false],
    [{}, { hasChanged: true, isRunning: true }, true],
    [{ always: true }, { hasChanged: false, isRunning: false }, true],
    [{ batch: true }, { hasChanged: true, isRunning: true }, false],
    [{ batch: true }, { hasChanged: true, isRunning: false }, true],
    [{ batch: true, always: true }, { hasChanged: false, isRunning: true }, true],
  ])('with %j and %j it runs: %s', (settings, facts, runs) => {
    expect(decideOnSchedule({ ...nightly, ...settings }, facts).runs).toBe(runs);
  });

  test('it says why not', () => {
    expect(decideOnSchedule(nightly, { hasChanged: false, isRunning: false }).why).toBe(
      'nothing has changed since the last successful run of schedule "Nightly"',
    );
  });
});
