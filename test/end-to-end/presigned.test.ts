// Addresses of a cloud's storage for artifacts, and uploads in parts that go straight to it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RidgelineClient } from '@ridgeline/client';
import { type RunningServer, startServer } from '@ridgeline/server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { StoreServer } from '../../packages/workspace/test/object-stores/store-server.ts';

let store: StoreServer;
let folder: string;
let server: RunningServer;
let runId: string;

beforeAll(async () => {
  store = await StoreServer.start('s3');
  Object.assign(process.env, store.environment);
  folder = await mkdtemp(path.join(tmpdir(), 'presigned-'));
  server = await startServer({ folder, port: 0, artifacts: store.address('team') });
});
afterAll(async () => {
  await server.close();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  const client = new RidgelineClient({ url: server.url, token: server.token });
  runId = (await client.runs.create({ experimentId: '0' })).info.run_id;
});

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

async function ask(url: string, body?: object): Promise<Answer> {
  const answer = await fetch(new URL(url, server.url), {
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
  return { status: answer.status, text, json: isJson ? JSON.parse(text) : {} };
}

const read = (file: string) => ask(`/get-artifact?run_id=${runId}&path=${file}`);
const addressFor = (way: string, body: object) =>
  ask(`/api/2.0/mlflow/artifacts/presigned-${way}-url`, { run_id: runId, ...body });

test('an artifact is written to the store, and read from it, without a token', async () => {
  const upload = await addressFor('upload', { path: 'direct/a b.txt' });
  expect(upload).toMatchObject({ status: 200, json: { headers: {} } });
  const sent = await fetch(String(upload.json.presigned_url), { method: 'PUT', body: 'direct' });
  expect(sent.status).toBe(200);
  expect((await read('direct/a b.txt')).text).toBe('direct');

  const download = await addressFor('download', { path: 'direct/a b.txt', expiration: 60 });
  expect(download).toMatchObject({ status: 200, json: { file_size: 6 } });
  expect(await (await fetch(String(download.json.presigned_url))).text()).toBe('direct');

  const url = `/api/2.0/mlflow-artifacts/presigned/0/${runId}/artifacts/direct/a%20b.txt`;
  const proxied = await ask(url);
  expect(proxied).toMatchObject({ status: 200, json: { file_size: 6, headers: {} } });
  expect(await (await fetch(String(proxied.json.url))).text()).toBe('direct');
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
});

test('parts go to the store itself, and become the artifact when they are completed', async () => {
  const at = (call: string) => `/api/2.0/mlflow-artifacts/mpu/${call}/0/${runId}/artifacts/model`;
  const file = '/home/ada/big.bin';
  const created = await ask(at('create'), { path: file, num_parts: 2 });
  const { upload_id, credentials } = created.json as unknown as {
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
  expect((await ask(at('complete'), { path: file, upload_id, parts })).status).toBe(200);
  expect((await read('model/big.bin')).text).toHaveLength(5 * 1024 * 1024 + 3);
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
  expect((await ask(`/api/2.0/mlflow/runs/get?run_id=${runId}`)).status).toBe(200);
  await store.resume();
  expect((await read('a')).status).toBe(404);
});
