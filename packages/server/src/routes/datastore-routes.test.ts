import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { TestApp } from '../../test/test-app.ts';

let server: TestApp;
let contributor: string;

const address = '/api/v1/datastores';
const blobs = { type: 'azure_blob', account: 'mlstore', container: 'training' };

beforeAll(async () => {
  server = await TestApp.open();
  contributor = await contributorToken(server);
});
afterAll(() => server.close());

/** A token of the role Contributor. */
async function contributorToken(app: TestApp): Promise<string> {
  const { identity } = app.context.workspace;
  const made = await identity.tokens.create({
    name: 'worker',
    owner: { kind: 'token', id: 'admin' },
    atMost: ['Contributor'],
    madeBy: 'admin',
  });
  return made.token;
}

describe('a stand-in', () => {
  test('says what it stands in for, and keeps files of its own', async () => {
    const made = await server.post(address, { name: 'blob_store', standInFor: blobs });
    expect(made).toMatchObject({
      status: 201,
      json: { name: 'blob_store', kind: 'folder', folder: null, standInFor: blobs },
    });
    expect((await server.post(address, { name: 'blob_store', standInFor: blobs })).status).toBe(
      200,
    );
    await server.call('PUT', `${address}/blob_store/files/a/b.csv`, { payload: 'x\n1\n' });
    expect((await server.get(`${address}/blob_store/files/a/b.csv`)).text).toBe('x\n1\n');
    const uri = 'azureml://datastores/blob_store/paths/a/b.csv';
    expect((await server.post('/api/v1/data', { name: 'd', uri })).status).toBe(201);
    expect((await server.get(`${address}/blob_store`)).json).toEqual(made.json);
    expect((await server.get(address)).json).toMatchObject({
      value: [{ name: 'workspaceblobstore', isDefault: true }, { name: 'blob_store' }],
    });
  });

  test('may be made by a contributor, but takes no credentials', async () => {
    const standIn = { name: 'another', standInFor: { ...blobs, container: 'other' } };
    expect((await server.post(address, standIn, { token: contributor })).status).toBe(201);
    const answer = await server.post(address, { ...standIn, credentials: { account_key: 'k3y' } });
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain('k3y');
    expect(server.logLines.join('')).not.toContain('k3y');
  });
});

describe('a folder of the machine', () => {
  test('is made by an owner alone', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'a.csv'), 'x\n1\n');
    const refused = await server.post(address, { name: 'share', folder }, { token: contributor });
    expect(refused).toMatchObject({ status: 403, json: { error: { code: 'PERMISSION_DENIED' } } });
    expect((await server.post(address, { name: 'share', folder })).status).toBe(201);
    expect((await server.get(`${address}/share/files/a.csv`)).text).toBe('x\n1\n');
    await server.call('PUT', `${address}/share/files/b.csv`, { payload: 'y' });
    expect(await readFile(join(folder, 'b.csv'), 'utf8')).toBe('y');
  });

  test('cannot be left, and cannot be the workspace itself', async () => {
    const { folder } = server.context.workspace;
    expect(await server.post(address, { name: 'own', folder })).toMatchObject({
      status: 400,
      json: { error: { code: 'DATASTORE_FOLDER_INVALID' } },
    });
    const outside = await temporaryFolder();
    await server.post(address, { name: 'outside', folder: outside });
    const answer = await server.get(`${address}/outside/files/..%2F..%2Fetc%2Fpasswd`);
    expect(answer.status).toBe(400);
  });
});

test.each([
  ['no place', { name: 'x' }, "'folder'"],
  ['a name that is none', { name: '../x', standInFor: blobs }, 'datastore name'],
  ['an unknown storage', { name: 'x', standInFor: { ...blobs, type: 's3' } }, 'type'],
])('%s is refused', async (_name, datastore, words) => {
  const answer = await server.post(address, datastore);
  expect(answer.status).toBe(400);
  expect(answer.text).toContain(words);
});

test('what is not there is 404, and says what is', async () => {
  const answer = await server.get(`${address}/nothing`);
  expect(answer).toMatchObject({ status: 404, json: { error: { code: 'DATASTORE_NOT_FOUND' } } });
  expect(answer.text).toContain('workspaceblobstore');
});
