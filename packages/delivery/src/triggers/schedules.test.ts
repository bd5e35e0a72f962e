// Schedules on a real repository: which times start builds, and that what was missed comes once.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BuildTriggers } from './build-triggers.ts';
import { TriggerLab } from './test/trigger-lab.ts';

let lab: TriggerLab;
let triggers: BuildTriggers;

beforeEach(async () => {
  lab = await TriggerLab.make();
  triggers = await lab.open();
});
afterEach(async () => {
  await lab.dispose();
  expect(lab.errors).toEqual([]);
});

const steps = 'steps: [{ script: echo }]\n';
const yaml = (text: string) => ({ 'azure-pipelines.yml': `${text}\n${steps}` });
const minutes = (count: number) => count * 60_000;

describe('a schedule', () => {
  const nightly = (more = '') =>
    `trigger: none\nschedules: [{ cron: "0 1 * * *", displayName: Nightly, branches: { include: [main] }${more} }]`;

  test('starts builds at its times, while there is something new', async () => {
    await lab.repository.push(yaml(nightly()));
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
    await lab.repository.push(yaml(nightly(', always: true')));
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
  await lab.repository.push({ 'azure-pipelines.yml': `trigger: none\n${nightly}\n${steps}` });
  lab.define('CI');
  await triggers.look();
  lab.now += 61 * 60_000;
  await triggers.look();
  expect(lab.builds.requests[0]?.trigger).toMatchObject({ scheduleName: 'Nightly' });
});
