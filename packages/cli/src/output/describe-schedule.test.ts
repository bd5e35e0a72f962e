import type { ScheduleDetails, TriggerSpec } from '@ridgeline/client';
import { expect, test } from 'vitest';
import { describeSchedule, describeScheduleList, describeTrigger } from './describe-schedule.ts';

const schedule: ScheduleDetails = {
  name: 'weekly',
  displayName: 'weekly',
  description: '',
  tags: {},
  enabled: true,
  trigger: { type: 'cron', expression: '0 8 * * 1', timeZone: 'Europe/Berlin' },
  starts: { kind: 'pipelineEndpoint', name: 'trainer', version: '3' },
  inputs: { alpha: 0.5 },
  experimentName: null,
  catchUp: 'latest',
  overlap: 'skip',
  nextTime: '2026-03-02T07:00:00.000Z',
  nextTimes: ['2026-03-02T07:00:00.000Z'],
  error: null,
  job: null,
  createdBy: 'ann',
  createdAt: '2026-03-01T00:00:00.000Z',
  updatedAt: '2026-03-01T00:00:00.000Z',
};
const firing = {
  id: 'f',
  schedule: 'weekly',
  dueAt: '2026-03-01T07:00:00.000Z',
  notedAt: '2026-03-01T07:00:00.000Z',
  reason: 'its time had come',
} as const;

test('a schedule is shown with its next times and when it fired', () => {
  const firings = [
    { ...firing, status: 'Submitted', jobId: 'abc', error: null },
    {
      ...firing,
      status: 'Failed',
      jobId: null,
      error: { code: 'PIPELINE_DISABLED', message: 'it is off' },
    },
  ] as const;
  expect(describeSchedule(schedule, firings)).toBe(`schedule      weekly
status        enabled
fires         at '0 8 * * 1' (Europe/Berlin)
starts        pipelineEndpoint trainer version 3
input alpha   0.5
missed times  latest
overlaps      skip
next          2026-03-02 07:00:00Z

DUE                   STATUS     JOB  WHY
2026-03-01 07:00:00Z  Submitted  abc  its time had come
2026-03-01 07:00:00Z  Failed     -    PIPELINE_DISABLED: it is off`);
});

test('a list tells those that are off or failing', () => {
  const error = { code: 'DATASTORE_NOT_FOUND', message: 'gone' };
  const lines = describeScheduleList([
    schedule,
    { ...schedule, error },
    { ...schedule, enabled: false, nextTime: null },
  ]).split('\n');
  expect(lines.map((line) => line.trim().split(/\s+/).at(-1))).toEqual([
    'STATUS',
    'enabled',
    'failing',
    'disabled',
  ]);
  expect(describeSchedule({ ...schedule, error })).toContain('DATASTORE_NOT_FOUND: gone');
});

test.each<[TriggerSpec, string]>([
  [{ type: 'recurrence', frequency: 'day', interval: 2 }, 'every 2 day (UTC)'],
  [{ type: 'data', path: 'azureml://x' }, 'on new files at azureml://x'],
  [{ type: 'model', model: 'm' }, 'on new versions of model m'],
  [{ type: 'model', model: 'm', alias: 'best' }, 'on alias best of model m'],
  [{ type: 'job', displayName: 'n', status: ['Failed'] }, 'on jobs of n (Failed)'],
  [{ type: 'build', name: 'CI', status: ['succeeded'] }, 'on builds of CI (succeeded)'],
])('%j', (trigger, words) => {
  expect(describeTrigger(trigger)).toBe(words);
});
