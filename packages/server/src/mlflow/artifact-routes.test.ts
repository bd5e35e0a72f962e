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
