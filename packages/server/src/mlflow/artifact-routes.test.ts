// Artifacts of runs: through the proxy, and in the list of a run.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TestApp } from '../../test/test-app.ts';

let server: TestApp;
let runId: string;
let root: string;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());
beforeEach(async () => {
  runId = await server.run();
  // As MLflow's clients make it of the `artifact_uri` of the run.
  const { info } = await server.context.workspace.runs.get(runId);
  root = info.artifact_uri.replace('mlflow-artifacts:', '/api/2.0/mlflow-artifacts/artifacts');
  await put('MLmodel', 'flavors: {}');
  await put('model/data/a b%20ü.txt', 'text');
});

const put = (path: string, payload: string) =>
  server.call('PUT', `${root}/${encoded(path)}`, { payload });
const encoded = (path: string) => path.split('/').map(encodeURIComponent).join('/');

test('an artifact is written and read by its path', async () => {
  expect(await put('new.txt', 'new')).toMatchObject({ status: 200, json: {} });
  expect(await server.get(`${root}/new.txt`)).toMatchObject({ status: 200, text: 'new' });
  expect(await server.get(`${root}/${encoded('model/data/a b%20ü.txt')}`)).toMatchObject({
    text: 'text',
  });
  expect((await put('new.txt', 'newer')).status).toBe(200);
  expect((await server.get(`${root}/new.txt`)).text).toBe('newer');
});

describe('the list of artifacts', () => {
  const list = (path = '') => server.mlflow('GET', `artifacts/list?run_id=${runId}${path}`);

  test('has what lies directly in a folder', async () => {
    expect((await list()).json).toEqual({
      root_uri: `mlflow-artifacts:/0/${runId}/artifacts`,
      files: [
        { path: 'MLmodel', is_dir: false, file_size: 11 },
        { path: 'model', is_dir: true },
      ],
    });
    expect((await list('&path=model')).json).toMatchObject({
      files: [{ path: 'model/data', is_dir: true }],
    });
  });

  test('is empty for a file and for nothing', async () => {
    expect((await list('&path=MLmodel')).json).toMatchObject({ files: [] });
    expect((await list('&path=none')).json).toMatchObject({ files: [] });
  });

  test('takes an empty path for the root, and refuses two paths', async () => {
    expect((await list('&path=')).json).toMatchObject({ files: [{}, {}] });
    expect((await list('&path=a&path=b')).status).toBe(400);
  });

  test('has names relative to the folder where the proxy is asked', async () => {
    const proxy = (path: string) =>
      server.get(`/api/2.0/mlflow-artifacts/artifacts?path=0/${runId}/artifacts${path}`);
    expect((await proxy('')).json).toEqual({
      files: [
        { path: 'MLmodel', is_dir: false, file_size: 11 },
        { path: 'model', is_dir: true },
      ],
    });
    expect((await proxy('/model/data')).json).toEqual({
      files: [{ path: 'a b%20ü.txt', is_dir: false, file_size: 4 }],
    });
  });
});

test('artifacts are deleted one by one, by folder, or all', async () => {
  const remove = (path: string) => server.call('DELETE', `${root}${path}`);
  expect(await remove('/model')).toMatchObject({ status: 200, json: {} });
  const { artifacts } = server.context.workspace;
  expect(await artifacts.list(runId)).toHaveLength(1);
  expect((await remove('/none')).status).toBe(200);
  expect((await server.call('DELETE', root)).status).toBe(200);
  expect(await artifacts.list(runId)).toEqual([]);
});

describe('what is not there', () => {
  test.each(['none.txt', 'model', 'MLmodel/inside'])('%s is 404', async (path) => {
    expect(await server.get(`${root}/${path}`)).toMatchObject({
      status: 404,
      json: { error_code: 'RESOURCE_DOES_NOT_EXIST' },
    });
  });

  test('as a run is 404, and nothing is made for it', async () => {
    const none = `/api/2.0/mlflow-artifacts/artifacts/0/${'0'.repeat(32)}/artifacts/a`;
    expect((await server.call('PUT', none, { payload: 'x' })).status).toBe(404);
    expect((await server.get(none)).status).toBe(404);
  });

  test.each(['', 'a', `0/a/b`, 'artifacts', '0//artifacts/a'])(
    'as an address of an artifact, such as %j, is refused',
    async (path) => {
      const answer = await server.call('PUT', `/api/2.0/mlflow-artifacts/artifacts/${path}`, {
        payload: 'x',
      });
      expect(answer).toMatchObject({
        status: 400,
        json: { error_code: 'INVALID_PARAMETER_VALUE' },
      });
      expect(answer.text).toContain('<experiment id>/<run id>/artifacts/<path>');
    },
  );

  test('a folder cannot be written over, nor a file be a folder', async () => {
    expect((await put('model', 'x')).status).toBe(400);
    expect((await put('MLmodel/inside', 'x')).status).toBe(400);
  });
});

describe('a part of a file', () => {
  const bytes = (range: string) => server.get(`${root}/MLmodel`, { headers: { range } });

  test.each([
    ['bytes=0-6', 'flavors', 'bytes 0-6/11'],
    ['bytes=9-', '{}', 'bytes 9-10/11'],
    ['bytes=9-99', '{}', 'bytes 9-10/11'],
    ['bytes=-2', '{}', 'bytes 9-10/11'],
  ])('%s is %j', async (range, text, contentRange) => {
    const answer = await bytes(range);
    expect(answer).toMatchObject({ status: 206, text });
    expect(answer.headers).toMatchObject({
      'content-range': contentRange,
      'content-length': String(text.length),
    });
  });

  test.each(['bytes=5-2', 'bytes=0-1,4-5', 'lines=1-2', 'bytes=-', 'bytes=a-b', ''])(
    'where %j asks for none that is known here is all of it',
    async (range) => {
      expect(await bytes(range)).toMatchObject({ status: 200, text: 'flavors: {}' });
    },
  );

  test.each(['bytes=11-', 'bytes=99-100', 'bytes=-0'])('%s is none of this file', async (range) => {
    expect(await bytes(range)).toMatchObject({
      status: 416,
      json: { error_code: 'INVALID_PARAMETER_VALUE' },
    });
  });
});

describe("the links of MLflow's pages", () => {
  test('fetch a file of a run', async () => {
    const link = `/get-artifact?run_uuid=${runId}&path=model/data/a%20b%2520%C3%BC.txt`;
    expect(await server.get(link)).toMatchObject({ status: 200, text: 'text' });
    const part = await server.get(`/get-artifact?run_id=${runId}&path=MLmodel`, {
      headers: { range: 'bytes=0-1' },
    });
    expect(part).toMatchObject({ status: 206, text: 'fl' });
  });

  test('fetch a file of a model version', async () => {
    const { models } = server.context.workspace;
    const name = `linked-${runId}`;
    await models.createRegisteredModel({ name });
    await models.createVersion({ name, source: `runs:/${runId}/model` });
    await models.createVersion({ name, source: 's3://elsewhere/model' });
    const link = `/model-versions/get-artifact?name=${name}&version=`;
    expect((await server.get(`${link}1&path=data/a%20b%2520%C3%BC.txt`)).text).toBe('text');
    expect((await server.get(`${link}1&path=../MLmodel`)).status).toBe(400);
    expect((await server.get(`${link}1&path=none`)).status).toBe(404);
    expect((await server.get(`${link}2&path=MLmodel`)).status).toBe(400);
    expect((await server.get(`${link}3&path=MLmodel`)).status).toBe(404);
  });

  test('write a file of a run, and nowhere else', async () => {
    const upload = (path: string) =>
      server.call('POST', `/ajax-api/2.0/mlflow/upload-artifact?run_uuid=${runId}&path=${path}`, {
        payload: 'new',
      });
    expect(await upload('notes/new.txt')).toMatchObject({ status: 200, json: {} });
    expect((await server.get(`${root}/notes/new.txt`)).text).toBe('new');
    for (const path of ['..%2Fx', '%2Fetc%2Fpasswd', '', 'a%2F..%2F..%2Fx']) {
      expect((await upload(path)).status, path).toBe(400);
    }
  });
});

test.each(['upload', 'download'])(
  'an address for the %s from a cloud is not to be had',
  async (way) => {
    const body = { run_id: runId, path: 'a' };
    expect(await server.mlflow('POST', `artifacts/presigned-${way}-url`, body)).toMatchObject({
      status: 400,
      json: { message: expect.stringContaining(`Presigned ${way} is not supported`) },
    });
  },
);

test.each(['0/models/m-none/artifacts/a', '0/models/x/artifacts/a', '0/models/../artifacts/a'])(
  'a logged model that is not one, as in %s, has no files',
  async (path) => {
    const url = `/api/2.0/mlflow-artifacts/artifacts/${path}`;
    const { status } = await server.call('PUT', url, { payload: 'x' });
    expect([400, 404]).toContain(status);
  },
);
