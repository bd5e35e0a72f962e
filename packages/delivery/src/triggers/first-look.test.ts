// A pipeline that was made a moment ago: the next push counts, and wrong words in its definition are
// told before anything is pushed.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeliveryPipeline } from '../builds/delivery-pipeline.ts';
import type { BuildTriggers } from './build-triggers.ts';
import { TriggerLab } from './test/trigger-lab.ts';

let lab: TriggerLab;
let triggers: BuildTriggers;

beforeEach(async () => {
  lab = await TriggerLab.make();
  triggers = await lab.open();
  triggers.start();
});
afterEach(async () => {
  await triggers.stop();
  await lab.dispose();
  expect(lab.errors).toEqual([]);
});

const file = 'azure-pipelines.yml';
const yaml = 'steps: [{ script: echo }]\n';

test('a push right after a pipeline was made starts a build', async () => {
  await lab.repository.push({ [file]: yaml });
  await triggers.watch(lab.define('CI'));
  const commit = await lab.repository.push({ a: '1' });
  await triggers.look();
  expect(lab.queued).toMatchObject([{ pipeline: 'CI', commit }]);
});

test.each<[string, Partial<DeliveryPipeline>, string]>([
  ['no such file', { yamlPath: 'ci.yml' }, "branch 'main' has no file 'ci.yml'"],
  ['mistakes in its triggers', { yamlPath: 'bad.yml' }, 'bad.yml:1:1'],
])('%s is told at once', async (_what, changes, said) => {
  await lab.repository.push({ [file]: yaml, 'bad.yml': 'trigger: { branch: [main] }\n' });
  const pipeline = lab.define('CI', changes);
  await triggers.watch(pipeline);
  const { error } = await triggers.stateOf(pipeline, 1);
  expect(error?.message).toContain(said);
});

test('a branch that is not there is told with the one that was meant, until it is pushed', async () => {
  await lab.repository.push({ [file]: yaml });
  const place = { location: lab.repository.folder, branch: 'mian' };
  const pipeline = lab.define('CI', { repository: place });
  await triggers.watch(pipeline);
  const { error } = await triggers.stateOf(pipeline, 1);
  expect(error?.message).toContain('no branch \'mian\'; there is "main". Did you mean "main"?');
  await lab.repository.push({ b: '1' }, { branch: 'mian' });
  await triggers.look();
  expect((await triggers.stateOf(pipeline, 1)).error).toBeNull();
});

test('a repository that nothing was pushed to yet has no problem', async () => {
  const pipeline = lab.define('CI');
  await triggers.watch(pipeline);
  const { error, watchedSince } = await triggers.stateOf(pipeline, 1);
  expect({ error, isWatched: watchedSince !== null }).toEqual({ error: null, isWatched: true });
});
