// Pushes to a real repository: which start builds, and that each does so once.
import { describe, expect, test } from 'vitest';
import { DeliveryError } from '../errors.ts';
import type { BuildTriggers } from './build-triggers.ts';
import { eachInLab } from './test/each-in-lab.ts';
import type { TriggerLab } from './test/trigger-lab.ts';
import { withSteps } from './test/with-steps.ts';

let lab: TriggerLab;
let triggers: BuildTriggers;

eachInLab((opened) => {
  ({ lab, triggers } = opened);
});

describe('a push', () => {
  test('starts a build of its commit; what was there before does not', async () => {
    await lab.repository.push(withSteps(''));
    lab.define('CI');
    await triggers.look();
    await triggers.look();
    expect(lab.queued).toEqual([]);
    const commit = await lab.repository.push({ a: '1' });
    await triggers.look();
    await triggers.look();
    expect(lab.queued).toEqual([
      { pipeline: 'CI', reason: 'IndividualCI', branch: 'main', commit },
    ]);
  });

  test('goes by the file in the branch that was pushed, with its branch and path filters', async () => {
    await lab.repository.push(
      withSteps(
        'trigger: { branches: { include: [main, feature/*] }, paths: { exclude: [docs] } }',
      ),
    );
    const pipeline = lab.define('CI');
    await triggers.look();
    await lab.repository.push({ 'docs/a.md': '1' });
    await triggers.look();
    await lab.repository.push({ b: '1' }, { branch: 'other' });
    await triggers.look();
    expect(lab.queued).toEqual([]);
    await lab.repository.git('checkout', '--quiet', 'main');
    await lab.repository.push({ 'docs/b.md': '1' }, { branch: 'feature/docs' });
    await lab.repository.push({ code: '1' }, { branch: 'feature/code' });
    await triggers.look();
    expect(lab.queued).toMatchObject([{ branch: 'feature/code' }]);
    const { events } = await triggers.stateOf(pipeline, 10);
    expect(events).toMatchObject([
      { kind: 'push', status: 'Queued', buildId: '1', why: 'a push to branch "feature/code"' },
    ]);
  });

  test('of a tag, with a skip marker, or with "trigger: none" does as the file says', async () => {
    await lab.repository.push(
      withSteps('trigger: { branches: { include: [main] }, tags: { include: [v*] } }'),
    );
    lab.define('CI');
    await triggers.look();
    await lab.repository.push({ a: '1' }, { message: 'words only [skip ci]' });
    await lab.repository.git('tag', '-m', 'one', 'v1');
    await lab.repository.git('tag', 'draft');
    await triggers.look();
    expect(lab.queued).toEqual([]);
    await lab.repository.push({ a: '2' });
    await lab.repository.git('tag', '-m', 'two', 'v2');
    await triggers.look();
    expect(lab.queued.map(({ branch }) => branch)).toEqual(['main', 'refs/tags/v2']);
    await lab.repository.push(withSteps('trigger: none'));
    await triggers.look();
    expect(lab.queued).toHaveLength(2);
  });

  test('with a file that cannot be read is told, and starts nothing', async () => {
    await lab.repository.push(withSteps(''));
    const pipeline = lab.define('CI');
    await triggers.look();
    await lab.repository.push(withSteps('trigger: { branchs: [main] }'));
    await triggers.look();
    expect(lab.queued).toEqual([]);
    expect((await triggers.stateOf(pipeline, 1)).events).toMatchObject([
      {
        status: 'Failed',
        error: { code: 'BUILD_INVALID', message: expect.stringContaining('branchs') },
      },
    ]);
  });

  test('that is refused is told; one that comes while the server stops is made good', async () => {
    await lab.repository.push(withSteps(''));
    const pipeline = lab.define('CI');
    await triggers.look();
    lab.builds.refusal = new DeliveryError('BUILD_INVALID', 'no such template');
    await lab.repository.push({ a: '1' });
    await triggers.look();
    lab.builds.refusal = new DeliveryError('BUILD_ENGINE_STOPPED', 'stopping');
    await lab.repository.push({ a: '2' });
    await triggers.look();
    expect((await triggers.stateOf(pipeline, 2)).events).toMatchObject([
      { status: 'Pending' },
      { status: 'Failed', error: { message: 'no such template' } },
    ]);
    lab.builds.refusal = null;
    triggers = await lab.open();
    await triggers.look();
    expect(lab.queued).toHaveLength(1);
  });

  test('with "batch: true" waits for the build before, and then starts one for all', async () => {
    await lab.repository.push(withSteps('trigger: { batch: true, branches: { include: ["*"] } }'));
    lab.define('CI');
    await triggers.look();
    await lab.repository.push({ a: '1' });
    await triggers.look();
    await lab.repository.push({ a: '2' });
    await triggers.look();
    const last = await lab.repository.push({ a: '3' });
    await triggers.look();
    expect(lab.queued).toHaveLength(1);
    triggers = await lab.open();
    lab.builds.end('1', 'failed');
    await triggers.look();
    expect(lab.queued.slice(1)).toMatchObject([{ reason: 'BatchedCI', commit: last }]);
    lab.builds.end('2');
    await triggers.look();
    await lab.repository.push({ a: '4' });
    await triggers.look();
    expect(lab.queued).toHaveLength(3);
  });

  test('while its pipeline is disabled does not count', async () => {
    await lab.repository.push(withSteps(''));
    const { id } = lab.define('CI');
    await triggers.look();
    lab.change(id, { enabled: false });
    await triggers.look();
    await lab.repository.push({ a: '1' });
    lab.change(id, { enabled: true });
    await triggers.look();
    expect(lab.queued).toEqual([]);
  });
});

test('a repository that is not there is told, and seen again when it is back', async () => {
  await lab.repository.push(withSteps(''));
  const pipeline = lab.define('CI', {
    repository: { location: `${lab.folder}/nowhere`, branch: 'main' },
  });
  await triggers.look();
  expect((await triggers.stateOf(pipeline, 1)).error).toMatchObject({ code: 'GIT_FAILED' });
  lab.change(pipeline.id, { repository: { location: lab.repository.folder, branch: 'main' } });
  await triggers.look();
  expect((await triggers.stateOf(pipeline, 1)).error).toBeNull();
  await lab.repository.push({ a: '1' });
  await triggers.look();
  expect(lab.queued).toHaveLength(1);
});
