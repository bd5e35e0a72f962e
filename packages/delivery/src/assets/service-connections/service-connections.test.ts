import { describe, expect, test } from 'vitest';
import { openLab } from '../assets.fixture.ts';
import type { NewServiceConnection } from './service-connection-info.ts';

const azure: NewServiceConnection = {
  name: 'azure-resource-connection',
  type: 'azurerm',
  parameters: {
    tenantid: 'a-tenant',
    serviceprincipalid: 'an-app',
    serviceprincipalkey: 'hunter2-hunter2-hunter2',
  },
  data: { subscriptionId: '0000' },
  skipCheck: true,
};

describe('a service connection (I1)', () => {
  test('is made, read, listed, changed and deleted, and its secret is nowhere', async () => {
    const lab = await openLab();
    const { connections } = lab.assets;
    const made = await connections.create(azure, 'ada');
    expect(made).toMatchObject({
      name: 'azure-resource-connection',
      url: 'https://management.azure.com/',
      scheme: 'ServicePrincipal',
      parameters: { tenantid: 'a-tenant', serviceprincipalkey: null },
      check: { status: 'NotChecked', message: 'it was saved without a check' },
      createdBy: 'ada',
    });
    const changed = await connections.update(azure.name, {
      name: 'renamed',
      data: { subscriptionId: null, location: 'centralus' },
      skipCheck: true,
    });
    expect(changed).toMatchObject({ data: { location: 'centralus' }, id: made.id });
    expect(changed.data).not.toHaveProperty('subscriptionId');
    const answers = [made, changed, ...(await connections.list(9)), await connections.get(made.id)];
    expect(JSON.stringify(answers)).not.toContain('hunter2');
    expect(await lab.filesWith('hunter2-hunter2')).toEqual([]);
    expect(await lab.secretCount()).toBe(1);
    await connections.delete('RENAMED');
    expect(await lab.secretCount()).toBe(0);
    await expect(connections.get('renamed')).rejects.toMatchObject({
      code: 'SERVICE_CONNECTION_NOT_FOUND',
    });
  }, 20_000);

  test('gives a build of a pipeline that may use it what it signs in with', async () => {
    const lab = await openLab();
    await lab.assets.connections.create({ ...azure, pipelines: ['CI'] });
    const { connections } = await lab.reopen();
    expect(await connections.resolve('AZURE-resource-connection', 'ci')).toMatchObject({
      type: 'azurerm',
      scheme: 'ServicePrincipal',
      parameters: { tenantid: 'a-tenant', serviceprincipalkey: 'hunter2-hunter2-hunter2' },
      data: { subscriptionId: '0000' },
    });
    await expect(connections.resolve(azure.name, 'other')).rejects.toMatchObject({
      code: 'SERVICE_CONNECTION_NOT_PERMITTED',
      message: expect.stringContaining(
        "service-connection update 'azure-resource-connection' --allow-pipeline 'other'",
      ),
    });
    expect(await connections.resolve('none', 'ci')).toBeUndefined();
  });

  test('that a pipeline names and that is missing is told of by name', async () => {
    const { connections } = (await openLab()).assets;
    await connections.create({ ...azure, allowAllPipelines: true });
    const problems = await connections.problems(['azure-resource-conection', azure.name], 'CI');
    expect(problems).toMatchObject([
      { name: 'azure-resource-conection', code: 'SERVICE_CONNECTION_NOT_FOUND' },
    ]);
    expect(problems[0]?.message).toContain('Did you mean "azure-resource-connection"?');
  });

  test('has a name that no other has, and a refused one leaves no secret', async () => {
    const lab = await openLab();
    const { connections } = lab.assets;
    await connections.create(azure);
    await connections.create({ name: 'other', type: 'generic' });
    const exists = { code: 'SERVICE_CONNECTION_EXISTS', status: 409 };
    await expect(connections.create(azure)).rejects.toMatchObject(exists);
    const rename = connections.update('other', { name: 'Azure-Resource-Connection' });
    await expect(rename).rejects.toMatchObject(exists);
    expect(await lab.secretCount()).toBe(1);
  });

  test('goes along with a pipeline that is renamed, and away with one that is deleted', async () => {
    const lab = await openLab();
    const { connections, groups } = lab.assets;
    await connections.create({ ...azure, pipelines: ['CI'] });
    await groups.create({ name: 'g', pipelines: ['ci', 'CD', 'model-CI'] });
    const { DeliveryDatabase } = await import('../../database/delivery-database.ts');
    const permissions = await import('../pipeline-permissions.ts');
    const database = await DeliveryDatabase.open(lab.workspace.database);
    await database.write((tables) => permissions.renamePermittedPipeline(tables, 'CI', 'Model-CI'));
    expect((await connections.get(azure.name)).pipelines).toEqual(['Model-CI']);
    expect((await groups.get('g')).pipelines).toEqual(['CD', 'Model-CI']);
    await database.write((tables) => permissions.forgetPermittedPipeline(tables, 'model-ci'));
    expect((await groups.get('g')).pipelines).toEqual(['CD']);
    expect(await connections.problems([azure.name], 'Model-CI')).toHaveLength(1);
  });
});

describe('what is wrong with a connection', () => {
  test.each<[string, Partial<NewServiceConnection>, string]>([
    ['no type', { type: 'azurrm' as 'azurerm' }, 'Did you mean "azurerm"?'],
    ['no scheme', { scheme: 'ServicePrincpal' }, 'Did you mean "ServicePrincipal"?'],
    [
      'a missing parameter',
      { parameters: { tenantid: 't', serviceprincipalid: 'a', serviceprincipalkeyy: 'hunter2' } },
      "serviceprincipalcertificate. Is it what 'serviceprincipalkeyy' was to be?",
    ],
    ['an empty parameter', { parameters: { ...azure.parameters, tenantid: '' } }, 'tenantid'],
    ['no address', { url: 'hunter2' }, 'the url is no address'],
    ['a password in an address', { url: 'https://me:hunter2@x.example' }, 'as parameters'],
    ['no authority', { data: { environmentAuthorityUrl: 'x' } }, 'environmentAuthorityUrl'],
    [
      'a missing address',
      { type: 'ridgeline', parameters: { apitoken: 'hunter2' } },
      'needs a url',
    ],
    ['a cluster without address', { type: 'kubernetes', scheme: 'Token' }, 'url of the cluster'],
    ['a name twice', { data: { a: '1', A: '2' } }, "the fact 'a' stands twice"],
    ['a name that is none', { name: ' ' }, 'is empty'],
  ])('%s: is told, without a secret', async (_what, part, words) => {
    const lab = await openLab();
    const error: Error = await lab.assets.connections
      .create({ ...azure, ...part })
      .catch((reason) => reason);
    expect(error).toMatchObject({ code: 'SERVICE_CONNECTION_INVALID', status: 400 });
    expect(error.message).toContain(words);
    expect(error.message).not.toContain('hunter2');
    expect(await lab.secretCount()).toBe(0);
  });

  test('is told all at once', async () => {
    const { connections } = (await openLab()).assets;
    const failed = connections.create({ name: 'a/b', type: 'dockerregistry', pipelines: [''] });
    await expect(failed).rejects.toThrow(/'a\/b'.*needs a url.*username.*password.*pipeline/s);
  });
});
