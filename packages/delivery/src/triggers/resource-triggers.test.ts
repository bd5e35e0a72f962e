// What `resources` start: pushes to other repositories, stages of other pipelines, and what the builds
// are told of it.
import { describe, expect, test } from 'vitest';
import type { Build } from '../builds/build.ts';
import type { BuildTriggers } from './build-triggers.ts';
import { eachInLab } from './test/each-in-lab.ts';
import type { LabRepository } from './test/lab-repository.ts';
import type { TriggerLab } from './test/trigger-lab.ts';
import { steps } from './test/with-steps.ts';

let lab: TriggerLab;
let triggers: BuildTriggers;

eachInLab((opened) => {
  ({ lab, triggers } = opened);
});

describe('a push to another repository', () => {
  let tools: LabRepository;

  async function watch(trigger: string) {
    tools = lab.repositoryAt('tools');
    await tools.init();
    await tools.push({ a: '1' });
    await lab.repository.push({ 'azure-pipelines.yml': using(trigger) });
    const location = tools.folder;
    const pipeline = lab.define('CI', { repositories: { tools: { location, branch: 'main' } } });
    await triggers.look();
    return pipeline;
  }

  const using = (trigger: string) =>
    `trigger: none\nresources: { repositories: [{ repository: tools, type: git, name: tools${trigger} }] }\n${steps}`;

  test('builds the default branch, with the pushed commit of the other one, once', async () => {
    await watch(', trigger: { branches: { include: [main, releases/*] } }');
    await triggers.look();
    expect(lab.queued).toEqual([]);
    await tools.push({ a: '2' }, { branch: 'dev' });
    await triggers.look();
    expect(lab.queued).toEqual([]);
    const commit = await tools.push({ a: '3' }, { branch: 'releases/1' });
    await triggers.look();
    triggers = await lab.open();
    await triggers.look();
    expect(lab.queued).toEqual([
      { pipeline: 'CI', reason: 'ResourceTrigger', branch: 'main', commit: '' },
    ]);
    expect(lab.builds.requests[0]?.trigger).toMatchObject({
      repositories: { tools: { ref: 'refs/heads/releases/1', commit } },
      resource: { alias: 'tools', category: 'repository' },
    });
  });

  test('starts nothing without a trigger, nor what was pushed before it had one', async () => {
    await watch('');
    await tools.push({ a: '2' });
    await triggers.look();
    await lab.repository.push({ 'azure-pipelines.yml': using(', trigger: [main]') });
    await triggers.look();
    expect(lab.queued).toEqual([]);
    await tools.push({ a: '3' });
    await triggers.look();
    expect(lab.queued).toHaveLength(1);
  });

  test('waits for the build before with "batch: true"', async () => {
    await watch(', trigger: { batch: true, branches: { include: [main] } }');
    for (const a of ['2', '3', '4']) {
      await tools.push({ a });
      await triggers.look();
    }
    expect(lab.queued).toHaveLength(1);
    lab.builds.end('1');
    await triggers.look();
    expect(lab.builds.requests[1]?.trigger?.repositories).toEqual({
      tools: { ref: 'refs/heads/main', commit: await tools.commitOf('main') },
    });
  });
});

describe('a pipeline that waits for stages of another', () => {
  const waits = `trigger: none
resources:
  pipelines: [{ pipeline: model, source: CI, trigger: { stages: [Build, test] } }]
${steps}`;

  async function runCi(): Promise<Build> {
    await lab.repository.push({
      'azure-pipelines.yml': `trigger: none\n${steps}`,
      'cd.yml': waits,
    });
    lab.define('CI');
    lab.define('CD', { yamlPath: 'cd.yml' });
    await triggers.look();
    const commit = await lab.repository.commitOf('main');
    return lab.builds.queue({ pipeline: 'CI', branch: 'refs/heads/main', commit });
  }

  const stage = (id: string, result: 'succeeded' | 'failed' | null, attempt = 1) => ({
    id,
    displayName: id,
    attempt,
    phase: result === null ? ('running' as const) : ('completed' as const),
    result,
    dependsOn: [],
    trace: [],
    mistake: null,
    jobs: [],
  });

  test('starts when these have ended well, while the build goes on, and once', async () => {
    const { id } = await runCi();
    lab.builds.endStage(id, [stage('Build', 'succeeded'), stage('Test', null)]);
    await triggers.look();
    expect(lab.queued).toHaveLength(1);
    lab.builds.endStage(id, [stage('Build', 'succeeded'), stage('Test', 'succeeded')]);
    await triggers.look();
    expect(lab.queued.slice(1)).toMatchObject([{ pipeline: 'CD', reason: 'ResourceTrigger' }]);
    expect(lab.builds.requests[1]).toMatchObject({ resources: { model: id } });
    lab.builds.end(id, 'failed');
    await triggers.look();
    expect(lab.queued).toHaveLength(2);
  });

  test('starts nothing of stages that failed; once more when they ran again', async () => {
    const { id } = await runCi();
    lab.builds.endStage(id, [stage('Build', 'succeeded'), stage('Test', 'failed')]);
    lab.builds.end(id, 'failed');
    await triggers.look();
    expect(lab.queued).toHaveLength(1);
    lab.builds.change(id, { status: 'inProgress', result: null, attempt: 2 });
    lab.builds.endStage(id, [stage('Build', 'succeeded'), stage('Test', 'succeeded', 2)]);
    await triggers.look();
    expect(lab.queued).toHaveLength(2);
  });

  test('starts nothing for a pull request, which is not merged yet', async () => {
    const { id } = await runCi();
    const stages = [stage('Build', 'succeeded'), stage('Test', 'succeeded')];
    lab.builds.end(id, 'succeeded', { stages, reason: 'PullRequest' });
    await triggers.look();
    expect(lab.queued).toHaveLength(1);
  });
});
