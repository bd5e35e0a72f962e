import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;
let name: string;
let count = 0;

const files = '/api/v1/datastores/workspaceblobstore/files';
const uriOf = (file: string) => `azureml://datastores/workspaceblobstore/paths/${file}`;

beforeAll(async () => {
  server = await TestApp.open();
  await server.call('PUT', `${files}/train.csv`, { payload: 'age,city\n3,Rome\n5,Oslo\n' });
  await server.call('PUT', `${files}/more.csv`, { payload: 'age,city\n3,Rome\n' });
  await server.call('PUT', `${files}/broken.parquet`, { payload: 'not parquet' });
});
afterAll(() => server.close());
beforeEach(() => {
  count += 1;
  name = `people-${count}`;
});

const create = (asset: object) => server.post('/api/v1/data', asset);

describe('a data asset', () => {
  test('is registered with its schema and its size, as version 1', async () => {
    const description = 'whoever came';
    const made = await create({
      name,
      uri: uriOf('train.csv'),
      description,
      tags: { origin: 'door' },
    });
    expect(made).toMatchObject({
      status: 201,
      json: {
        name,
        version: '1',
        type: 'uri_file',
        description,
        tags: { origin: 'door' },
        rowCount: 2,
        sizeBytes: 23,
        schema: {
          columns: [
            { name: 'age', type: 'long' },
            { name: 'city', type: 'string' },
          ],
        },
      },
    });
  });

  test('has versions, the newest first; the latest has a name of its own', async () => {
    await create({ name, uri: uriOf('train.csv') });
    await create({ name, uri: uriOf('more.csv') });
    const { json } = await server.get(`/api/v1/data/${name}`);
    expect(json).toMatchObject({ value: [{ version: '2' }, { version: '1' }] });
    const address = `/api/v1/data/${name}/versions`;
    expect((await server.get(`${address}/latest`)).json).toMatchObject({ version: '2' });
    expect((await server.get(`${address}/1`)).json).toMatchObject({ rowCount: 2 });
  });

  test('has a profile', async () => {
    await create({ name, uri: uriOf('train.csv') });
    const { json } = await server.get(`/api/v1/data/${name}/versions/latest/profile`);
    expect(json).toMatchObject({
      rowCount: 2,
      columns: [{ name: 'age', min: 3, max: 5, mean: 4 }, {}],
    });
  });

  test('is in the list, by its latest version', async () => {
    await create({ name, uri: uriOf('train.csv') });
    await create({ name, uri: uriOf('more.csv') });
    const { json } = await server.get('/api/v1/data');
    const mine = (json as { value: { name: string; version: string }[] }).value.filter(
      (asset) => asset.name === name,
    );
    expect(mine).toMatchObject([{ version: '2' }]);
  });

  test('has an id, by which it is found', async () => {
    const made = await create({ name, uri: uriOf('train.csv') });
    const id = textAt(made, 'id');
    const found = await server.get(`/api/v1/data?id=${id.toUpperCase()}`);
    expect(found).toMatchObject({ status: 200, json: { value: [made.json] } });
    expect((await server.get('/api/v1/data?id=none')).status).toBe(404);
    expect((await server.get('/api/v1/data?name=none')).status).toBe(400);
  });

  test('may be a table of several files', async () => {
    const text = 'paths: [{file: a.csv}, {file: b.csv}]\ntransformations: [read_delimited]\n';
    for (const [file, payload] of [
      ['a.csv', 'x\n1\n'],
      ['b.csv', 'x\n2\n'],
      ['MLTable', text],
    ] as const) {
      await server.call('PUT', `${files}/${name}/${file}`, { payload });
    }
    const made = await create({ name, uri: uriOf(name), type: 'mltable' });
    expect(made).toMatchObject({
      status: 201,
      json: { type: 'mltable', rowCount: 2, fileCount: 3, mlTable: { reader: { format: 'csv' } } },
    });
  });

  test('may have a name as long as names may be', async () => {
    const long = 'n'.repeat(255);
    expect((await create({ name: long, uri: uriOf('train.csv') })).status).toBe(201);
    expect((await server.get(`/api/v1/data/${long}/versions/latest`)).status).toBe(200);
  });
});

describe('what cannot be registered', () => {
  test.each([
    ['no name', { uri: uriOf('train.csv') }, 400, "Missing value for required parameter 'name'"],
    ['no uri', { name: 'a' }, 400, "Missing value for required parameter 'uri'"],
    ['an unknown property', { name: 'a', uri: 'b', colour: 'red' }, 400, "'colour' is not known"],
    ['a number as its name', { name: 5, uri: 'b' }, 400, "'name' must be string; got 5"],
    ['a tag that is no text', { name: 'a', uri: 'b', tags: { t: 1 } }, 400, "'tags.t'"],
    ['a uri of no datastore', { name: 'a', uri: 'file:///etc/passwd' }, 400, 'DATASTORE_URI'],
    ['a file that is not there', { name: 'a', uri: uriOf('none.csv') }, 404, 'FILE_NOT_FOUND'],
    [
      'a file that cannot be read',
      { name: 'a', uri: uriOf('broken.parquet') },
      400,
      'DATA_FORMAT_INVALID',
    ],
    ['a type that is none', { name: 'a', uri: uriOf('train.csv'), type: 'cloud' }, 400, "'type'"],
    [
      'a table without MLTable',
      { name: 'a', uri: uriOf('train.csv'), type: 'mltable' },
      400,
      'file',
    ],
    ['a path that leaves', { name: 'a', uri: uriOf('../../workspace.db') }, 400, 'PATH_INVALID'],
  ])('%s is told so, and nothing is registered', async (_name, asset, status, words) => {
    const before = (await server.get('/api/v1/data')).text;
    const answer = await create(asset);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(words);
    expect((await server.get('/api/v1/data')).text).toBe(before);
  });

  test('what is not there is 404', async () => {
    for (const address of ['none', 'none/versions/1', 'none/versions/latest/profile']) {
      const answer = await server.get(`/api/v1/data/${address}`);
      expect(answer).toMatchObject({
        status: 404,
        json: { error: { code: 'DATA_ASSET_NOT_FOUND' } },
      });
    }
  });
});
