// Addresses of a cloud's storage for artifacts, and uploads in parts that go straight to it.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { StoreServer } from '../../../../test/object-stores/store-server.ts';
import { TestApp, textAt } from '../../test/test-app.ts';

let store: StoreServer;
let server: TestApp;
let runId: string;

beforeAll(async () => {
  store = await StoreServer.start('s3');
  const artifacts = { RIDGELINE_ARTIFACTS: store.address('team') };
  Object.assign(process.env, store.environment, artifacts);
  server = await TestApp.open();
});
afterAll(async () => {
  await server.close();
  await store.close();
});
beforeEach(async () => {
  runId = await server.run();
});

const read = (path: string) => server.get(`/get-artifact?run_id=${runId}&path=${path}`);
const addressFor = (way: string, body: object) =>
  server.mlflow('POST', `artifacts/presigned-${way}-url`, { run_id: runId, ...body });

test('an artifact is written to the store, and read from it, without a token', async () => {
  const upload = await addressFor('upload', { path: 'direct/a b.txt' });
  expect(upload).toMatchObject({ status: 200, json: { headers: {} } });
  const sent = await fetch(textAt(upload, 'presigned_url'), { method: 'PUT', body: 'direct' });
  expect(sent.status).toBe(200);
  expect((await read('direct/a b.txt')).text).toBe('direct');

  const download = await addressFor('download', { path: 'direct/a b.txt', expiration: 60 });
  expect(download).toMatchObject({ status: 200, json: { file_size: 6 } });
  expect(await (await fetch(textAt(download, 'presigned_url'))).text()).toBe('direct');

  const url = `/api/2.0/mlflow-artifacts/presigned/0/${runId}/artifacts/direct/a%20b.txt`;
  const proxied = await server.get(url);
  expect(proxied).toMatchObject({ status: 200, json: { file_size: 6, headers: {} } });
  expect(await (await fetch(textAt(proxied, 'url'))).text()).toBe('direct');
});

test('no credential of the store is in an address', async () => {
  const { text } = await addressFor('upload', { path: 'a' });
  expect(text).toContain('X-Amz-Signature');
  expect(text).not.toContain(`=${store.environment.AWS_SECRET_ACCESS_KEY}&`);
});

describe('what is refused', () => {
  test.each([
    ['a path that leaves the run', 'upload', { path: '../x' }, 400],
    ['a path that leaves the run', 'download', { path: 'a/../../x' }, 400],
    ['a file that is not there', 'download', { path: 'none' }, 404],
    ['no run', 'upload', { run_id: undefined, path: 'a' }, 400],
    ['a run and a model', 'upload', { path: 'a', model_id: 'm-1' }, 400],
    ['a run that does not exist', 'upload', { run_id: '0'.repeat(32), path: 'a' }, 404],
    ['an end at once', 'upload', { path: 'a', expiration: 0 }, 400],
    ['an end in years', 'download', { path: 'a', expiration: 604_801 }, 400],
  ])('%s, for an %s', async (_name, way, body, status) => {
    expect((await addressFor(way, body)).status).toBe(status);
  });

  test('a step that asks for the run of another', async () => {
    const step = await server.step();
    const body = (id: string) => ({ run_id: id, path: 'a' });
    const ask = (id: string) =>
      server.mlflow('POST', 'artifacts/presigned-upload-url', body(id), { token: step.token });
    expect((await ask(runId)).status).toBe(403);
    expect((await ask(step.runId)).status).toBe(200);
  });
});

test('parts go to the store itself, and become the artifact when they are completed', async () => {
  const at = (call: string) => `/api/2.0/mlflow-artifacts/mpu/${call}/0/${runId}/artifacts/model`;
  const path = '/home/ada/big.bin';
  const created = await server.post(at('create'), { path, num_parts: 2 });
  const { upload_id, credentials } = created.json as {
    upload_id: string;
    credentials: { url: string; part_number: number }[];
  };
  const contents = ['a'.repeat(5 * 1024 * 1024), 'end'];
  const parts = [];
  for (const { url, part_number } of credentials) {
    expect(url).toContain(store.environment.AWS_ENDPOINT_URL_S3);
    const sent = await fetch(url, { method: 'PUT', body: contents[part_number - 1] ?? '' });
    parts.push({ part_number, etag: sent.headers.get('etag'), url });
  }
  expect((await read('model/big.bin')).status).toBe(404);
  expect((await server.post(at('complete'), { path, upload_id, parts })).status).toBe(200);
  const answer = await read('model/big.bin');
  expect(answer.headers['content-length']).toBe(String(5 * 1024 * 1024 + 3));
});

test('while the store is away routes say so by 503, and all else goes on', async () => {
  await store.kill();
  expect(await read('a')).toMatchObject({
    status: 503,
    json: {
      error_code: 'TEMPORARILY_UNAVAILABLE',
      message: expect.stringContaining('s3://models'),
    },
  });
  expect((await server.mlflow('GET', `runs/get?run_id=${runId}`)).status).toBe(200);
  await store.resume();
  expect((await read('a')).status).toBe(404);
});
