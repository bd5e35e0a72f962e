// Schedules on a real repository: which times start builds, and that what was missed comes once.
import { describe, expect, test } from 'vitest';
import type { BuildTriggers } from './build-triggers.ts';
import { eachInLab } from './test/each-in-lab.ts';
import type { TriggerLab } from './test/trigger-lab.ts';
import { withSteps } from './test/with-steps.ts';

let lab: TriggerLab;
let triggers: BuildTriggers;

eachInLab((opened) => {
  ({ lab, triggers } = opened);
});

const minutes = (count: number) => count * 60_000;

describe('a schedule', () => {
  const nightly = (more = '') =>
    `trigger: none\nschedules: [{ cron: "0 1 * * *", displayName: Nightly, branches: { include: [main] }${more} }]`;

  test('starts builds at its times, while there is something new', async () => {
    await lab.repository.push(withSteps(nightly()));
    lab.define('CI');
    await triggers.look();
    lab.now += minutes(61);
    await triggers.look();
    await triggers.look();
    expect(lab.queued).toMatchObject([{ reason: 'Schedule', branch: 'main' }]);
    lab.builds.end('1');
    lab.now += minutes(24 * 60);
    await triggers.look();
    expect(lab.queued).toHaveLength(1);
    await lab.repository.push({ a: '1' });
    lab.now += minutes(24 * 60);
    await triggers.look();
    expect(lab.queued).toHaveLength(2);
  });

  test('with "always" goes without news, and what was missed comes once', async () => {
    await lab.repository.push(withSteps(nightly(', always: true')));
    lab.define('CI');
    await triggers.look();
    lab.now += minutes(3 * 24 * 60);
    triggers = await lab.open();
    await triggers.look();
    lab.builds.end('1');
    lab.now += minutes(24 * 60);
    await triggers.look();
    expect(lab.queued).toHaveLength(2);
  });
});

test('a schedule tells its name', async () => {
  const nightly = 'schedules: [{ cron: "0 1 * * *", displayName: Nightly, always: true }]';
  await lab.repository.push(withSteps(`trigger: none\n${nightly}`));
  lab.define('CI');
  await triggers.look();
  lab.now += 61 * 60_000;
  await triggers.look();
  expect(lab.builds.requests[0]?.trigger).toMatchObject({ scheduleName: 'Nightly' });
});
