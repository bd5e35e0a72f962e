// Registered models and their versions.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TestApp } from '../../test/test-app.ts';

let server: TestApp;
let name: string;
let source: string;
let count = 0;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());
beforeEach(async () => {
  count += 1;
  name = `model-${count}`;
  source = `runs:/${await server.run()}/model`;
  await post('registered-models/create', { name });
});

const post = (path: string, body: object) => server.mlflow('POST', path, body);
const get = (path: string) => server.mlflow('GET', path);
const addVersion = (more: object = {}) => post('model-versions/create', { name, source, ...more });

describe('a registered model', () => {
  test('is in the shape of MLflow', async () => {
    const { json } = await post('registered-models/create', {
      name: 'shaped',
      description: 'words',
      tags: [{ key: 'a', value: 'b' }],
    });
    const model = {
      name: 'shaped',
      creation_timestamp: expect.any(Number),
      last_updated_timestamp: expect.any(Number),
      description: 'words',
      latest_versions: [],
      tags: [{ key: 'a', value: 'b' }],
      aliases: [],
    };
    expect(json).toEqual({ registered_model: model });
    expect((await get('registered-models/get?name=shaped')).json).toEqual({
      registered_model: model,
    });
  });

  test('is described, tagged, renamed and deleted', async () => {
    const described = await server.mlflow('PATCH', 'registered-models/update', {
      name,
      description: 'new',
    });
    expect(described.json).toMatchObject({ registered_model: { description: 'new' } });
    await post('registered-models/set-tag', { name, key: 'a', value: 'b' });
    const tagged = await get(`registered-models/get?name=${name}`);
    expect(tagged.json).toMatchObject({ registered_model: { tags: [{ key: 'a', value: 'b' }] } });
    await server.mlflow('DELETE', 'registered-models/delete-tag', { name, key: 'a' });
    const renamed = await post('registered-models/rename', { name, new_name: `${name}-new` });
    expect(renamed.json).toMatchObject({ registered_model: { name: `${name}-new`, tags: [] } });
    await server.mlflow('DELETE', 'registered-models/delete', { name: `${name}-new` });
    expect(await get(`registered-models/get?name=${name}-new`)).toMatchObject({
      status: 404,
      json: { error_code: 'RESOURCE_DOES_NOT_EXIST' },
    });
  });

  test('whose name is taken is refused', async () => {
    expect(await post('registered-models/create', { name })).toMatchObject({
      status: 400,
      json: { error_code: 'RESOURCE_ALREADY_EXISTS' },
    });
  });

  test('is found', async () => {
    const query = new URLSearchParams({ filter: `name = '${name}'`, max_results: '5' });
    const { json } = await get(`registered-models/search?${query}`);
    expect(json).toMatchObject({ registered_models: [{ name }] });
  });
});

describe('a model version', () => {
  test('gets the next number, and is in the shape of MLflow', async () => {
    await addVersion();
    const { json } = await addVersion({
      description: 'second',
      tags: [{ key: 'mse', value: '1' }],
    });
    expect(json).toEqual({
      model_version: {
        name,
        version: '2',
        creation_timestamp: expect.any(Number),
        last_updated_timestamp: expect.any(Number),
        current_stage: 'None',
        description: 'second',
        source,
        run_id: source.split('/')[1],
        status: 'READY',
        tags: [{ key: 'mse', value: '1' }],
        aliases: [],
      },
    });
    expect((await get(`model-versions/get?name=${name}&version=2`)).json).toEqual(json);
  });

  test('says where its files are', async () => {
    await addVersion();
    const uri = await get(`model-versions/get-download-uri?name=${name}&version=1`);
    expect(uri.json).toEqual({ artifact_uri: source });
  });

  test('is described, tagged, and deleted', async () => {
    await addVersion();
    const version = '1';
    await server.mlflow('PATCH', 'model-versions/update', { name, version, description: 'new' });
    await post('model-versions/set-tag', { name, version, key: 'a', value: 'b' });
    await post('model-versions/set-tag', { name, version, key: 'c', value: 'd' });
    await server.mlflow('DELETE', 'model-versions/delete-tag', { name, version, key: 'c' });
    const path = `model-versions/get?name=${name}&version=1`;
    expect((await get(path)).json).toMatchObject({
      model_version: { description: 'new', tags: [{ key: 'a', value: 'b' }] },
    });
    await server.mlflow('DELETE', 'model-versions/delete', { name, version });
    expect((await get(path)).status).toBe(404);
  });

  test('is found by its tags', async () => {
    await addVersion({ tags: [{ key: 'kind', value: 'good' }] });
    await addVersion();
    const query = new URLSearchParams({ filter: `name = '${name}' and tags.kind = 'good'` });
    const { json } = await get(`model-versions/search?${query}`);
    expect(json).toMatchObject({ model_versions: [{ version: '1' }] });
  });

  test.each(['0', '-1', 'latest', '1.5', ''])('has no number %j', async (version) => {
    const answer = await get(`model-versions/get?name=${name}&version=${version}`);
    expect(answer).toMatchObject({ status: 400, json: { error_code: 'INVALID_PARAMETER_VALUE' } });
  });

  test.each(['/etc/passwd', 'file:///etc/passwd', 'model', 'runs:/only-a-run', 'runs:/a/../b'])(
    'cannot be made of %s',
    async (wrong) => {
      const answer = await addVersion({ source: wrong });
      expect(answer).toMatchObject({
        status: 400,
        json: { error_code: 'INVALID_PARAMETER_VALUE' },
      });
    },
  );
});

describe('the latest version', () => {
  test.each(['GET', 'POST'])(
    'is found by %s, of any stage or of those asked for',
    async (method) => {
      await addVersion();
      await addVersion();
      const latest = async (stages: string[]) => {
        const query = new URLSearchParams([['name', name], ...stages.map((s) => ['stages', s])]);
        const path = 'registered-models/get-latest-versions';
        const body = { name, ...(stages.length > 0 && { stages }) };
        const asked = method === 'GET' ? get(`${path}?${query}`) : post(path, body);
        return (await asked).json;
      };
      expect(await latest([])).toMatchObject({ model_versions: [{ version: '2' }] });
      expect(await latest(['None'])).toMatchObject({ model_versions: [{ version: '2' }] });
      expect(await latest(['Production', 'Staging'])).toEqual({ model_versions: [] });
    },
  );
});

describe('an alias', () => {
  test('points at a version, then at another, then at none', async () => {
    await addVersion();
    await addVersion();
    const alias = 'champion';
    const path = `registered-models/alias?name=${name}&alias=${alias}`;
    for (const version of ['1', '2']) {
      const set = await post('registered-models/alias', { name, alias, version });
      expect(set).toMatchObject({ status: 200, json: {} });
      expect((await get(path)).json).toMatchObject({
        model_version: { version, aliases: [alias] },
      });
    }
    await server.mlflow('DELETE', 'registered-models/alias', { name, alias });
    expect(await get(path)).toMatchObject({
      status: 400,
      json: { error_code: 'INVALID_PARAMETER_VALUE' },
    });
  });
});

describe('a stage', () => {
  const move = (version: string, stage: string, more: object = {}) =>
    post('model-versions/transition-stage', { name, version, stage, ...more });
  const stages = async () => {
    const { json } = await get(`registered-models/get?name=${name}`);
    return json as object;
  };

  test('is entered in any case of letters, and its others are archived where that is asked', async () => {
    for (let count = 0; count < 3; count += 1) await addVersion();
    expect((await move('1', 'production')).json).toMatchObject({
      model_version: { version: '1', current_stage: 'Production' },
    });
    await move('2', 'Production', { archive_existing_versions: true });
    expect(await stages()).toMatchObject({
      registered_model: {
        latest_versions: [
          { version: '3', current_stage: 'None' },
          { version: '2', current_stage: 'Production' },
          { version: '1', current_stage: 'Archived' },
        ],
      },
    });
    const latest = await post('registered-models/get-latest-versions', {
      name,
      stages: ['PRODUCTION', 'Staging'],
    });
    expect(latest.json).toMatchObject({ model_versions: [{ version: '2' }] });
  });

  test.each([
    ['Nowhere', {}],
    ['Deleted_Internal', {}],
    ['Archived', { archive_existing_versions: true }],
  ])('%s %j is refused', async (stage, more) => {
    await addVersion();
    expect(await move('1', stage, more)).toMatchObject({
      status: 400,
      json: { error_code: 'INVALID_PARAMETER_VALUE' },
    });
  });
});
