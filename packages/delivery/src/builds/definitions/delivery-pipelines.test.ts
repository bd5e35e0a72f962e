// Delivery pipelines are made, changed and deleted; what cannot be one is refused with all reasons.

import { git } from '@ridgeline/azure-pipelines';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BuildLab } from '../test/build-lab.ts';

let lab: BuildLab;

beforeEach(async () => {
  lab = await BuildLab.make();
});

afterEach(() => lab.dispose());

describe('a delivery pipeline', () => {
  test('has the defaults of its repository', async () => {
    const { engine } = await lab.open();
    const location = await lab.repository('source', { 'azure-pipelines.yml': 'steps: []' });
    await git(location, ['branch', '-m', 'trunk']);
    const made = await engine.pipelines.create(
      { name: 'Model-CI', repository: { location } },
      'ada',
    );
    expect(made).toMatchObject({
      id: '1',
      name: 'Model-CI',
      repository: { location, branch: 'trunk' },
      yamlPath: 'azure-pipelines.yml',
      enabled: true,
      createdBy: 'ada',
    });
    expect(await engine.pipelines.get('model-ci')).toEqual(made);
    expect(await engine.pipelines.list()).toEqual([made]);
  });

  test('keeps a secret that an update does not name anew, and forgets one that it leaves out', async () => {
    const { engine } = await lab.open();
    const { pipelines } = engine;
    const location = await lab.repository('source', {});
    const variables = [{ name: 'key', value: 'hidden', isSecret: true }];
    await pipelines.create({ name: 'ci', repository: { location }, variables });
    const changed = await pipelines.update('ci', {
      name: 'renamed',
      variables: [{ name: 'key', isSecret: true }],
    });
    expect(changed.variables).toMatchObject([{ name: 'key', value: '', isSecret: true }]);
    expect((await pipelines.variablesOf(changed)).get('key')).toEqual({
      value: 'hidden',
      secret: true,
    });
    await pipelines.update('renamed', { variables: [] });
    const again = pipelines.update('renamed', { variables: [{ name: 'key', isSecret: true }] });
    await expect(again).rejects.toThrow(/secret variable 'key' has no value yet/);
  });

  test('is there once, letter case aside, and gone when it is deleted', async () => {
    const { engine } = await lab.open();
    const repository = { location: await lab.repository('source', {}) };
    await engine.pipelines.create({ name: 'ci', repository });
    await expect(engine.pipelines.create({ name: 'CI', repository })).rejects.toMatchObject({
      code: 'DELIVERY_PIPELINE_EXISTS',
    });
    await engine.pipelines.delete('CI');
    await expect(engine.pipelines.get('ci')).rejects.toMatchObject({ status: 404 });
  });

  test.each([
    [{ name: '' }, /name of a delivery pipeline/],
    [{ name: 'a/b' }, /name of a delivery pipeline/],
    [{ repository: { location: 'relative' } }, /no place of a git repository/],
    [{ repository: { location: '--upload-pack=touch x' } }, /no place of a git repository/],
    [{ repository: { location: 'ext::sh -c x' } }, /no place of a git repository/],
    [{ repository: { location: 'https://a:b@host/r' } }, /password in its address/],
    [{ repository: { location: '/r', branch: '-x' } }, /name of a branch/],
    [{ yamlPath: '../x.yml' }, /no path of a YAML file/],
    [{ variables: [{ name: 'a b$' }] }, /name of a variable/],
    [{ variables: [{ name: 'a' }, { name: 'A' }] }, /twice/],
    [{ keepBuilds: 0 }, /keepBuilds is 0/],
    [{ repositories: { self: { location: '/x' } } }, /alias of a repository/],
  ])('cannot be %j', async (odd, message) => {
    const { engine } = await lab.open();
    const made = engine.pipelines.create({ name: 'ci', repository: { location: '/r' }, ...odd });
    await expect(made).rejects.toMatchObject({ code: 'DELIVERY_PIPELINE_INVALID' });
    await expect(made).rejects.toThrow(message);
  });
});
