import { userSecretName } from '@ridgeline/workspace';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openLab } from '../assets.fixture.ts';
import type { VariableGroup } from './variable-group.ts';

const group = 'devopsforai-aml-vg';
const suggested = {
  BASE_NAME: { value: 'diabetes' },
  LOCATION: { value: 'centralus' },
  RESOURCE_GROUP: { value: 'mlops-RG' },
  WORKSPACE_NAME: { value: 'mlops-AML-WS' },
  AZURE_RM_SVC_CONNECTION: { value: 'azure-resource-connection' },
  WORKSPACE_SVC_CONNECTION: { value: 'aml-workspace-connection' },
  ACI_DEPLOYMENT_NAME: { value: 'mlops-aci' },
};

const textOf = (found: VariableGroup) => JSON.stringify(found);

describe('a variable group (V1 to V3)', () => {
  test('is made, read, listed, changed and deleted', async () => {
    const { assets } = await openLab();
    const { groups } = assets;
    const made = await groups.create(
      { name: group, variables: suggested, allowAllPipelines: true },
      'ada',
    );
    expect(made).toMatchObject({
      name: group,
      allowAllPipelines: true,
      createdBy: 'ada',
      variables: { BASE_NAME: { value: 'diabetes', isSecret: false } },
    });
    expect(Object.keys(made.variables)).toEqual(Object.keys(suggested));
    expect(await groups.get(group.toUpperCase())).toEqual(made);
    await groups.create({ name: 'another' });
    expect((await groups.list(10)).map(({ name }) => name)).toEqual(['another', group]);
    const changed = await groups.update(group, { description: 'of the sample' });
    expect(changed).toMatchObject({ description: 'of the sample', variables: made.variables });
    await groups.delete(group);
    await expect(groups.get(group)).rejects.toMatchObject({
      code: 'VARIABLE_GROUP_NOT_FOUND',
      status: 404,
    });
  });

  test('gets and loses variables one by one (V7)', async () => {
    const { groups } = (await openLab()).assets;
    await groups.create({ name: group, variables: suggested });
    const { variables } = await groups.update(group, {
      variables: {
        WEBAPP_DEPLOYMENT_NAME: { value: 'mlops-webapp' },
        aci_deployment_name: null,
        LOCATION: { value: 'westeurope' },
      },
    });
    expect(Object.keys(variables)).toEqual([
      ...Object.keys(suggested).filter((name) => name !== 'ACI_DEPLOYMENT_NAME'),
      'WEBAPP_DEPLOYMENT_NAME',
    ]);
    expect(variables.LOCATION?.value).toBe('westeurope');
  });

  test('is still there when the workspace is opened again', async () => {
    const lab = await openLab();
    const variables = { KEY: { value: 'hunter2', isSecret: true } };
    const made = await lab.assets.groups.create({ name: group, variables, pipelines: ['CI'] });
    const { groups } = await lab.reopen();
    expect(await groups.get(group)).toEqual(made);
    const values = await groups.resolve([group], 'CI');
    expect(values.get(group)?.get('KEY')).toEqual({ value: 'hunter2', secret: true });
  });

  test('has a name that no other has, letter case aside', async () => {
    const { groups } = (await openLab()).assets;
    await groups.create({ name: 'one' });
    await groups.create({ name: 'two' });
    const exists = { code: 'VARIABLE_GROUP_EXISTS', status: 409 };
    await expect(groups.create({ name: 'ONE' })).rejects.toMatchObject(exists);
    await expect(groups.update('two', { name: 'One' })).rejects.toMatchObject(exists);
    expect(await groups.update('two', { name: 'TWO' })).toMatchObject({ name: 'TWO' });
  });

  test('keeps a variable whose name is mistyped when it is to be deleted, and tells which was meant', async () => {
    const { groups } = (await openLab()).assets;
    await groups.create({ name: 'one', variables: { ACI_NAME: { value: 'a' } } });
    await expect(groups.update('one', { variables: { ACI_NAM: null } })).rejects.toThrow(
      `there is no variable 'ACI_NAM' to delete. Did you mean "ACI_NAME"?`,
    );
    expect((await groups.get('one')).variables).toHaveProperty('ACI_NAME');
  });

  test('two changes at once both stand', async () => {
    const { groups } = (await openLab()).assets;
    await groups.create({ name: 'one' });
    await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) =>
        groups.update('one', { variables: { [name]: { value: name, isSecret: true } } }),
      ),
    );
    const { variables } = await groups.get('one');
    expect(Object.keys(variables).toSorted()).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('a secret variable (V6)', () => {
  test('is in no answer, in no file in clear, and in what a build gets', async () => {
    const lab = await openLab();
    const { groups } = lab.assets;
    const secret = 'hunter2-hunter2-hunter2';
    const variables = { KEY: { value: secret, isSecret: true }, PLAIN: { value: 'seen' } };
    const made = await groups.create({ name: 'g', variables, allowAllPipelines: true });
    expect(made.variables.KEY).toMatchObject({ value: null, isSecret: true });
    for (const answer of [made, await groups.get('g'), ...(await groups.list(9))]) {
      expect(textOf(answer)).not.toContain('hunter2');
    }
    expect(await lab.filesWith(secret)).toEqual([]);
    expect(await lab.filesWith('seen')).not.toEqual([]);
    const values = (await groups.resolve(['g'], 'any')).get('g');
    expect(values?.get('KEY')).toEqual({ value: secret, secret: true });
    expect(values?.get('PLAIN')).toEqual({ value: 'seen' });
  });

  test('stays as it is where its value is left out, and stays secret with a new one', async () => {
    const lab = await openLab();
    const { groups } = lab.assets;
    const keyOfBuild = async () => (await groups.resolve(['g'], 'x')).get('g')?.get('KEY');
    const variables = { KEY: { value: 'first', isSecret: true } };
    await groups.create({ name: 'g', variables, allowAllPipelines: true });
    await groups.update('g', { variables: { KEY: { value: null, isSecret: true } } });
    expect(await keyOfBuild()).toEqual({ value: 'first', secret: true });
    await groups.update('g', { variables: { key: { value: 'second' } } });
    expect((await groups.resolve(['g'], 'x')).get('g')?.get('key')).toEqual({
      value: 'second',
      secret: true,
    });
    const openly = groups.update('g', { variables: { KEY: { isSecret: false } } });
    await expect(openly).rejects.toThrow('only with a new value');
    await groups.update('g', { variables: { KEY: { value: 'open', isSecret: false } } });
    expect(await keyOfBuild()).toEqual({ value: 'open' });
    await groups.update('g', { variables: { KEY: { isSecret: true } } });
    expect(await keyOfBuild()).toEqual({ value: 'open', secret: true });
  });

  test('leaves nothing behind when it is replaced, deleted or refused', async () => {
    const lab = await openLab();
    const { groups } = lab.assets;
    const secretly = (value: string) => ({ variables: { KEY: { value, isSecret: true } } });
    await groups.create({ name: 'g', ...secretly('a') });
    await groups.update('g', secretly('b'));
    expect(await lab.secretCount()).toBe(1);
    await expect(groups.create({ name: 'G', ...secretly('c') })).rejects.toThrow('already');
    expect(await lab.secretCount()).toBe(1);
    await groups.update('g', { variables: { KEY: null } });
    expect(await lab.secretCount()).toBe(0);
    await groups.update('g', secretly('d'));
    await groups.delete('g');
    expect(await lab.secretCount()).toBe(0);
  });

  test('that a process has kept and not written down is removed at the next start', async () => {
    const lab = await openLab();
    const variables = { KEY: { value: 'kept', isSecret: true } };
    await lab.assets.groups.create({ name: 'g', variables, allowAllPipelines: true });
    await lab.workspace.secrets.set('delivery-asset:of-nobody', 'lost');
    await lab.workspace.secrets.set('of-others', 'theirs');
    const { groups } = await lab.reopen();
    expect(await lab.secretCount()).toBe(1);
    expect(await lab.workspace.secrets.get('of-others')).toBe('theirs');
    expect((await groups.resolve(['g'], 'x')).get('g')?.get('KEY')?.value).toBe('kept');
  });

  test('can be one of the workspace, read when a build is, and never copied (V3)', async () => {
    const lab = await openLab();
    const { groups } = lab.assets;
    const variables = { SCORING_DATASTORE_ACCESS_KEY: { workspaceSecret: 'scoring-key' } };
    const spec = { name: 'g', variables, allowAllPipelines: true };
    await expect(groups.create(spec)).rejects.toThrow("'scoring-key', which is not there");
    await lab.workspace.secrets.set(userSecretName('scoring-key'), 'first');
    const made = await groups.create(spec);
    expect(made.variables.SCORING_DATASTORE_ACCESS_KEY).toMatchObject({
      value: null,
      isSecret: true,
      workspaceSecret: 'scoring-key',
    });
    await lab.workspace.secrets.set(userSecretName('scoring-key'), 'second');
    const values = await groups.resolve(['g'], 'x');
    expect([...(values.get('g')?.values() ?? [])]).toEqual([{ value: 'second', secret: true }]);
    await lab.workspace.secrets.delete(userSecretName('scoring-key'));
    await expect(groups.resolve(['g'], 'x')).rejects.toMatchObject({
      code: 'DELIVERY_SECRET_UNAVAILABLE',
      message: expect.stringContaining("'SCORING_DATASTORE_ACCESS_KEY' of the variable group 'g'"),
    });
  });

  test('is told of in no error', async () => {
    const { groups } = (await openLab()).assets;
    const value = 'hunter2\0';
    const spec = { name: 'a/b', variables: { 'x)': { value, isSecret: true } } };
    const error: Error = await groups.create(spec).catch((reason) => reason);
    expect(error).toMatchObject({ code: 'VARIABLE_GROUP_INVALID', status: 400 });
    expect(error.message).not.toContain('hunter2');
  });
});

describe('permission to use a group', () => {
  test('has who is named, or everybody; others are refused with what to do', async () => {
    const { groups } = (await openLab()).assets;
    await groups.create({ name: 'g', pipelines: ['Model-CI'] });
    expect(await groups.problems(['g'], 'MODEL-ci')).toEqual([]);
    await expect(groups.resolve(['g'], 'Release')).rejects.toMatchObject({
      code: 'VARIABLE_GROUP_NOT_PERMITTED',
      status: 403,
      message:
        "the pipeline 'Release' may not use the variable group 'g'; allow it with: " +
        "ridgeline variable-group update 'g' --allow-pipeline 'Release'",
    });
    await groups.update('g', { allowAllPipelines: true });
    expect(await groups.problems(['g'], 'Release')).toEqual([]);
    await groups.update('g', { allowAllPipelines: false, pipelines: [] });
    expect(await groups.problems(['g'], 'Model-CI')).toHaveLength(1);
  });

  test('every group that is missing is told of, with the name that was meant', async () => {
    const { groups } = (await openLab()).assets;
    await groups.create({ name: group, allowAllPipelines: true });
    const problems = await groups.problems(['devopsforai-aml-vq', group, 'other'], 'CI');
    expect(problems.map(({ name, code }) => [name, code])).toEqual([
      ['devopsforai-aml-vq', 'VARIABLE_GROUP_NOT_FOUND'],
      ['other', 'VARIABLE_GROUP_NOT_FOUND'],
    ]);
    expect(problems[0]?.message).toContain(`Did you mean "${group}"?`);
    await expect(groups.resolve(['no', 'none'], 'CI')).rejects.toThrow(/'no'.*'none'/s);
  });
});

describe('what is wrong with a group', () => {
  test.each([
    ['BASE_NAME', 'diabetes-ml', 'expected 3 to 10 letters and digits'],
    ['BASE_NAME', 'longerthan10', 'expected 3 to 10 letters and digits'],
    ['BASE_NAME', 'ml', 'expected 3 to 10 letters and digits'],
    ['base_name', 'a_b', 'expected 3 to 10 letters and digits'],
    ['LOCATION', 'Central US', "such as 'centralus' for 'Central US'"],
  ])('%s = %s is refused (V4, V5)', async (name, value, words) => {
    const { groups } = (await openLab()).assets;
    const variables = { [name]: { value } };
    await expect(groups.create({ name: group, variables })).rejects.toThrow(words);
    // Elsewhere those names are anybody's.
    await groups.create({ name: 'other', variables });
  });

  test('is told all at once', async () => {
    const { groups } = (await openLab()).assets;
    const variables = {
      LOCATION: { value: 'West US' },
      a$b: { value: 'x' },
      twice: { value: '1' },
      TWICE: { value: '2' },
      empty: {},
      both: { value: 'x', workspaceSecret: 'y' },
      vault: { vaultSecret: { connection: 'c', vault: 'https://evil.example', secret: '' } },
    };
    const failed = groups.create({ name: group, variables, pipelines: [''] });
    await expect(failed).rejects.toMatchObject({
      code: 'VARIABLE_GROUP_INVALID',
      message: expect.stringMatching(
        /delivery pipeline.*'twice' and 'TWICE'.*'a\$b'.*'empty' has no value.*'both' has more than one.*has no secret.*'https:\/\/evil.example'.*LOCATION/s,
      ),
    });
  });

  test('whatever comes is kept as it is, or refused', async () => {
    const { groups } = (await openLab()).assets;
    let count = 0;
    const anything = fc.dictionary(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.record({ value: fc.string({ unit: 'binary', maxLength: 12 }), isSecret: fc.boolean() }),
      { maxKeys: 4 },
    );
    const property = fc.asyncProperty(anything, async (variables) => {
      count += 1;
      const name = `g${count}`;
      const spec = { name, variables, allowAllPipelines: true };
      const made = await groups.create(spec).catch((error) => {
        expect(error).toMatchObject({ code: 'VARIABLE_GROUP_INVALID' });
        return null;
      });
      if (made === null) return;
      const values = (await groups.resolve([name], 'x')).get(name);
      expect([...(values ?? [])].map(([key, { value }]) => [key, value])).toEqual(
        Object.entries(variables).map(([key, { value }]) => [key, value]),
      );
    });
    await fc.assert(property, { numRuns: 60 });
  });
});
