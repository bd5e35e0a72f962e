// Checks of environments that ask neither people nor the clock, in real builds.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { outside } from '../../assets/service-connections/outside.fixture.ts';
import { BuildLab } from '../test/build-lab.ts';

let lab: BuildLab;

beforeEach(async () => {
  lab = await BuildLab.make();
});

afterEach(() => lab.dispose());

const release = `
stages:
- stage: Release
  jobs:
  - deployment: out
    environment: prod
    strategy: { runOnce: { deploy: { steps: [{ bash: echo out }] } } }
`;

describe('a check of an API', () => {
  const checks = [
    {
      type: 'invokeRestApi',
      connection: 'change-board',
      method: 'GET',
      urlSuffix: '/release',
      successCriteria: "eq(root['state'], 'open')",
      retryMinutes: 0,
    },
  ] as const;
  const generic = { name: 'change-board', type: 'generic', scheme: 'Token' } as const;

  test.each([
    [{ status: 200, body: { state: 'open' } }, true, 'succeeded', ''],
    [{ status: 200, body: { state: 'frozen' } }, true, 'failed', 'success criteria'],
    [{ status: 503 }, true, 'failed', 'answered with status 503'],
    [
      { status: 200, body: { state: 'open' } },
      false,
      'failed',
      'may not use the service connection',
    ],
  ])('%j decides', async (answer, isAllowed, result, reason) => {
    const { assets } = await lab.open();
    const { url, requests } = await outside(() => answer);
    const parameters = { apitoken: 'hunter2-hunter2' };
    const connection = { ...generic, url, parameters, allowAllPipelines: isAllowed };
    await assets.connections.create(connection);
    await assets.environments.create({ name: 'prod', checks });
    await lab.define(release);
    const build = await lab.build();
    expect(build.stages[0]).toMatchObject({ result });
    expect(build.issues.map(({ message }) => message).join()).toContain(reason);
    expect(JSON.stringify(build)).not.toContain('hunter2');
    const asked = { path: '/release', authorization: 'Bearer hunter2-hunter2' };
    expect(requests).toMatchObject(isAllowed ? [asked] : []);
  });

  test('ends the wait for people where it says no', async () => {
    const { assets } = await lab.open();
    await assets.environments.create({ name: 'prod', checks: [{ type: 'approval' }, ...checks] });
    await lab.define(release);
    const build = await lab.build();
    expect(build.stages[0]).toMatchObject({ result: 'failed' });
    expect(build.approvals).toMatchObject([{ state: 'canceled' }]);
  });
});

describe('a required template', () => {
  const base = `
parameters: [{ name: environment, type: string }]
stages:
- stage: Release
  jobs:
  - deployment: out
    environment: \${{ parameters.environment }}
    strategy: { runOnce: { deploy: { steps: [{ bash: echo out }] } } }
`;
  const extending = (template: string) => `
resources: { repositories: [{ repository: rules, type: git, name: policies }] }
extends: { template: ${template}, parameters: { environment: prod } }
`;

  test.each([
    ['base.yml@rules', 'succeeded', ''],
    ['/base.yml@rules', 'succeeded', ''],
    ['base.yml', 'failed', 'the pipeline extends /base.yml@source of ci#refs/heads/main'],
    ['other.yml@rules', 'failed', 'the pipeline extends /other.yml@policies#refs/heads/main'],
  ])('%s: the deployment has %s', async (template, result, reason) => {
    const { assets } = await lab.open();
    const policies = await lab.repository('policies', { 'base.yml': base, 'other.yml': base });
    const requiredTemplates = ['base.yml@policies#main'];
    const checks = [{ type: 'requiredTemplate', requiredTemplates }] as const;
    await assets.environments.create({ name: 'prod', checks });
    const repositories = { rules: { location: policies } };
    await lab.define(extending(template), { repositories }, { 'base.yml': base });
    const build = await lab.build();
    expect(build.result).toBe(result);
    expect(build.issues.map(({ message }) => message).join()).toContain(reason);
  });

  test('holds back a pipeline that only includes it', async () => {
    const { assets } = await lab.open();
    const checks = [{ type: 'requiredTemplate', requiredTemplates: ['stage.yml'] }] as const;
    await assets.environments.create({ name: 'prod', checks });
    const yaml = 'stages: [{ template: stage.yml, parameters: { environment: prod } }]';
    await lab.define(yaml, {}, { 'stage.yml': base });
    const build = await lab.build();
    expect(build.result).toBe('failed');
    expect(build.issues).toMatchObject([
      { message: expect.stringContaining('extends no template; it has to extend stage.yml') },
    ]);
  });
});
