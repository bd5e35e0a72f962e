// Endpoints and their scoring addresses, with a real scoring process behind them.
import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { registerModel } from '../../test/model-version.ts';
import { type Answer, TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;
let model: string;
let key: string;

const address = '/api/v1/endpoints/sums';
const scoring = '/api/v1/service/sums';

beforeAll(async () => {
  server = await TestApp.open();
  model = await registerModel(server, 'sums');
  const put = await server.call('PUT', address, { payload: { model, description: 'adds' } });
  expect(put, put.text).toMatchObject({ status: 202, json: { provisioningState: 'Creating' } });
  await server.context.endpoints.waitUntilSettled('sums');
  key = textAt(await server.post(`${address}/listKeys`), 'primaryKey');
});
afterAll(() => server.close());

function score(payload: string | undefined, withKey: string | null = key): Promise<Answer> {
  return server.post(`${scoring}/score`, payload, { token: withKey });
}

describe('an endpoint', () => {
  test('is there, and in the list, with addresses that work', async () => {
    const { json } = await server.get(address);
    expect(json).toMatchObject({
      name: 'sums',
      provisioningState: 'Succeeded',
      scoringUri: `${server.url}${scoring}/score`,
      swaggerUri: `${server.url}${scoring}/swagger.json`,
      description: 'adds',
      deployments: [{ name: 'blue', model: { name: 'sums', version: '1' }, traffic: 100 }],
    });
    expect((await server.get('/api/v1/endpoints')).json).toEqual({ value: [json] });
  });

  test('has a log', async () => {
    const { status, headers } = await server.get(`${address}/logs`);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  test('that is not there is 404 on every route', async () => {
    const none = '/api/v1/endpoints/none';
    const answers = [
      await server.get(none),
      await server.call('DELETE', none),
      await server.post(`${none}/listKeys`),
      await server.post(`${none}/regenerateKeys`, { keyType: 'Primary' }),
      await server.get(`${none}/logs`),
      await server.post('/api/v1/service/none/score', '{}'),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({
        status: 404,
        json: { error: { code: 'ENDPOINT_NOT_FOUND' } },
      });
    }
  });

  test.each([
    [{}, "Missing value for required parameter 'model'"],
    [{ model: 'sums' }, 'MODEL_REFERENCE_INVALID'],
    [{ model: 'sums:1', traffic: 50 }, "'traffic' is not known here"],
    [{ model: 'sums:1', scoringScript: 'score.ts' }, 'codeId is missing'],
    [
      { model: 'sums:1', environmentVariables: { A: 5 } },
      "'environmentVariables.A' must be string",
    ],
  ])('cannot be made of %j', async (payload, words) => {
    const answer = await server.call('PUT', '/api/v1/endpoints/other', { payload });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(words);
    expect((await server.get('/api/v1/endpoints/other')).status).toBe(404);
  });

  test('of a version that is not there is 404', async () => {
    const payload = { model: 'sums:99' };
    const answer = await server.call('PUT', '/api/v1/endpoints/other', { payload });
    expect(answer).toMatchObject({
      status: 404,
      json: { error: { message: expect.stringContaining('version=99') } },
    });
  });
});

describe('scoring', () => {
  test('gives a result to who has a key', async () => {
    expect(await score('{"data": [[1, 1], [2, 3]]}')).toMatchObject({ status: 200 });
    const { json } = await score('{"data": [[2, 3]]}');
    const [result] = (json as { result: number[] }).result;
    expect(result).toBeCloseTo(14, 9);
  });

  test("asks for the endpoint's key, and takes no token of the server", async () => {
    const body = '{"data": [[1, 1]]}';
    for (const wrong of [null, 'wrong', server.token]) {
      expect(await score(body, wrong)).toMatchObject({ status: 401 });
    }
  });

  test('refuses what the schema does not say, as the scoring process words it', async () => {
    for (const body of ['{"data": [["a", 1]]}', '{"rows": []}', '{', '']) {
      const answer = await score(body);
      expect(answer.status).toBe(400);
      expect(answer.json).toHaveProperty('message');
    }
  });

  test('gives its answers their ids', async () => {
    const headers = { 'x-ms-request-id': 'mine' };
    const { status, headers: answered } = await server.post(
      `${scoring}/score`,
      '{"data": [[1, 1]]}',
      {
        token: key,
        headers,
      },
    );
    expect(status).toBe(200);
    expect(answered).toMatchObject({
      'x-ms-request-id': 'mine',
      'azureml-model-deployment': 'blue',
    });
  });

  test('tells its health to anyone, and its schema to who has a key', async () => {
    expect(await server.get(`${scoring}/`, { token: null })).toMatchObject({ text: 'Healthy' });
    expect((await server.get(`${scoring}/swagger.json`, { token: null })).status).toBe(401);
    const swagger = await server.get(`${scoring}/swagger.json?version=3`, { token: key });
    expect(swagger.json).toMatchObject({ openapi: expect.stringMatching(/^3\./) });
  });

  test('takes GET and OPTIONS, as Azure does', async () => {
    const rows = encodeURIComponent('[[1, 1]]');
    expect((await server.get(`${scoring}/score?data=${rows}`, { token: key })).status).toBe(200);
    expect((await server.call('OPTIONS', `${scoring}/score`, { token: key })).status).toBe(200);
  });

  test('tells the gateway when the caller goes away, and only then', async () => {
    const signals: AbortSignal[] = [];
    const forward = vi.spyOn(server.context.endpoints, 'forward');
    forward.mockImplementation(async (_name, { body, signal }) => {
      if (signal !== undefined) signals.push(signal);
      for await (const _chunk of body?.iterator({ destroyOnReturn: false }) ?? []);
      return signals.length === 1
        ? { status: 200, headers: {}, body: Readable.from(['scored']) }
        : new Promise(() => {});
    });
    const send = (signal: AbortSignal) =>
      fetch(`${server.url}${scoring}/score`, { method: 'POST', body: '{}', signal });
    await (await send(AbortSignal.timeout(5_000))).text();
    await expect(send(AbortSignal.timeout(200))).rejects.toThrow();
    await vi.waitFor(() => expect(signals.map(({ aborted }) => aborted)).toEqual([false, true]));
    forward.mockRestore();
  });

  test('goes on when callers go away in the middle of their requests', async () => {
    for (let round = 0; round < 3; round += 1) {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      await once(socket, 'connect');
      socket.write(`POST ${scoring}/score HTTP/1.1\r\nHost: localhost\r\n`);
      socket.write(`Authorization: Bearer ${key}\r\nContent-Length: 1000\r\n\r\n{"data":`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      socket.destroy();
    }
    expect((await score('{"data": [[1, 1]]}')).status).toBe(200);
    expect(server.logLines.join('')).not.toContain('"level":50');
  });
});

describe('keys', () => {
  test('are two, and one is replaced at a time', async () => {
    const before = (await server.post(`${address}/listKeys`)).json;
    const answer = await server.post(`${address}/regenerateKeys`, { keyType: 'Secondary' });
    expect(answer.json).toMatchObject({ primaryKey: key });
    expect(answer.json).not.toEqual(before);
    expect((await server.post(`${address}/listKeys`)).json).toEqual(answer.json);
    expect((await score('{"data": [[1, 1]]}', textAt(answer, 'secondaryKey'))).status).toBe(200);
  });

  test('are Primary and Secondary only', async () => {
    const answer = await server.post(`${address}/regenerateKeys`, { keyType: 'Third' });
    expect(answer.text).toContain("'keyType' must be one of Primary, Secondary");
  });
});

test('a deleted endpoint is gone, with its address', async () => {
  const name = 'short-lived';
  await server.call('PUT', `/api/v1/endpoints/${name}`, { payload: { model } });
  await server.context.endpoints.waitUntilSettled(name);
  expect(await server.call('DELETE', `/api/v1/endpoints/${name}`)).toMatchObject({
    status: 204,
    text: '',
  });
  expect((await server.get(`/api/v1/endpoints/${name}`)).status).toBe(404);
  await vi.waitFor(async () =>
    expect((await server.get(`/api/v1/service/${name}/`)).status).toBe(404),
  );
});
