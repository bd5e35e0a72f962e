// Triggers on a real repository: which pushes, times and ends start builds, and that each does so
// once.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DeliveryError } from '../errors.ts';
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

describe('a push', () => {
  test('starts a build of its commit; what was there before does not', async () => {
    await lab.push(yaml(''));
    lab.define('CI');
    await triggers.look();
    await triggers.look();
    expect(lab.queued).toEqual([]);
    const commit = await lab.push({ a: '1' });
    await triggers.look();
    await triggers.look();
    expect(lab.queued).toEqual([
      { pipeline: 'CI', reason: 'IndividualCI', branch: 'main', commit },
    ]);
  });

  test('goes by the file in the branch that was pushed, with its branch and path filters', async () => {
    await lab.push(
      yaml('trigger: { branches: { include: [main, feature/*] }, paths: { exclude: [docs] } }'),
    );
    const pipeline = lab.define('CI');
    await triggers.look();
    await lab.push({ 'docs/a.md': '1' });
    await triggers.look();
    await lab.push({ b: '1' }, { branch: 'other' });
    await triggers.look();
    expect(lab.queued).toEqual([]);
    await lab.git('checkout', '--quiet', 'main');
    await lab.push({ 'docs/b.md': '1' }, { branch: 'feature/docs' });
    await lab.push({ code: '1' }, { branch: 'feature/code' });
    await triggers.look();
    expect(lab.queued).toMatchObject([{ branch: 'feature/code' }]);
    const { events } = await triggers.stateOf(pipeline, 10);
    expect(events).toMatchObject([
      { kind: 'push', status: 'Queued', buildId: '1', why: 'a push to branch "feature/code"' },
    ]);
  });

  test('of a tag, with a skip marker, or with "trigger: none" does as the file says', async () => {
    await lab.push(yaml('trigger: { branches: { include: [main] }, tags: { include: [v*] } }'));
    lab.define('CI');
    await triggers.look();
    await lab.push({ a: '1' }, { message: 'words only [skip ci]' });
    await lab.git('tag', '-m', 'one', 'v1');
    await lab.git('tag', 'draft');
    await triggers.look();
    expect(lab.queued).toEqual([]);
    await lab.push({ a: '2' });
    await lab.git('tag', '-m', 'two', 'v2');
    await triggers.look();
    expect(lab.queued.map(({ branch }) => branch)).toEqual(['main', 'refs/tags/v2']);
    await lab.push(yaml('trigger: none'));
    await triggers.look();
    expect(lab.queued).toHaveLength(2);
  });

  test('with a file that cannot be read is told, and starts nothing', async () => {
    await lab.push(yaml(''));
    const pipeline = lab.define('CI');
    await triggers.look();
    await lab.push(yaml('trigger: { branchs: [main] }'));
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
    await lab.push(yaml(''));
    const pipeline = lab.define('CI');
    await triggers.look();
    lab.refusal = new DeliveryError('BUILD_INVALID', 'no such template');
    await lab.push({ a: '1' });
    await triggers.look();
    lab.refusal = new DeliveryError('BUILD_ENGINE_STOPPED', 'stopping');
    await lab.push({ a: '2' });
    await triggers.look();
    expect((await triggers.stateOf(pipeline, 2)).events).toMatchObject([
      { status: 'Pending' },
      { status: 'Failed', error: { message: 'no such template' } },
    ]);
    lab.refusal = null;
    triggers = await lab.open();
    await triggers.look();
    expect(lab.queued).toHaveLength(1);
  });

  test('with "batch: true" waits for the build before, and then starts one for all', async () => {
    await lab.push(yaml('trigger: { batch: true, branches: { include: ["*"] } }'));
    lab.define('CI');
    await triggers.look();
    await lab.push({ a: '1' });
    await triggers.look();
    await lab.push({ a: '2' });
    await triggers.look();
    const last = await lab.push({ a: '3' });
    await triggers.look();
    expect(lab.queued).toHaveLength(1);
    triggers = await lab.open();
    lab.end('1', 'failed');
    await triggers.look();
    expect(lab.queued.slice(1)).toMatchObject([{ reason: 'BatchedCI', commit: last }]);
    lab.end('2');
    await triggers.look();
    await lab.push({ a: '4' });
    await triggers.look();
    expect(lab.queued).toHaveLength(3);
  });

  test('while its pipeline is disabled does not count', async () => {
    await lab.push(yaml(''));
    const { id } = lab.define('CI');
    await triggers.look();
    lab.change(id, { enabled: false });
    await triggers.look();
    await lab.push({ a: '1' });
    lab.change(id, { enabled: true });
    await triggers.look();
    expect(lab.queued).toEqual([]);
  });
});

test('a repository that is not there is told, and seen again when it is back', async () => {
  await lab.push(yaml(''));
  const pipeline = lab.define('CI', {
    repository: { location: `${lab.folder}/nowhere`, branch: 'main' },
  });
  await triggers.look();
  expect((await triggers.stateOf(pipeline, 1)).error).toMatchObject({ code: 'GIT_FAILED' });
  lab.change(pipeline.id, { repository: { location: lab.repository, branch: 'main' } });
  await triggers.look();
  expect((await triggers.stateOf(pipeline, 1)).error).toBeNull();
  await lab.push({ a: '1' });
  await triggers.look();
  expect(lab.queued).toHaveLength(1);
});

describe('a schedule', () => {
  const nightly = (more = '') =>
    `trigger: none\nschedules: [{ cron: "0 1 * * *", displayName: Nightly, branches: { include: [main] }${more} }]`;

  test('starts builds at its times, while there is something new', async () => {
    await lab.push(yaml(nightly()));
    lab.define('CI');
    await triggers.look();
    lab.now += minutes(61);
    await triggers.look();
    await triggers.look();
    expect(lab.queued).toMatchObject([{ reason: 'Schedule', branch: 'main' }]);
    lab.end('1');
    lab.now += minutes(24 * 60);
    await triggers.look();
    expect(lab.queued).toHaveLength(1);
    await lab.push({ a: '1' });
    lab.now += minutes(24 * 60);
    await triggers.look();
    expect(lab.queued).toHaveLength(2);
  });

  test('with "always" goes without news, and what was missed comes once', async () => {
    await lab.push(yaml(nightly(', always: true')));
    lab.define('CI');
    await triggers.look();
    lab.now += minutes(3 * 24 * 60);
    triggers = await lab.open();
    await triggers.look();
    lab.end('1');
    lab.now += minutes(24 * 60);
    await triggers.look();
    expect(lab.queued).toHaveLength(2);
  });
});

describe('the end of a build', () => {
  const waits = `trigger: none
resources:
  pipelines: [{ pipeline: model, source: CI, trigger: { branches: { include: [main] } } }]`;

  async function twoPipelines() {
    await lab.push({ ...yaml('trigger: none'), 'cd.yml': `${waits}\n${steps}` });
    lab.define('CI');
    lab.define('CD', { yamlPath: 'cd.yml' });
    await triggers.look();
  }

  async function queueCi(branch = 'refs/heads/main') {
    const commit = (await lab.git('rev-parse', 'HEAD')).trim();
    lab.builds.push({ ...(await sample()), id: String(lab.builds.length + 1), branch, commit });
    return commit;
  }

  async function sample() {
    const [first] = lab.builds;
    if (first !== undefined) return { ...first, pipelineId: '1', pipelineName: 'CI' };
    await lab.push(yaml('trigger: [main]'));
    await triggers.look();
    await lab.push(yaml('trigger: none'));
    await triggers.look();
    const [made] = lab.builds;
    if (made === undefined) throw new Error('nothing was built');
    return made;
  }

  test('starts the pipelines that wait for it, at its commit, and once', async () => {
    await twoPipelines();
    const commit = await queueCi();
    lab.end('2');
    await triggers.look();
    triggers = await lab.open();
    await triggers.look();
    expect(lab.queued.slice(2)).toEqual([
      { pipeline: 'CD', reason: 'ResourceTrigger', branch: 'main', commit },
    ]);
    expect(lab.builds[2]).toMatchObject({ triggeredBy: '2' });
  });

  test('starts nothing where it failed, or was of another branch', async () => {
    await twoPipelines();
    await queueCi();
    await queueCi('refs/heads/other');
    lab.end('2', 'failed');
    lab.end('3');
    await triggers.look();
    expect(lab.queued).toHaveLength(3);
  });
});
