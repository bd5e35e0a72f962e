// Uploads in parts to the workspace's folder, as MLflow's client makes them.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Step, TestApp } from '../../test/test-app.ts';

let server: TestApp;
let runId: string;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());
beforeEach(async () => {
  runId = await server.run();
});

interface Created {
  readonly upload_id: string;
  readonly credentials: readonly {
    readonly url: string;
    readonly part_number: number;
    readonly headers: Readonly<Record<string, string>>;
  }[];
}

interface Asker {
  readonly token?: string;
  readonly run?: string;
}

const file = '/home/ada/big.bin';
const mpu = (step: string, body: object, { token, run = runId }: Asker = {}) =>
  server.post(`/api/2.0/mlflow-artifacts/mpu/${step}/0/${run}/artifacts/model`, body, {
    // The addresses of parts are where the caller has reached the server.
    headers: { host: new URL(server.url).host },
    ...(token !== undefined && { token }),
  });
const create = async (parts: number) =>
  (await mpu('create', { path: file, num_parts: parts })).json as Created;
const read = () => server.get(`/get-artifact?run_id=${runId}&path=model/big.bin`);

/** Without any token: the address is enough. */
async function send({ credentials }: Created, contents: readonly string[]) {
  const sent = credentials.map(async ({ url, part_number, headers }) => {
    const body = contents[part_number - 1] ?? '';
    const answer = await fetch(url, { method: 'PUT', headers, body });
    return { part_number, etag: answer.headers.get('etag'), url, status: answer.status };
  });
  return Promise.all(sent);
}

test('a file that is sent in parts at once appears whole when it is completed', async () => {
  const created = await create(3);
  expect(created.credentials.map(({ part_number }) => part_number)).toEqual([1, 2, 3]);
  const parts = await send(created, ['first ', 'second ', 'third']);
  expect((await read()).status).toBe(404);
  const completed = await mpu('complete', { path: file, upload_id: created.upload_id, parts });
  expect(completed).toMatchObject({ status: 200, json: {} });
  expect((await read()).text).toBe('first second third');
});

test('a part that is sent again replaces the first one', async () => {
  const created = await create(2);
  await send(created, ['old ', 'end']);
  const parts = await send(created, ['new ', 'end']);
  await mpu('complete', { path: file, upload_id: created.upload_id, parts });
  expect((await read()).text).toBe('new end');
});

describe('an upload that cannot be completed leaves nothing', () => {
  test.each<[string, (parts: object[]) => object[]]>([
    ['a part is missing', (parts) => parts.slice(1)],
    ['there are none', () => []],
    ['the parts are in another order', (parts) => parts.toReversed()],
    ['a part is there twice', ([first]) => [first ?? {}, first ?? {}]],
    ['a part is another one', ([first, second]) => [{ ...first, etag: '"0"' }, second ?? {}]],
    [
      'a part says nothing of its content',
      ([first, second]) => [{ ...first, etag: null }, second ?? {}],
    ],
  ])('where %s', async (_name, change) => {
    const created = await create(2);
    const parts = await send(created, ['a', 'b']);
    const body = { path: file, upload_id: created.upload_id };
    expect(await mpu('complete', { ...body, parts: change(parts) })).toMatchObject({
      status: 400,
      json: { error_code: 'INVALID_PARAMETER_VALUE' },
    });
    expect((await read()).status).toBe(404);
    // It can still be made right.
    expect((await mpu('complete', { ...body, parts })).status).toBe(200);
  });

  test('where it was given up, or is completed twice', async () => {
    const created = await create(1);
    const parts = await send(created, ['a']);
    const body = { path: file, upload_id: created.upload_id };
    expect((await mpu('abort', body)).status).toBe(200);
    expect((await mpu('abort', body)).status).toBe(200);
    expect((await mpu('complete', { ...body, parts })).status).toBe(400);
    expect((await send(created, ['a']))[0]?.status).toBe(400);
    expect((await read()).status).toBe(404);
    const again = await create(1);
    const others = await send(again, ['b']);
    const ends = [1, 2].map(() =>
      mpu('complete', { path: file, upload_id: again.upload_id, parts: others }),
    );
    const statuses = (await Promise.all(ends)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 400]);
  });

  test('where it is asked for as another artifact', async () => {
    const created = await create(1);
    const parts = await send(created, ['a']);
    const body = { path: '/tmp/other.bin', upload_id: created.upload_id, parts };
    expect((await mpu('complete', body)).status).toBe(400);
    expect((await mpu('abort', body)).status).toBe(400);
  });
});

describe('an address takes its own part only', () => {
  test.each<[string, (url: string) => string]>([
    ['another part', (url) => url.replace('/1?', '/2?')],
    ['another upload', (url) => url.replace(/parts\/[^/]+/, `parts/${'0'.repeat(8)}`)],
    ['a later end', (url) => url.replace(/se=\d/, 'se=9')],
    ['no signature', (url) => url.replace(/sig=\w+/, 'sig=')],
    ['a shorter signature', (url) => url.slice(0, -1)],
  ])('not %s', async (_name, change) => {
    const { credentials } = await create(2);
    const [{ url } = { url: '' }] = credentials;
    const answer = await fetch(change(url), { method: 'PUT', body: 'x' });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ error_code: 'PERMISSION_DENIED' });
  });

  test('and holds no token', async () => {
    const { credentials } = await create(1);
    expect(JSON.stringify(credentials)).not.toContain(server.token);
  });
});

test.each([0, -1, 10_001, 1.5, 'many'])('%s parts are refused', async (num_parts) => {
  expect((await mpu('create', { path: file, num_parts })).status).toBe(400);
});

test.each(['..', '.', '', '/', 'a/..', 'a\\..', '\0', 'x'.repeat(300)])(
  'a file named %j is refused',
  async (path) => {
    expect((await mpu('create', { path, num_parts: 1 })).status).toBe(400);
  },
);

describe('a step', () => {
  let step: Step;

  beforeEach(async () => {
    step = await server.step();
  });

  test('uploads in parts to its own run', async () => {
    const options = { token: step.token, run: step.runId };
    const body = { path: file, num_parts: 1 };
    const created = (await mpu('create', body, options)).json as Created;
    const parts = await send(created, ['mine']);
    const end = { path: file, upload_id: created.upload_id, parts };
    expect((await mpu('complete', end, options)).status).toBe(200);
  });

  test('not to another, in no call', async () => {
    const created = await create(1);
    const parts = await send(created, ['a']);
    const bodies = { path: file, num_parts: 1, upload_id: created.upload_id, parts };
    for (const call of ['create', 'complete', 'abort']) {
      expect((await mpu(call, bodies, { token: step.token })).status, call).toBe(403);
    }
    const address = { run_id: runId, path: 'a' };
    const signed = await server.mlflow('POST', 'artifacts/presigned-upload-url', address, {
      token: step.token,
    });
    expect(signed.status).toBe(403);
  });
});

test('a download in parts goes as one stream instead, which a client knows by the status', async () => {
  const url = `/api/2.0/mlflow-artifacts/presigned/0/${runId}/artifacts/model/big.bin`;
  expect(await server.get(url)).toMatchObject({
    status: 501,
    json: { error_code: 'NOT_IMPLEMENTED' },
  });
});
