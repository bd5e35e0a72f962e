// The ends of builds on a real repository: which start builds of other pipelines, and that each does so
// once.
import { describe, expect, test } from 'vitest';
import type { BuildTriggers } from './build-triggers.ts';
import { eachInLab } from './test/each-in-lab.ts';
import type { TriggerLab } from './test/trigger-lab.ts';
import { steps, withSteps } from './test/with-steps.ts';

let lab: TriggerLab;
let triggers: BuildTriggers;

eachInLab((opened) => {
  ({ lab, triggers } = opened);
});

describe('the end of a build', () => {
  const waits = `trigger: none
resources:
  pipelines: [{ pipeline: model, source: CI, trigger: { branches: { include: [main] } } }]`;

  async function twoPipelines() {
    await lab.repository.push({ ...withSteps('trigger: none'), 'cd.yml': `${waits}\n${steps}` });
    lab.define('CI');
    lab.define('CD', { yamlPath: 'cd.yml' });
    await triggers.look();
  }

  async function queueCi(branch = 'refs/heads/main') {
    const commit = (await lab.repository.git('rev-parse', 'HEAD')).trim();
    lab.builds.all.push({
      ...(await sample()),
      id: String(lab.builds.all.length + 1),
      branch,
      commit,
    });
    return commit;
  }

  async function sample() {
    const [first] = lab.builds.all;
    if (first !== undefined) return { ...first, pipelineId: '1', pipelineName: 'CI' };
    await lab.repository.push(withSteps('trigger: [main]'));
    await triggers.look();
    await lab.repository.push(withSteps('trigger: none'));
    await triggers.look();
    const [made] = lab.builds.all;
    if (made === undefined) throw new Error('nothing was built');
    return made;
  }

  test('starts the pipelines that wait for it, at its commit, and once', async () => {
    await twoPipelines();
    const commit = await queueCi();
    lab.builds.end('2');
    await triggers.look();
    triggers = await lab.open();
    await triggers.look();
    expect(lab.queued.slice(2)).toEqual([
      { pipeline: 'CD', reason: 'ResourceTrigger', branch: 'main', commit },
    ]);
    expect(lab.builds.all[2]).toMatchObject({ triggeredBy: '2' });
  });

  test('starts nothing where it failed, or was of another branch', async () => {
    await twoPipelines();
    await queueCi();
    await queueCi('refs/heads/other');
    lab.builds.end('2', 'failed');
    lab.builds.end('3');
    await triggers.look();
    expect(lab.queued).toHaveLength(3);
  });
});
