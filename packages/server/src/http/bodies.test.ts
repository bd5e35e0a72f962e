// Bodies that cannot be read: each gets a clear error, and none of them is the server's fault.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rawRequest } from '../../test/raw-http.ts';
import { TestApp } from '../../test/test-app.ts';

let server: TestApp;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

const createRun = '/api/2.0/mlflow/runs/create';
const createData = '/api/v1/data';
const json = { 'content-type': 'application/json' };

function send(url: string, payload: string, headers: Record<string, string> = json) {
  return server.call('POST', url, { payload, headers });
}

const kilobytes = (count: number) => 'x'.repeat(count * 1024);

describe.each([createRun, createData])('%s', (url) => {
  test.each([
    ['cut off', '{"name": "a"'],
    ['not JSON', 'name=a'],
    ['empty', ''],
    ['with a __proto__', '{"name": "a", "__proto__": {"isAdmin": true}}'],
    ['with a constructor.prototype', '{"constructor": {"prototype": {"isAdmin": true}}}'],
    ['of NUL bytes', '\0\0\0'],
  ])('a body that is %s is 400', async (_name, payload) => {
    const answer = await send(url, payload);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('INVALID_PARAMETER_VALUE');
  });

  test.each(['null', '[]', '"text"', '5', 'true'])(
    '%s instead of an object is 400',
    async (body) => {
      // MLflow takes nothing at all for an empty object.
      const isEmpty = body === 'null' && url === createRun;
      expect((await send(url, body)).status).toBe(isEmpty ? 200 : 400);
    },
  );

  test('a body of another content type is 415, and says what to send', async () => {
    for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x']) {
      const answer = await send(url, '{}', { 'content-type': type });
      expect(answer.status).toBe(415);
      expect(answer.text).toContain(`content-type '${type}' is not understood here`);
    }
  });

  test('a content type that is no content type is 415', async () => {
    expect((await send(url, '{}', { 'content-type': '///' })).status).toBe(415);
  });

  test('a body over the limit is 413, and says the limit', async () => {
    const answer = await send(url, JSON.stringify({ name: kilobytes(1025) }));
    expect(answer.status).toBe(413);
    expect(answer.text).toContain('over the limit of 1048576 bytes');
  });

  test('a body that says it is over the limit is refused before it is sent', async () => {
    const lines = [
      `POST ${url} HTTP/1.1`,
      `Authorization: Bearer ${server.token}`,
      'Content-Type: application/json',
      'Content-Length: 99999999999',
    ];
    expect((await rawRequest(server.url, lines)).status).toBe(413);
  });

  test('a body in chunks that grows over the limit is 413', async () => {
    const lines = [
      `POST ${url} HTTP/1.1`,
      `Authorization: Bearer ${server.token}`,
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
    ];
    const chunk = `${(64 * 1024).toString(16)}\r\n${kilobytes(64)}\r\n`;
    const answer = await rawRequest(server.url, lines, `${chunk.repeat(17)}0\r\n\r\n`);
    expect(answer.status).toBe(413);
  });

  test('JSON nested 100,000 deep is 400', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    for (const body of [deep, `{"tags": ${deep}}`, `{"tags": [{"key": ${deep}}]}`]) {
      expect((await send(url, body)).status).toBe(400);
    }
  });
});

test('a message is in the shape of its API', async () => {
  expect((await send(createRun, '{')).json).toEqual({
    error_code: 'INVALID_PARAMETER_VALUE',
    message: expect.stringContaining('not valid JSON'),
  });
  expect((await send(createData, '{')).json).toEqual({
    error: { code: 'INVALID_PARAMETER_VALUE', message: expect.stringContaining('not valid JSON') },
  });
});

test('a log of inputs may be longer than other bodies, as its schemas and profiles are', async () => {
  const dataset = { name: 'd', digest: '1', source_type: 'local', source: 'x' };
  const datasets = [{ dataset: { ...dataset, profile: kilobytes(3000) } }];
  const body = { run_id: await server.run(), datasets };
  expect((await server.mlflow('POST', 'runs/log-inputs', body)).status).toBe(200);
});

describe('odd text', () => {
  test.each([
    ['half a character', '\\ud800'],
    ['NUL', 'a\\u0000b'],
  ])('with %s is 400 where it would be stored', async (_name, name) => {
    expect((await send(createRun, `{"run_name": "${name}"}`)).status).toBe(400);
    const create = '/api/2.0/mlflow/experiments/create';
    expect((await send(create, `{"name": "${name}"}`)).status).toBe(400);
    expect((await send(createData, `{"name": "${name}", "uri": "x"}`)).status).toBe(400);
  });

  test('of any script goes through unchanged', async () => {
    const name = 'ünï ‮ 𝒳 👩‍👩‍👧 שלום \u{feff}';
    const made = await send(createRun, JSON.stringify({ run_name: name }));
    expect(made.json).toMatchObject({ run: { info: { run_name: name } } });
  });
});
