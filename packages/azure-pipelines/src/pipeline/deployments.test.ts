import { describe, expect, it } from 'vitest';
import type { Hook } from './deployment.ts';
import type { Job } from './pipeline.ts';
import { firstJob, inputsOf, tasksIn } from './testing.fixture.ts';

function deploymentOf(strategy: string, root = ''): Job {
  return firstJob(`${root}jobs:\n- deployment: d\n  environment: e\n  strategy: ${strategy}\n`);
}

function tasksOf(hook: Hook | undefined): readonly string[] {
  return tasksIn(hook?.steps ?? []);
}

describe('deployments', () => {
  it('row 15.31: check nothing out, and download all artifacts first', () => {
    const { steps, deployment } = deploymentOf(
      '{ runOnce: { deploy: { steps: [{ script: x }] } } }',
    );
    expect(steps).toEqual([]);
    const deploy = deployment?.hooks.deploy;
    expect(tasksOf(deploy)).toEqual(['DownloadPipelineArtifact@2', 'CmdLine@2']);
    expect(inputsOf(deploy?.steps[0])).toEqual({
      source: 'current',
      path: '$(Pipeline.Workspace)',
    });
  });

  it('row 14.23: check out where a step says so', () => {
    const { deployment } = deploymentOf(
      '{ runOnce: { deploy: { steps: [{ checkout: self }, { download: none }] } } }',
    );
    expect(tasksOf(deployment?.hooks.deploy)).toEqual(['Checkout@1']);
  });

  it('download the artifacts of every pipeline resource too', () => {
    const root = 'resources: { pipelines: [{ pipeline: model, source: M }] }\n';
    const { deployment } = deploymentOf('{ runOnce: { deploy: { steps: [] } } }', root);
    const sources = deployment?.hooks.deploy?.steps.map((step) => inputsOf(step).source);
    expect(sources).toEqual(['current', 'model']);
  });

  it.each([
    ['download: none', []],
    ['download: current', ['DownloadPipelineArtifact@2']],
    ['task: DownloadBuildArtifacts@1', ['DownloadBuildArtifacts@1']],
  ])('download nothing by themselves beside "%s"', (step, tasks) => {
    const { deployment } = deploymentOf(`{ runOnce: { deploy: { steps: [{ ${step} }] } } }`);
    expect(tasksOf(deployment?.hooks.deploy)).toEqual(tasks);
  });

  it('have hooks in all their places, of which only deploy downloads', () => {
    const hook = '{ steps: [{ script: x }] }';
    const { deployment } = deploymentOf(
      `{ runOnce: { preDeploy: ${hook}, deploy: ${hook}, routeTraffic: ${hook}, postRouteTraffic: ${hook}, on: { failure: ${hook}, success: { pool: server, steps: [{ task: Delay@1 }] } } } }`,
    );
    const { hooks } = deployment ?? {};
    expect(deployment?.kind).toBe('runOnce');
    for (const name of ['preDeploy', 'routeTraffic', 'postRouteTraffic', 'onFailure'] as const) {
      expect(tasksOf(hooks?.[name])).toEqual(['CmdLine@2']);
    }
    expect(hooks?.onSuccess).toMatchObject({ pool: { kind: 'server' } });
    expect(tasksOf(hooks?.onSuccess)).toEqual(['Delay@1']);
  });

  it('roll by a number or a share of machines', () => {
    const rolling = (count: string) =>
      deploymentOf(`{ rolling: { maxParallel: ${count}, deploy: { steps: [] } } }`).deployment;
    expect(rolling('2')).toMatchObject({ kind: 'rolling', maxParallel: { text: '2' } });
    expect(rolling('25%')).toMatchObject({ kind: 'rolling', maxParallel: { text: '25%' } });
  });

  it('go forward by increments', () => {
    const { deployment } = deploymentOf(
      '{ canary: { increments: [10, 20], deploy: { steps: [] } } }',
    );
    expect(deployment).toMatchObject({ kind: 'canary', increments: [10, 20] });
  });

  it.each([
    ['prod', { name: { text: 'prod' }, tags: [] }],
    ['prod.web.x', { name: { text: 'prod' }, resourceName: { text: 'web.x' } }],
    ['$(env.name)', { name: { text: '$(env.name)' } }],
    [
      '{ name: vms, resourceType: virtualMachine, tags: web }',
      { name: { text: 'vms' }, resourceType: 'VirtualMachine', tags: [{ text: 'web' }] },
    ],
    [
      '{ name: a, resourceName: b, resourceId: 3 }',
      { resourceName: { text: 'b' }, resourceId: { text: '3' } },
    ],
  ])('go to an environment: %s', (written, environment) => {
    const job = firstJob(
      `jobs:\n- deployment: d\n  environment: ${written}\n  strategy: { runOnce: { deploy: { steps: [] } } }\n`,
    );
    expect(job.environment).toMatchObject(environment);
  });
});
