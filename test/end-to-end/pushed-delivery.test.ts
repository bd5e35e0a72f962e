// A team's day with the sample, on one server: its first life, a push that trains, releases and scores
// by itself, a release that is rejected, and the release before that brought back.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Build, RidgelineClient } from '@ridgeline/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ridgeline, type Server, startServer } from './cli.ts';
import { DeliveryProject } from './delivery-project.ts';

const minutes = 60_000;
let folder: string;
let project: DeliveryProject;
let server: Server;
let client: RidgelineClient;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pushed-'));
  project = new DeliveryProject(folder);
  await project.make();
  server = await startServer(path.join(folder, 'workspace'), 0, ['--project', project.file()]);
  client = new RidgelineClient(server);
}, 3 * minutes);

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const on = (...words: string[]) => ridgeline([...words, '-w', path.join(folder, 'workspace')]);

/** The build of a pipeline that another one has started, or a push of a commit. */
async function buildOf(pipeline: string, isIt: (build: Build) => boolean): Promise<Build> {
  for (const end = Date.now() + minutes; Date.now() < end; await delay(200)) {
    for (const { id } of await client.builds.list({ pipeline, limit: 5 })) {
      const build = await client.builds.get(id);
      if (isIt(build)) return build;
    }
  }
  throw new Error(`waited in vain for a build of ${pipeline}`);
}

const followUpOf = (id: string, pipeline: string) =>
  buildOf(pipeline, ({ triggeredBy }) => triggeredBy === id);

async function push(message: string, alpha: number): Promise<Build> {
  await project.change('parameters.json', (text) =>
    text.replace(/"alpha": [\d.]+/, `"alpha": ${alpha}`),
  );
  project.commit(message);
  return buildOf('Model-Train-Register-CI', ({ commitMessage }) => commitMessage === message);
}

async function served(): Promise<string | undefined> {
  const { deployments } = await client.endpoints.get('mlops-aci');
  return deployments.find(({ traffic }) => traffic === 100)?.model.version;
}

/** Of the model of a build of training; gives its number. */
async function releaseThatWaits(artifactBuildId: string): Promise<string> {
  const parameters = { artifactBuildId };
  const { id } = await client.builds.queue({ pipeline: 'Model-Deploy-CD', parameters });
  const waits = ({ approvals }: Build) => approvals.some(({ state }) => state === 'pending');
  await buildOf('Model-Deploy-CD', (build) => build.id === id && waits(build));
  return id;
}

test('the life builds the repository of the project as it is, on its own branch', async () => {
  const builds = await client.builds.list();
  expect(builds.map(({ branch, result }) => [branch, result])).toEqual(
    Array(3).fill(['refs/heads/master', 'succeeded']),
  );
  const { repository } = await client.deliveryPipelines.get('Model-Deploy-CD');
  expect(repository).toMatchObject({ location: project.file(), branch: 'master' });
  expect(await served()).toBe('1');
});

test(
  'a push is trained, released and scored with, and nobody has to do anything',
  async () => {
    const training = await push('A better alpha', 0.4);
    expect(training.reason).toBe('IndividualCI');
    expect(await client.builds.wait(training.id)).toMatchObject({ result: 'succeeded' });
    const release = await followUpOf(training.id, 'Model-Deploy-CD');
    const scoring = await followUpOf(training.id, 'Batch-Scoring-CI');
    expect(await client.builds.wait(release.id)).toMatchObject({ result: 'succeeded' });
    expect(await client.builds.wait(scoring.id)).toMatchObject({ result: 'succeeded' });
    expect(await served()).toBe('2');
    const jobs = await client.jobs.list();
    const scored = jobs.find(({ tags }) => tags.BuildId === scoring.id);
    expect(scored).toMatchObject({ status: 'Completed', inputs: { model_version: '2' } });
  },
  3 * minutes,
);

test(
  'a release that is rejected deploys nothing, and says who has rejected it',
  async () => {
    await on('delivery-environment', 'update', 'diabetes_regression-aci', '--approval');
    const id = await releaseThatWaits('1');
    const rejected = await on('build', 'reject', id, '--comment', 'not on a Friday');
    expect(rejected).toMatchObject({ exitCode: 0 });
    const build = await client.builds.wait(id);
    expect(build.result).toBe('failed');
    expect(build.stages.map(({ id: stage, result }) => [stage, result])).toEqual([
      ['Deploy_ACI', 'failed'],
      ['Deploy_AKS', 'skipped'],
      ['Deploy_Webapp', 'skipped'],
    ]);
    expect(build.approvals).toMatchObject([{ decisions: [{ comment: 'not on a Friday' }] }]);
    expect(build.stages.flatMap(({ jobs }) => jobs).flatMap(({ steps }) => steps)).toEqual([]);
    expect(await served()).toBe('2');
  },
  2 * minutes,
);

test(
  'the release of an earlier build brings its model back, once it is approved',
  async () => {
    const id = await releaseThatWaits('1');
    await on('build', 'approve', id, '--comment', 'back to what we had');
    expect(await client.builds.wait(id)).toMatchObject({ result: 'succeeded' });
    expect(await served()).toBe('1');
  },
  2 * minutes,
);
