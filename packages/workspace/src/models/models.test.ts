import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { useTemporaryDatabase } from '../database/temporary-database.fixture.ts';
import { RidgelineError } from '../errors.ts';
import { Runs } from '../runs/runs.ts';
import type { CreateVersion } from './check-version.ts';
import { Models } from './models.ts';

const temporary = useTemporaryDatabase();
let now = 1_000;
let models: Models;
let runId: string;

const artifacts = { localPath: async (run: string, path: string) => `/artifacts/${run}/${path}` };

beforeEach(async () => {
  now = 1_000;
  const options = { database: temporary.database, clock: () => now };
  models = new Models({ ...options, artifacts });
  runId = (await new Runs(options).create({ experimentId: '0' })).info.run_id;
});

async function addVersion(version: Partial<CreateVersion> = {}): Promise<string> {
  const created = await models.createVersion({
    name: 'm',
    source: `runs:/${runId}/model`,
    ...version,
  });
  return created.version;
}

describe('registered models', () => {
  test("are in MLflow's shape", async () => {
    const created = await models.createRegisteredModel({
      name: 'diabetes',
      description: 'predicts progression',
      tags: { area: 'health' },
    });
    expect(created).toEqual({
      name: 'diabetes',
      creation_timestamp: 1_000,
      last_updated_timestamp: 1_000,
      description: 'predicts progression',
      latest_versions: [],
      tags: [{ key: 'area', value: 'health' }],
      aliases: [],
    });
    expect(await models.getRegisteredModel('diabetes')).toEqual(created);
  });

  test('a name that is taken is RESOURCE_ALREADY_EXISTS', async () => {
    await models.createRegisteredModel({ name: 'm' });
    await expect(models.createRegisteredModel({ name: 'm' })).rejects.toMatchObject({
      code: 'RESOURCE_ALREADY_EXISTS',
      status: 400,
      message: 'Registered Model (name=m) already exists',
    });
  });

  test.each(['', ' ', 'a/b', 'a:b', 'x'.repeat(257), '\udc00'])('%j is no name', async (name) => {
    await expect(models.createRegisteredModel({ name })).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
    });
  });

  test.each(['modèle', '模型', 'a.b-c d', '🏔', "o'model"])('%s is a name', async (name) => {
    await models.createRegisteredModel({ name });
    await addVersion({ name });
    expect(await models.latestVersion(name)).toMatchObject({ name, version: '1' });
  });

  test('a description is changed, with the time of it', async () => {
    await models.createRegisteredModel({ name: 'm' });
    now = 2_000;
    expect(await models.updateRegisteredModel('m', { description: 'better' })).toMatchObject({
      description: 'better',
      creation_timestamp: 1_000,
      last_updated_timestamp: 2_000,
    });
  });

  test('renaming takes versions, tags and aliases along', async () => {
    await models.createRegisteredModel({ name: 'm', tags: { a: '1' } });
    await addVersion({ tags: { stage: 'prod' } });
    await models.setAlias('m', 'champion', 1);
    const renamed = await models.renameRegisteredModel('m', 'n');
    expect(renamed).toMatchObject({
      name: 'n',
      tags: [{ key: 'a', value: '1' }],
      aliases: [{ alias: 'champion', version: '1' }],
    });
    expect(await models.getVersion('n', 1)).toMatchObject({
      tags: [{ key: 'stage', value: 'prod' }],
      aliases: ['champion'],
    });
    await expect(models.getRegisteredModel('m')).rejects.toThrow('name=m not found');
  });

  test('renaming to a name that is taken is RESOURCE_ALREADY_EXISTS', async () => {
    await models.createRegisteredModel({ name: 'm' });
    await models.createRegisteredModel({ name: 'n' });
    await expect(models.renameRegisteredModel('m', 'n')).rejects.toMatchObject({
      code: 'RESOURCE_ALREADY_EXISTS',
    });
  });

  test('deleting one removes all of it', async () => {
    await models.createRegisteredModel({ name: 'm', tags: { a: '1' } });
    await addVersion({ tags: { b: '2' } });
    await models.setAlias('m', 'champion', 1);
    await models.deleteRegisteredModel('m');
    for (const table of [
      'registered_models',
      'registered_model_tags',
      'registered_model_aliases',
      'model_versions',
      'model_version_tags',
    ] as const) {
      const query = temporary.database.kysely.selectFrom(table).select('name');
      expect(await query.execute()).toEqual([]);
    }
  });

  test('tags: the last value stays; deleting takes it away, and again does nothing', async () => {
    await models.createRegisteredModel({ name: 'm' });
    await models.setRegisteredModelTag('m', 'a', '1');
    await models.setRegisteredModelTag('m', 'a', '2');
    expect((await models.getRegisteredModel('m')).tags).toEqual([{ key: 'a', value: '2' }]);
    await models.deleteRegisteredModelTag('m', 'a');
    await models.deleteRegisteredModelTag('m', 'a');
    expect((await models.getRegisteredModel('m')).tags).toEqual([]);
  });
});

describe('what is not there is RESOURCE_DOES_NOT_EXIST', () => {
  beforeEach(() => models.createRegisteredModel({ name: 'm' }));

  test.each([
    ['getRegisteredModel', () => models.getRegisteredModel('no')],
    ['updateRegisteredModel', () => models.updateRegisteredModel('no', { description: '' })],
    ['renameRegisteredModel', () => models.renameRegisteredModel('no', 'new')],
    ['deleteRegisteredModel', () => models.deleteRegisteredModel('no')],
    ['setRegisteredModelTag', () => models.setRegisteredModelTag('no', 'a', '1')],
    ['deleteRegisteredModelTag', () => models.deleteRegisteredModelTag('no', 'a')],
    ['createVersion', () => addVersion({ name: 'no' })],
    ['createVersion of a run', () => addVersion({ source: `runs:/${'0'.repeat(32)}/model` })],
    ['getVersion', () => models.getVersion('m', 1)],
    ['updateVersion', () => models.updateVersion('m', 1, { description: '' })],
    ['deleteVersion', () => models.deleteVersion('m', 1)],
    ['setVersionTag', () => models.setVersionTag('m', 1, 'a', '1')],
    ['deleteVersionTag', () => models.deleteVersionTag('m', 1, 'a')],
    ['setAlias', () => models.setAlias('m', 'champion', 1)],
    ['deleteAlias', () => models.deleteAlias('no', 'champion')],
    ['getVersionByAlias', () => models.getVersionByAlias('no', 'champion')],
    ['getVersionByAlias latest', () => models.getVersionByAlias('no', 'latest')],
    ['versionFolder', () => models.versionFolder('m', 1)],
  ])('%s', async (_, asking) => {
    await expect(asking()).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST', status: 404 });
  });
});

describe('versions', () => {
  beforeEach(() => models.createRegisteredModel({ name: 'm' }));

  test("are in MLflow's shape, and know the run of their source", async () => {
    now = 2_000;
    const source = `runs:/${runId}/model`;
    const version = await models.createVersion({
      name: 'm',
      source,
      description: 'first',
      tags: { mse: '3298.8856' },
    });
    expect(version).toEqual({
      name: 'm',
      version: '1',
      creation_timestamp: 2_000,
      last_updated_timestamp: 2_000,
      current_stage: 'None',
      description: 'first',
      source,
      run_id: runId,
      status: 'READY',
      tags: [{ key: 'mse', value: '3298.8856' }],
      aliases: [],
    });
    expect(await models.getRegisteredModel('m')).toMatchObject({
      last_updated_timestamp: 2_000,
      latest_versions: [version],
    });
  });

  test('100 calls at once get the numbers 1 to 100', async () => {
    const numbers = await Promise.all(Array.from({ length: 100 }, () => addVersion()));
    const sorted = numbers.map(Number).toSorted((a, b) => a - b);
    expect(sorted).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  });

  test('two versions may come from one run', async () => {
    await addVersion();
    await addVersion();
    const found = await models.searchVersions({ filter: `run_id = '${runId}'` });
    expect(found.items.map((version) => version.version)).toEqual(['2', '1']);
  });

  test('a number is never given twice, even after its version was deleted', async () => {
    await addVersion();
    await addVersion({ tags: { a: '1' } });
    await models.setAlias('m', 'champion', 2);
    await models.deleteVersion('m', 2);
    expect(await addVersion()).toBe('3');
    await expect(models.getVersion('m', 2)).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
    });
    await expect(models.getVersionByAlias('m', 'champion')).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
    });
    const found = await models.searchVersions({});
    expect(found.items.map((version) => version.version)).toEqual(['3', '1']);
  });

  test('a refused version uses up no number', async () => {
    await expect(addVersion({ tags: { '..': 'x' } })).rejects.toThrow();
    await expect(addVersion({ source: `runs:/${'0'.repeat(32)}/model` })).rejects.toThrow();
    expect(await addVersion()).toBe('1');
  });

  test.each([0, -1, 1.5, 'one', '01', '', '1; drop', '9'.repeat(30)])(
    '%j is no version number',
    async (version) => {
      await expect(models.getVersion('m', version)).rejects.toMatchObject({
        code: 'INVALID_PARAMETER_VALUE',
        message: expect.stringContaining('Model version must be an integer'),
      });
    },
  );

  test('description and tags are changed, with the time of it', async () => {
    await addVersion({ tags: { a: '1', b: '1' } });
    now = 3_000;
    await models.updateVersion('m', 1, { description: 'better' });
    await models.setVersionTag('m', '1', 'a', '2');
    await models.deleteVersionTag('m', '1', 'b');
    await models.deleteVersionTag('m', '1', 'b');
    expect(await models.getVersion('m', 1)).toMatchObject({
      description: 'better',
      last_updated_timestamp: 3_000,
      tags: [{ key: 'a', value: '2' }],
    });
  });

  test.each([
    { source: '/etc/passwd' },
    { description: 'x'.repeat(5_001) },
    { tags: { a: 'x'.repeat(100_001) } },
    { runId: 'x'.repeat(33) },
  ])('%o is INVALID_PARAMETER_VALUE', async (version) => {
    await expect(addVersion(version)).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
  });

  test('a restart loses nothing', async () => {
    await addVersion({ tags: { a: '1' } });
    const before = await models.getVersion('m', 1);
    models = new Models({ database: await temporary.reopen(), artifacts });
    expect(await models.getVersion('m', 1)).toEqual(before);
    expect(await addVersion()).toBe('2');
  });
});

describe('the latest version', () => {
  test('is the greatest number, counted as numbers are and not as texts are', async () => {
    await models.createRegisteredModel({ name: 'm' });
    for (let count = 0; count < 11; count += 1) await addVersion();
    expect((await models.latestVersion('m'))?.version).toBe('11');
    expect((await models.getVersionByAlias('m', 'latest')).version).toBe('11');
  });

  test('is null where no version has the tags, or no such model is', async () => {
    expect(await models.latestVersion('m')).toBeNull();
    await models.createRegisteredModel({ name: 'm' });
    expect(await models.latestVersion('m')).toBeNull();
    await addVersion({ tags: { a: '1' } });
    expect(await models.latestVersion('m', { tags: { a: '2' } })).toBeNull();
  });

  test('is the greatest version all of whose tags match', async () => {
    const tags = fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2'));
    const property = fc.asyncProperty(
      fc.array(tags, { maxLength: 6 }),
      tags,
      async (versions, wanted) => {
        await models.createRegisteredModel({ name: 'm' });
        for (const each of versions) await addVersion({ tags: each });
        const matches = versions.map((each) =>
          Object.entries(wanted).every(([key, value]) => each[key] === value),
        );
        const expected = matches.lastIndexOf(true) + 1;
        const found = await models.latestVersion('m', { tags: wanted });
        await models.deleteRegisteredModel('m');
        expect(Number(found?.version ?? 0)).toBe(expected);
      },
    );
    await fc.assert(property, { numRuns: 50 });
  });
});

describe('aliases', () => {
  beforeEach(async () => {
    await models.createRegisteredModel({ name: 'm' });
    await addVersion();
    await addVersion();
  });

  test('point at one version at a time', async () => {
    await models.setAlias('m', 'champion', 1);
    await models.setAlias('m', 'champion', '2');
    expect(await models.getVersionByAlias('m', 'champion')).toMatchObject({
      version: '2',
      aliases: ['champion'],
    });
    expect((await models.getVersion('m', 1)).aliases).toEqual([]);
    await models.deleteAlias('m', 'champion');
    await models.deleteAlias('m', 'champion');
    await expect(models.getVersionByAlias('m', 'champion')).rejects.toThrow(
      'Registered model alias champion not found',
    );
  });

  test.each(['', 'latest', 'LATEST', 'v1', 'V22', 'a b', 'a/b', 'x'.repeat(256)])(
    '%j is no alias',
    async (alias) => {
      await expect(models.setAlias('m', alias, 1)).rejects.toMatchObject({
        code: 'INVALID_PARAMETER_VALUE',
      });
    },
  );
});

describe('searching', () => {
  beforeEach(async () => {
    for (const [name, area] of [
      ['alpha', 'health'],
      ['beta', 'Health'],
      ['gamma', 'energy'],
    ] as const) {
      now += 1_000;
      await models.createRegisteredModel({ name, tags: { area } });
      await addVersion({ name, tags: { stage: 'old' } });
      now += 1_000;
      await addVersion({ name, tags: { stage: 'new', area } });
    }
  });

  test.each([
    ['', ['alpha', 'beta', 'gamma']],
    ["name = 'beta'", ['beta']],
    ["name LIKE '%ta'", ['beta']],
    ["name ILIKE 'AL%'", ['alpha']],
    ["tags.area ILIKE 'health'", ['alpha', 'beta']],
    ["tags.area != 'energy' and name != 'alpha'", ['beta']],
    ['creation_timestamp > 5000', ['gamma']],
  ])('models by %s: %j', async (filter, names) => {
    const { items } = await models.searchRegisteredModels({ filter });
    expect(items.map((model) => model.name)).toEqual(names);
    for (const model of items) expect(model).toEqual(await models.getRegisteredModel(model.name));
  });

  test('the comparison by which MLflow’s clients leave prompts out keeps models without the tag', async () => {
    const tag = 'mlflow.prompt.is_prompt';
    await models.createRegisteredModel({ name: 'prompt', tags: { [tag]: 'true' } });
    await models.createRegisteredModel({ name: 'told', tags: { [tag]: 'false' } });
    const { items } = await models.searchRegisteredModels({ filter: `tag.\`${tag}\` != 'true'` });
    expect(items.map((model) => model.name)).toEqual(['alpha', 'beta', 'gamma', 'told']);
  });

  test('models in another order, page by page', async () => {
    const orderBy = ['last_updated_timestamp DESC'];
    const first = await models.searchRegisteredModels({ orderBy, maxResults: 2 });
    expect(first.items.map((model) => model.name)).toEqual(['gamma', 'beta']);
    const pageToken = first.nextPageToken ?? '';
    const second = await models.searchRegisteredModels({ orderBy, maxResults: 2, pageToken });
    expect(second.items.map((model) => model.name)).toEqual(['alpha']);
  });

  test.each([
    ["name = 'beta'", ['beta 2', 'beta 1']],
    ["tags.stage = 'old'", ['gamma 1', 'beta 1', 'alpha 1']],
    ["tags.stage = 'new' and tags.area LIKE '%ealth'", ['beta 2', 'alpha 2']],
    ['version_number > 1', ['gamma 2', 'beta 2', 'alpha 2']],
    ["source_path LIKE 's3://%'", []],
    ["run_id = 'nobody'", []],
  ])('versions by %s: %j', async (filter, found) => {
    const { items } = await models.searchVersions({ filter });
    expect(items.map((version) => `${version.name} ${version.version}`)).toEqual(found);
    for (const version of items) {
      expect(version).toEqual(await models.getVersion(version.name, version.version));
    }
  });

  test('versions in another order', async () => {
    const { items } = await models.searchVersions({ orderBy: ['name DESC', 'version_number'] });
    const found = items.map((version) => `${version.name} ${version.version}`);
    expect(found).toEqual(['gamma 1', 'gamma 2', 'beta 1', 'beta 2', 'alpha 1', 'alpha 2']);
  });

  test.each([
    { filter: 'metrics.x > 1' },
    { filter: "run = 'x'" },
    { orderBy: ['colour'] },
    { maxResults: 200_001 },
    { pageToken: '%%%' },
  ])('%o is INVALID_PARAMETER_VALUE', async (search) => {
    const refused = { code: 'INVALID_PARAMETER_VALUE' };
    await expect(models.searchVersions(search)).rejects.toMatchObject(refused);
    await expect(models.searchRegisteredModels(search)).rejects.toMatchObject(refused);
  });
});

describe('the folder of a version', () => {
  beforeEach(() => models.createRegisteredModel({ name: 'm' }));

  test.each(['runs:/RUN/model', 'mlflow-artifacts:/0/RUN/artifacts/model'])(
    'of %s is that of the artifact store',
    async (source) => {
      await addVersion({ source: source.replace('RUN', runId) });
      expect(await models.versionFolder('m', '1')).toBe(`/artifacts/${runId}/model`);
    },
  );

  test('of a source elsewhere is INVALID_STATE', async () => {
    await addVersion({ source: 's3://bucket/model' });
    await expect(models.versionFolder('m', '1')).rejects.toMatchObject({
      code: 'INVALID_STATE',
      status: 400,
      message: expect.stringContaining('s3://bucket/model'),
    });
  });

  test('of files that are not there is what the artifact store says', async () => {
    const missing = new RidgelineError('ARTIFACT_NOT_FOUND', 'no such folder');
    const options = {
      database: temporary.database,
      artifacts: { localPath: () => Promise.reject(missing) },
    };
    await addVersion();
    await expect(new Models(options).versionFolder('m', 1)).rejects.toBe(missing);
  });
});
