import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectLog } from '../../test/collected-log.ts';
import { makeModelFolder } from '../../test/fixture-model.ts';
import { openSocket, readAll, scoreHead, sendRaw } from '../../test/raw-request.ts';
import { type ScoringServer, startScoringServer } from './scoring-server.ts';

const json = 'Content-Type: application/json';
const limit = 200_000;
const log = collectLog();
let server: ScoringServer;

beforeAll(async () => {
  const modelFolder = await makeModelFolder();
  const limits = { bodyLimitBytes: limit, requestTimeoutMs: 400 };
  server = await startScoringServer({ modelFolder, port: 0, log, ...limits });
});

afterAll(async () => {
  await server.close();
});

async function post(body: string | Uint8Array<ArrayBuffer>, contentType = 'application/json') {
  const headers = { 'content-type': contentType };
  const answer = await fetch(`${server.url}/score`, {
    method: 'POST',
    body,
    headers,
  });
  const { message } = (await answer.json()) as { readonly message: string };
  return { status: answer.status, message };
}

function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
}

describe('a body that is not what it should be is 400 with its place', () => {
  test.each([
    ['', 'the body is empty; it must be a JSON object'],
    ['{"data": [[1,2,3]', 'the body is not JSON: it ends too early, at line 1, column 18'],
    ['{"data": [[1,,3]]}', 'the body is not JSON: unexpected text at line 1, column 14'],
    ['{"data":\n [[1,2,NaN]]}', 'the body is not JSON: unexpected text at line 2, column 8'],
    ['null', 'the body must be a JSON object, such as {"data": [[…]]}'],
    ['[[1,2,3]]', 'the body must be a JSON object, such as {"data": [[…]]}'],
    ['"data"', 'the body must be a JSON object, such as {"data": [[…]]}'],
    ['{}', "the body must have required property 'data'"],
    ['{"Data": [[1,2,3]]}', "the body must have required property 'data'"],
    ['{"__proto__": {"data": [[1,2,3]]}}', "the body must have required property 'data'"],
    ['{"data": null}', 'data must be array, not null'],
    ['{"data": {"0": [1,2,3]}}', 'data must be array, not object'],
    ['{"data": [1,2,3]}', 'data/0 must be array, not number'],
    ['{"data": [[1,2]]}', 'data/0 must NOT have fewer than 3 items, not 2'],
    ['{"data": [[1,2,3],[1,2,3,4]]}', 'data/1 must NOT have more than 3 items, not 4'],
    ['{"data": [[1,2,3],[1,2,"3"]]}', 'data/1/2 must be number, not string'],
    ['{"data": [[1,null,3]]}', 'data/0/1 must be number, not null'],
    ['{"data": [[1,true,3]]}', 'data/0/1 must be number, not boolean'],
    [
      '{"data": [[1e400,2,3]]}',
      'data/0/0 must be number, not a number beyond the range of a double',
    ],
    [
      '{"data": [[-1e400,2,3]]}',
      'data/0/0 must be number, not a number beyond the range of a double',
    ],
  ])('%j', async (body, message) => {
    expect(await post(body)).toEqual({ status: 400, message });
  });

  test('bytes that are not UTF-8', async () => {
    const body = Buffer.from('{"data": [["\xff"]]}', 'latin1');
    expect(await post(body)).toEqual({ status: 400, message: 'the body is not UTF-8' });
  });

  test('UTF-16, as some shells send it', async () => {
    expect((await post(Buffer.from('\ufeff{"data": []}', 'utf16le'))).status).toBe(400);
  });

  test('arrays in arrays, fifty thousand deep, well formed or not', async () => {
    const deep = '['.repeat(50_000);
    expect((await post(`{"data": ${deep}${']'.repeat(50_000)}}`)).status).toBe(400);
    expect((await post(`{"data": ${deep}`)).message).toContain('ends too early');
  });

  test('numbers of a hundred thousand digits', async () => {
    expect((await post(`{"data": [[${'9'.repeat(100_000)},2,3]]}`)).status).toBe(400);
    expect((await post(`{"data": [[0.${'1'.repeat(100_000)},2,3]]}`)).status).toBe(200);
  });

  test('a byte order mark before right JSON is let pass', async () => {
    expect((await post('\ufeff{"data": []}')).status).toBe(200);
  });
});

describe('a media type other than UTF-8 JSON is 415', () => {
  test.each([
    'text/plain',
    'text/csv',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'application/json; charset=latin1',
    'multipart/form-data; boundary=x',
  ])('%s', async (contentType) => {
    const { status, message } = await post('{"data": []}', contentType);
    expect(status).toBe(415);
    expect(message).toContain(`Content-Type '${contentType}' is not supported`);
  });

  test('none at all', async () => {
    const answer = await sendRaw(server.port, [scoreHead(['Content-Length: 2']), '{}']);
    expect(statusOf(answer)).toBe(415);
  });

  test('a compressed body', async () => {
    const head = scoreHead([json, 'Content-Encoding: gzip', 'Content-Length: 2']);
    expect(await sendRaw(server.port, [head, '{}'])).toContain("Content-Encoding 'gzip'");
  });

  test.each([
    'application/json',
    'Application/JSON; charset=UTF-8',
    'application/json;charset="utf-8"',
  ])('but %s is right', async (contentType) => {
    expect((await post('{"data": []}', contentType)).status).toBe(200);
  });
});

describe('a body over the limit is 413', () => {
  test('by its declared length, before a byte of it is read', async () => {
    const socket = await openSocket(server.port);
    socket.write(scoreHead([json, `Content-Length: ${limit + 1}`]));
    const answer = await readAll(socket);
    expect(statusOf(answer)).toBe(413);
    expect(answer).toContain(`over the limit of ${limit} bytes`);
    expect(answer).toMatch(/connection: close/i);
  });

  test('by what really comes, when no length is declared', async () => {
    const chunk = `8000\r\n${' '.repeat(0x8000)}\r\n`;
    const head = scoreHead([json, 'Transfer-Encoding: chunked']);
    const answer = await sendRaw(server.port, [head, ...new Array<string>(20).fill(chunk)]);
    expect(statusOf(answer)).toBe(413);
  });

  test('and a client that sends it all still reads the answer', async () => {
    const { status } = await post(' '.repeat(3_000_000));
    expect(status).toBe(413);
  });

  test('a client that asks first is told not to send', async () => {
    const head = scoreHead([json, 'Expect: 100-continue', `Content-Length: ${limit + 1}`]);
    const answer = await sendRaw(server.port, [head]);
    expect(statusOf(answer)).toBe(413);
  });

  test('a body of exactly the limit is read', async () => {
    const body = '{"data": [[1,2,3]]}';
    expect((await post(body + ' '.repeat(limit - body.length))).status).toBe(200);
  });
});

test('a client that asks first is told to go on, and answered', async () => {
  const head = scoreHead([json, 'Expect: 100-continue', 'Content-Length: 12']);
  const answer = await sendRaw(server.port, [head, '{"data": []}']);
  expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
});

describe('broken or slow HTTP', () => {
  test('what is not HTTP is 400 with a message', async () => {
    const answer = await sendRaw(server.port, ['GARBAGE\r\n\r\n']);
    expect(statusOf(answer)).toBe(400);
    expect(answer).toContain('{"message":"the request is not valid HTTP"}');
  });

  test.each([
    ['two lengths', ['Content-Length: 2', 'Content-Length: 3']],
    ['a length beside chunks', ['Content-Length: 2', 'Transfer-Encoding: chunked']],
  ])('%s is refused, since two readers would see two requests', async (_name, headers) => {
    const answer = await sendRaw(server.port, [scoreHead([json, ...headers]), '{}']);
    expect(statusOf(answer)).toBe(400);
  });

  test('headers beyond 16 KB are 431', async () => {
    const answer = await sendRaw(server.port, [scoreHead([`X-Long: ${'a'.repeat(20_000)}`])]);
    expect(statusOf(answer)).toBe(431);
  });

  test('a body that never ends is 408', async () => {
    const answer = await sendRaw(server.port, [scoreHead([json, 'Content-Length: 10']), '{']);
    expect(statusOf(answer)).toBe(408);
  });

  test('a caller that goes away in its body leaves nothing behind', async () => {
    const before = log.errors.length;
    const socket = await openSocket(server.port);
    socket.write(`${scoreHead([json, 'Content-Length: 10'])}{`);
    await delay(50);
    socket.destroy();
    await delay(50);
    expect(log.errors).toHaveLength(before);
    expect((await post('{"data": []}')).status).toBe(200);
  });

  test('requests sent in one go are answered in order on one connection', async () => {
    const body = (n: number) => `{"data": ${JSON.stringify(new Array(n).fill([1, 2, 3]))}}`;
    const request = (text: string) =>
      `POST /score HTTP/1.1\r\nHost: x\r\n${json}\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
    const last = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    const answer = await sendRaw(server.port, [
      request(body(1)) + request('{') + request(body(2)) + last,
    ]);
    const statuses = answer.match(/HTTP\/1\.1 \d+/g);
    expect(statuses).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400', 'HTTP/1.1 200', 'HTTP/1.1 200']);
  });
});
