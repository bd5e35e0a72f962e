import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  breakOff,
  FakeClock,
  hangUp,
  json,
  RecordingServer,
  testToken,
  text,
} from '../../test/recording-server.ts';
import { HttpClient } from './http-client.ts';
import type { HttpRequest } from './request.ts';
import { systemClock } from './retry.ts';

let server: RecordingServer;
let clock: FakeClock;
let http: HttpClient;

beforeEach(async () => {
  server = await RecordingServer.start();
  clock = new FakeClock();
  http = new HttpClient({ url: server.url, token: testToken, retryForMs: 60_000, clock });
});
afterEach(() => server.stop());

const get: HttpRequest = { method: 'GET', path: '/thing' };
const post: HttpRequest = { method: 'POST', path: '/thing', json: { a: 1 } };

describe('a call', () => {
  it('carries the token and its JSON, and gives the JSON of the answer', async () => {
    server.answer(json({ ok: true }));
    expect(await http.json(post)).toEqual({ ok: true });
    const [request] = server.requests;
    expect(request?.headers.authorization).toBe(`Bearer ${testToken}`);
    expect(request?.headers['content-type']).toBe('application/json');
    expect(request?.body.toString()).toBe('{"a":1}');
  });

  it('reads an empty answer as null', async () => {
    server.answer(text('', 204));
    expect(await http.json(get)).toBeNull();
  });

  it('keeps a path prefix of the address and drops its last slash', async () => {
    const below = new HttpClient({ url: `${server.url}/ml/`, token: 't', retryForMs: 0, clock });
    await below.json(get);
    expect(server.lines).toEqual(['GET /ml/thing']);
  });

  it.each(['', 'localhost:5000', 'ftp://host', 'file:///etc'])('refuses the address %j', (url) => {
    const make = () => new HttpClient({ url, token: 't', retryForMs: 0, clock });
    expect(make).toThrow(expect.objectContaining({ code: 'SERVER_URL_INVALID', status: 400 }));
  });

  it('ends when its signal says so, and is not tried again', async () => {
    server.answer(() => {});
    const signal = AbortSignal.timeout(50);
    await expect(http.json({ ...get, signal })).rejects.toThrow(/timeout/);
    expect(server.requests).toHaveLength(1);
  });
});

describe('an error in an answer', () => {
  const cases = [
    [
      json({ error: { code: 'JOB_NOT_FOUND', message: 'no job', details: [1] } }, 404),
      'JOB_NOT_FOUND',
      'no job',
    ],
    [
      json({ error_code: 'INVALID_PARAMETER_VALUE', message: 'bad key' }, 400),
      'INVALID_PARAMETER_VALUE',
      'bad key',
    ],
    [json({ message: 'Scoring timeout' }, 500), 'HTTP_500', 'Scoring timeout'],
    [json({ error: 'words only' }, 400), 'HTTP_400', 'words only'],
    [text('Bad things\nat length', 418), 'HTTP_418', 'the server answered 418: Bad things'],
    [text('<html>nginx</html>', 413), 'HTTP_413', 'the server answered 413'],
    [text('', 401), 'HTTP_401', 'the server answered 401'],
    [text('null', 400), 'HTTP_400', 'the server answered 400: null'],
    [
      text('{"error":{"message":7}}', 400),
      'HTTP_400',
      'the server answered 400: {"error":{"message":7}}',
    ],
  ] as const;
  it.each(cases)('case %# keeps its code and message', async (answer, code, message) => {
    server.answer(answer);
    await expect(http.json(get)).rejects.toMatchObject({ name: 'ApiError', code, message });
  });

  it('keeps its status and details', async () => {
    server.answer(json({ error: { code: 'X', message: 'm', details: { line: 3 } } }, 422));
    await expect(http.json(get)).rejects.toMatchObject({ status: 422, details: { line: 3 } });
  });

  it('never shows the token that the server echoed', async () => {
    const echo = { code: `C-${testToken}`, message: `no right: Bearer ${testToken}` };
    const details = { headers: [`Bearer ${testToken}`], [testToken]: 1 };
    server.answer(json({ error: { ...echo, details } }, 403));
    const error: unknown = await http.json(get).catch((e: unknown) => e);
    expect(error).toMatchObject({ message: 'no right: Bearer ***', status: 403 });
    expect(JSON.stringify(error) + String(error)).not.toContain(testToken);
  });

  it('never shows a key sent in place of the token', async () => {
    server.answer(json({ message: 'key k-123 is wrong' }, 401));
    await expect(http.json({ ...post, token: 'k-123' })).rejects.toThrow('key *** is wrong');
  });

  it('says so when a good answer is not JSON', async () => {
    server.answer(text('<!doctype html>'));
    await expect(http.json(get)).rejects.toMatchObject({ code: 'ANSWER_NOT_UNDERSTOOD' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('a server that is away for a while', () => {
  it.each([
    ['hangs up', hangUp],
    ['breaks off in its answer', breakOff],
    ['answers 502', text('', 502)],
    ['answers 503', json({ error: { code: 'STARTING', message: 'wait' } }, 503)],
    ['answers 504', text('', 504)],
  ])('and %s is asked again when a repeat is safe', async (_, failure) => {
    server.answer(failure, failure, json({ ok: 1 }));
    expect(await http.json(get)).toEqual({ ok: 1 });
    expect(server.requests).toHaveLength(3);
  });

  it.each([
    ['hangs up', hangUp, 'CONNECTION_LOST'],
    ['breaks off in its answer', breakOff, 'CONNECTION_LOST'],
    ['answers 503', text('', 503), 'HTTP_503'],
  ])('and %s is not asked again when a repeat may do harm', async (_, failure, code) => {
    server.answer(failure, json({ ok: 1 }));
    await expect(http.json(post)).rejects.toMatchObject({ code });
    expect(server.requests).toHaveLength(1);
  });

  it('gets a repeatable POST again, with the same body', async () => {
    server.answer(hangUp, json({ ok: 1 }));
    await http.json({ ...post, repeatable: true });
    expect(server.jsonBodies).toEqual([{ a: 1 }, { a: 1 }]);
  });

  it('is found again after a restart, even by a call that may not be repeated', async () => {
    const { port } = server;
    await server.stop();
    const restarting: FakeClock = Object.assign(new FakeClock(), {
      sleep: async (ms: number) => {
        restarting.sleeps.push(ms);
        if (restarting.sleeps.length === 3) server = await RecordingServer.start(port);
      },
    });
    const url = `http://127.0.0.1:${port}`;
    const patient = new HttpClient({ url, token: 't', retryForMs: 60_000, clock: restarting });
    await patient.json(post);
    expect(restarting.sleeps).toEqual([100, 200, 400]);
    expect(server.lines).toEqual(['POST /thing']);
  });

  it('is given up after the time allowed, with delays that double up to five seconds', async () => {
    server.answer(text('', 503));
    await expect(http.json(get)).rejects.toMatchObject({ code: 'HTTP_503', status: 503 });
    expect(clock.sleeps.slice(0, 8)).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000]);
    const waited = clock.sleeps.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThan(50_000);
    expect(waited).toBeLessThanOrEqual(60_000);
  });

  it('is asked once where no time is allowed', async () => {
    await server.stop();
    const hasty = new HttpClient({ url: server.url, token: 't', retryForMs: 0, clock });
    await expect(hasty.json(get)).rejects.toMatchObject({
      code: 'CONNECTION_REFUSED',
      status: 503,
      message: expect.stringContaining('ridgeline up'),
    });
    server = await RecordingServer.start();
  });

  it.each([400, 401, 404, 409, 500])('is not asked again after %i', async (status) => {
    server.answer(json({ message: 'no' }, status));
    await expect(http.json(get)).rejects.toMatchObject({ status });
    expect(server.requests).toHaveLength(1);
  });
});

it('a host that does not exist is an error at once', async () => {
  const url = 'http://nowhere.invalid';
  const lost = new HttpClient({ url, token: 't', retryForMs: 60_000, clock: systemClock });
  await expect(lost.json(get)).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE' });
});
