import { Command } from 'commander';
import { expect, test } from 'vitest';
import { type TriggerOptions, triggerFrom, withTrigger } from './schedule-trigger.ts';

function triggerOf(words: readonly string[]) {
  const command = withTrigger(new Command('create')).exitOverride();
  command.parse([...words], { from: 'user' });
  return triggerFrom(command.opts<TriggerOptions>());
}

const uri = 'azureml://datastores/x/paths/y';

test.each([
  [
    ['--cron', '0 8 * * 1', '--time-zone', 'Europe/Berlin', '--end-time', '2030-01-01'],
    { type: 'cron', expression: '0 8 * * 1', timeZone: 'Europe/Berlin', endTime: '2030-01-01' },
  ],
  [['--every', 'day'], { type: 'recurrence', frequency: 'day', interval: 1 }],
  [['--every', '2 Weeks'], { type: 'recurrence', frequency: 'week', interval: 2 }],
  [
    ['--every', '30 minutes', '--start-time', '2026-01-01'],
    { type: 'recurrence', frequency: 'minute', interval: 30, startTime: '2026-01-01' },
  ],
  [['--on-data-path', uri, '--poll-seconds', '5'], { type: 'data', path: uri, pollSeconds: 5 }],
  [
    ['--on-model', 'm', '--model-tag', 'stage=ready', '--alias', 'champion'],
    { type: 'model', model: 'm', tags: { stage: 'ready' }, alias: 'champion' },
  ],
  [['--on-job', 'train'], { type: 'job', experimentName: 'train' }],
  [
    ['--on-job-name', 'nightly', '--status', 'Failed', '--status', 'Canceled'],
    { type: 'job', displayName: 'nightly', status: ['Failed', 'Canceled'] },
  ],
  [['--on-build', 'CI', '--branch', 'main'], { type: 'build', name: 'CI', branch: 'main' }],
])('%j', (words, expected) => {
  expect(triggerOf(words)).toEqual(expected);
});

test.each([
  [[], 'exactly one of --cron'],
  [['--cron', '* * * * *', '--every', 'day'], 'exactly one of --cron'],
  [['--every', 'now and then'], "--every 'now and then' is not understood"],
  [['--every', '2 moons'], "write 'day', '2 weeks'"],
])('%j is refused', (words, problem) => {
  expect(() => triggerOf(words)).toThrow(
    expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(problem) }),
  );
});
