import type { CheckSpec } from '@ridgeline/azure-pipelines';
import { describe, expect, test } from 'vitest';
import { openLab } from '../assets.fixture.ts';
import type { DeploymentRecord } from './delivery-environment.ts';

const deployment: DeploymentRecord = {
  buildId: 7,
  buildNumber: '20260302.1',
  pipeline: 'Model-Deploy-CD',
  commit: 'd6b9c2e0a1',
  stage: 'Deploy_AKS',
  job: 'Deploy',
  attempt: 1,
  requestedBy: 'ada',
  status: 'InProgress',
};

describe('an environment', () => {
  test('is made, read, listed, changed and deleted', async () => {
    const { environments } = (await openLab()).assets;
    const made = await environments.create({ name: 'production', description: 'AKS' }, 'ada');
    expect(made).toMatchObject({ name: 'production', checks: [], resources: [], createdBy: 'ada' });
    expect(await environments.get('PRODUCTION')).toEqual(made);
    await environments.create({ name: 'abtestenv' });
    expect((await environments.list(9)).map(({ name }) => name)).toEqual([
      'abtestenv',
      'production',
    ]);
    const resources = [{ name: 'vm-1', type: 'VirtualMachine', tags: ['web'] }] as const;
    await environments.update('production', { name: 'prod', resources });
    expect(await environments.resourcesOf('prod')).toEqual(resources);
    const taken = environments.update('prod', { name: 'AbTestEnv' });
    await expect(taken).rejects.toMatchObject({ code: 'DELIVERY_ENVIRONMENT_EXISTS' });
    await environments.delete('prod');
    await expect(environments.get('prod')).rejects.toMatchObject({
      code: 'DELIVERY_ENVIRONMENT_NOT_FOUND',
      message: expect.stringContaining('abtestenv'),
    });
    await expect(environments.update('abtestemv', {})).rejects.toThrow('Did you mean "abtestenv"?');
  });

  test('gets checks with what was left out filled in (E6)', async () => {
    const lab = await openLab();
    await lab.assets.environments.create({
      name: 'production',
      checks: [
        { type: 'approval', approvers: ['ada', 'grace'] },
        { type: 'branchControl', allowedBranches: ['main'] },
        { type: 'businessHours', timeZone: 'Europe/Berlin' },
        { type: 'exclusiveLock' },
      ],
    });
    const { environments } = await lab.reopen();
    expect(await environments.checksOf('Production')).toEqual([
      {
        type: 'approval',
        approvers: ['ada', 'grace'],
        minimumApprovers: 2,
        allowSelfApproval: true,
        instructions: '',
        timeoutMinutes: 43_200,
      },
      { type: 'branchControl', allowedBranches: ['main'] },
      {
        type: 'businessHours',
        timeZone: 'Europe/Berlin',
        days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
        start: '09:00',
        end: '17:00',
        timeoutMinutes: 1_440,
      },
      { type: 'exclusiveLock', timeoutMinutes: 1_440 },
    ]);
    await environments.update('production', { description: 'checked' });
    expect(await environments.checksOf('production')).toHaveLength(4);
    await environments.update('production', { checks: [] });
    expect(await environments.checksOf('production')).toEqual([]);
  });

  test('that is not there has no checks', async () => {
    const { environments } = (await openLab()).assets;
    expect(await environments.checksOf('none')).toEqual([]);
    expect(await environments.resourcesOf('none')).toEqual([]);
  });
});

describe('the history of an environment', () => {
  test('has each deployment once, the newest first, and makes the environment (K3)', async () => {
    const lab = await openLab();
    const { environments } = lab.assets;
    await environments.recordDeployment('abtestenv', deployment);
    const began = await environments.deployments('abtestenv', 9);
    expect(began).toMatchObject([{ ...deployment, environment: 'abtestenv', endedAt: null }]);
    await environments.recordDeployment('ABTESTENV', { ...deployment, status: 'Succeeded' });
    const again = { ...deployment, attempt: 2, status: 'Failed' } as const;
    await environments.recordDeployment('abtestenv', again);
    const reopened = (await lab.reopen()).environments;
    expect(await reopened.get('abtestenv')).toMatchObject({ createdBy: 'ada', checks: [] });
    const found = await reopened.deployments('abtestenv', 9);
    expect(found.map(({ attempt, status }) => [attempt, status])).toEqual([
      [2, 'Failed'],
      [1, 'Succeeded'],
    ]);
    expect(found[1]).toMatchObject({
      environment: 'abtestenv',
      startedAt: began[0]?.startedAt,
      endedAt: expect.stringMatching(/^20.*Z$/),
    });
    expect(await reopened.deployments('abtestenv', 1)).toHaveLength(1);
    await reopened.delete('abtestenv');
    await reopened.create({ name: 'abtestenv' });
    expect(await reopened.deployments('abtestenv', 9)).toEqual([]);
  });
});

describe('a check that is none', () => {
  test.each<[CheckSpec | object, string]>([
    [{ type: 'aproval' }, 'Did you mean "approval"?'],
    [{ type: 'approval', minimumApprovers: 2, approvers: ['ada'] }, 'from 1 to 1'],
    [{ type: 'approval', minimumApprovers: 0 }, 'minimumApprovers is 0'],
    [{ type: 'approval', approvers: ['ada', 'ada'] }, 'is named twice'],
    [{ type: 'approval', approvers: [' '] }, "' ' is no name"],
    [{ type: 'approval', timeoutMinutes: 0 }, 'timeoutMinutes of approval is 0'],
    [{ type: 'approval', allowedBranches: ['x'] }, "has no 'allowedBranches'"],
    [{ type: 'branchControl' }, 'allows no branch'],
    [{ type: 'businessHours', timeZone: 'Mars' }, "time zone 'Mars' is not known"],
    [{ type: 'businessHours', days: ['Monday'] }, `'Monday' is no day; expected "Mon"`],
    [{ type: 'businessHours', days: [] }, 'has no days'],
    [{ type: 'businessHours', start: '9:00' }, "'9:00' is no time of the day"],
    [{ type: 'businessHours', start: '24:00' }, "'24:00' is no time of the day"],
    [{ type: 'businessHours', start: '09:00', end: '09:00' }, 'are none'],
    [{ type: 'approval', inSequence: true, approvers: ['ada'] }, 'name at least two'],
    [{ type: 'requiredTemplate' }, 'names no template'],
    [{ type: 'invokeRestApi' }, 'names no service connection'],
    [{ type: 'invokeRestApi', connection: 'c', method: 'GETT' }, 'Did you mean "GET"?'],
    [{ type: 'invokeRestApi', connection: 'c', headers: '[]' }, 'no JSON object'],
    [{ type: 'invokeRestApi', connection: 'c', successCriteria: 'eq(' }, 'the successCriteria'],
    [{ type: 'invokeRestApi', connection: 'c', retryMinutes: -1 }, 'retryMinutes is -1'],
  ])('%j is refused', async (check, words) => {
    const { environments } = (await openLab()).assets;
    const made = environments.create({ name: 'e', checks: [check as CheckSpec] });
    await expect(made).rejects.toMatchObject({
      code: 'DELIVERY_ENVIRONMENT_INVALID',
      message: expect.stringContaining(words),
    });
  });

  test('is told with all others', async () => {
    const { environments } = (await openLab()).assets;
    const lock = { type: 'exclusiveLock' } as const;
    const checks = [lock, lock, { type: 'branchControl' } as const];
    await expect(environments.create({ name: 'a/b', checks })).rejects.toThrow(
      /'a\/b'.*more than one check exclusiveLock.*allows no branch/s,
    );
  });
});
