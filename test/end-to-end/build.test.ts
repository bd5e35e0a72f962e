// Delivery from the command line: a pipeline of a git repository whose pushes start builds on a
// server, with an approval, logs, artifacts, a cancel and a rerun of what failed.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { git } from '@ridgeline/azure-pipelines';
import { type Build, RidgelineClient } from '@ridgeline/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ridgeline, type Server, startServer } from './cli.ts';

let folder: string;
let workspace: string;
let repository: string;
let server: Server | null = null;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'build-'));
  workspace = path.join(folder, 'workspace');
  repository = path.join(folder, 'repository');
  await mkdir(repository);
  await git(repository, ['init', '--quiet', '--initial-branch=main']);
});

afterEach(async () => {
  await server?.stop('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

const pipeline = `
trigger:
  branches: { include: [main] }
  paths: { include: [src] }
stages:
  - stage: Make
    jobs:
      - job: Model
        steps:
          - script: |
              mkdir -p $(Build.ArtifactStagingDirectory)
              cp src/model.txt $(Build.ArtifactStagingDirectory)/model.txt
              echo "made of $(Build.Reason), $(greeting)"
            displayName: Make the model
          - publish: $(Build.ArtifactStagingDirectory)
            artifact: model
  - stage: Prod
    jobs:
      - deployment: Ship
        environment: production
        strategy:
          runOnce:
            deploy:
              steps:
                - download: current
                  artifact: model
                - script: cat $(Pipeline.Workspace)/model/model.txt
                  displayName: Show the model
  - stage: Check
    jobs:
      - job: Once
        steps:
          - checkout: none
          - script: test -e ${'$'}MARK || { touch ${'$'}MARK; exit 1; }
            displayName: Fail once
            env: { MARK: $(mark) }
`;

const slow = `
trigger: none
steps:
  - script: echo begun; sleep 60
    displayName: Wait
  - script: echo cleaned
    displayName: Clean
    condition: always()
`;

async function push(files: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(repository, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  const author = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com'];
  await git(repository, ['add', '--all']);
  await git(repository, [...author, 'commit', '--quiet', '-m', 'change']);
  return (await git(repository, ['rev-parse', 'HEAD'])).trim();
}

async function run(...words: readonly string[]) {
  const ended = await ridgeline([...words, '-w', workspace, '--json']);
  expect(ended.exitCode, ended.stderr).toBe(0);
  return JSON.parse(ended.stdout);
}

async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 30_000; Date.now() < end; await delay(100)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  throw new Error(`waited in vain until ${what}`);
}

function stepNames({ stages }: Build): readonly string[] {
  return stages.flatMap(({ jobs }) => jobs.flatMap(({ steps }) => steps.map(({ name }) => name)));
}

test('a push starts a build, which waits for its approval, fails, and is run again', async () => {
  server = await startServer(workspace);
  const client = new RidgelineClient(server);
  await push({ 'azure-pipelines.yml': pipeline, 'src/model.txt': 'version 1\n' });
  await run('delivery-environment', 'create', 'production', '--approval');
  const mark = path.join(folder, 'mark');
  const variables = ['--variable', `mark=${mark}`, '--variable', 'greeting=hello'];
  await run('delivery-pipeline', 'create', 'CI', '--repository', repository, ...variables);
  await until('its repository is watched', async () => {
    const { watchedSince } = await client.deliveryPipelines.triggers('CI');
    return watchedSince ?? undefined;
  });
  await push({ 'docs/a.md': 'no path of the trigger' });
  const commit = await push({ 'src/model.txt': 'version 2\n' });
  const waiting = await until('a build waits for its approval', async () => {
    const [first] = await client.builds.list({ pipeline: 'CI' });
    const build = first && (await client.builds.get(first.id));
    return build?.approvals.some(({ state }) => state === 'pending') ? build : undefined;
  });
  expect(waiting).toMatchObject({ reason: 'IndividualCI', commit, branch: 'refs/heads/main' });
  const approved: Build = await run('build', 'approve', waiting.id, '--comment', 'go');
  expect(approved.approvals).toMatchObject([{ stage: 'Prod', decisions: [{ comment: 'go' }] }]);
  const failed = await client.builds.wait(waiting.id);
  expect(failed).toMatchObject({ status: 'completed', result: 'failed' });
  expect(failed.stages.map(({ result }) => result)).toEqual(['succeeded', 'succeeded', 'failed']);

  const logs = await ridgeline(['build', 'logs', failed.id, '-w', workspace]);
  expect(logs.stdout).toContain('made of IndividualCI, hello');
  expect(logs.stdout).toContain('version 2');
  const output = path.join(folder, 'out');
  await run('build', 'artifacts', 'download', failed.id, '--output', output);
  expect(await readFile(path.join(output, 'model/model.txt'), 'utf8')).toBe('version 2\n');

  const again: Build = await run('build', 'rerun', failed.id, '--wait');
  expect(again).toMatchObject({ result: 'succeeded', attempt: 2 });
  expect(await run('build', 'list', '--pipeline', 'CI')).toHaveLength(1);
  const shown = await ridgeline(['delivery-pipeline', 'show', 'CI', '-w', workspace]);
  expect(shown.stdout).toContain('a push to branch "main"');
}, 60_000);

test('a build is followed, canceled, and cleans up; a rejected stage fails', async () => {
  server = await startServer(workspace);
  const client = new RidgelineClient(server);
  await push({ 'slow.yml': slow, 'src/model.txt': '1', 'azure-pipelines.yml': pipeline });
  const at = ['--repository', repository];
  await run('delivery-pipeline', 'create', 'Slow', ...at, '--yaml-path', 'slow.yml');
  const queued: Build = await run('build', 'create', 'Slow');
  const following = ridgeline(['build', 'logs', queued.id, '--follow', '-w', workspace]);
  await until('its step has begun', async () => {
    const build = await client.builds.get(queued.id);
    const steps = build.stages.flatMap(({ jobs }) => jobs.flatMap((job) => job.steps));
    const step = steps.find(({ name, state }) => name === 'Wait' && state === 'inProgress');
    if (step === undefined) return undefined;
    const { lines } = await client.builds.log(queued.id, step.log);
    return lines.some((line) => line.endsWith('begun')) || undefined;
  });
  const asked = await ridgeline(['build', 'cancel', queued.id, '-w', workspace, '--json']);
  expect(asked.stderr).toContain('canceled once more, it ends too');
  const canceled: Build = JSON.parse(asked.stdout);
  expect(canceled).toMatchObject({ status: 'completed', result: 'canceled' });
  expect(stepNames(canceled)).toContain('Clean');
  expect((await following).stdout).toContain('cleaned');

  await run('delivery-environment', 'create', 'production', '--approval');
  await run('delivery-pipeline', 'create', 'CI', ...at, '--variable', `mark=${folder}/mark`);
  const other: Build = await run('build', 'create', 'CI');
  await until('it waits for its approval', async () => {
    const { approvals } = await client.builds.get(other.id);
    return approvals.some(({ state }) => state === 'pending') || undefined;
  });
  await run('build', 'reject', other.id, '--comment', 'not now');
  const rejected = await client.builds.wait(other.id);
  expect(rejected.result).toBe('failed');
  const unknown = await ridgeline(['build', 'create', 'Nothing', '-w', workspace]);
  expect(unknown).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('DELIVERY_PIPELINE_NOT_FOUND'),
  });
}, 60_000);
