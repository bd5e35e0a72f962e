import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Endpoint } from '@ridgeline/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { smokeTest } from './smoke-test.ts';

type Answer = readonly [status: number, body: string] | 'hang up';
const good: Answer = [200, '{"result":[5113.08,3713.66]}'];

let server: Server;
let answers: Answer[];
let requests: { headers: IncomingMessage['headers']; body: string }[];
let printed: string[];
let shown: string[];

beforeEach(async () => {
  requests = [];
  [printed, shown] = [[], []];
  vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(line));
  vi.spyOn(console, 'error').mockImplementation((line) => void shown.push(line));
  server = createServer(async (request, response) => {
    requests.push({ headers: request.headers, body: await text(request) });
    const answer = answers.shift() ?? good;
    if (answer === 'hang up') response.destroy();
    else response.writeHead(answer[0]).end(answer[1]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function test(given: Answer[], tries = 5): Promise<void> {
  answers = given;
  const { port } = server.address() as AddressInfo;
  const endpoint = { scoringUri: `http://127.0.0.1:${port}/score` } as Endpoint;
  const endpoints = {
    get: async () => endpoint,
    keys: async () => ({ primaryKey: 'key-one', secondaryKey: 'key-two' }),
    logs: async () => Array.from({ length: 30 }, (_, i) => `line ${i + 1}`).join('\n'),
  };
  await smokeTest(endpoints, { endpoint: 'e', tries, pauseMs: 1 });
}

describe('the smoke test', () => {
  it('posts two rows with key and trace, and is content with two numbers', async () => {
    await test([good]);
    expect(printed).toEqual([
      'Fetching service',
      'Testing service',
      expect.stringMatching(/^\. url: http:\/\/127\.0\.0\.1:\d+\/score$/),
      'Verifying service output',
      'Smoke test successful.',
    ]);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      data: [
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        [10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
      ],
    });
    expect(requests[0]?.headers).toMatchObject({
      authorization: 'Bearer key-one',
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/),
    });
  });

  it('tries again after lost connections and after errors of the server', async () => {
    await test(['hang up', [503, 'starting'], [500, 'oops'], [408, 'slow'], good]);
    expect(requests).toHaveLength(5);
    expect(printed.filter((line) => line === 'Retrying...')).toHaveLength(4);
    expect(printed.at(-1)).toBe('Smoke test successful.');
  });

  it('gives up after the last try, with the last cause and the end of the log', async () => {
    const failing = test(
      [
        [502, 'a'],
        [502, 'b'],
        [502, 'the last cause'],
      ],
      3,
    );
    await expect(failing).rejects.toMatchObject({
      code: 'SMOKE_TEST_FAILED',
      message: expect.stringContaining('after 3 tries: the service answered 502: the last cause'),
    });
    expect(shown).toHaveLength(21);
    expect(shown.at(-1)).toBe('  line 30');
  });

  it.each([400, 401, 404])('fails at once when the service answers %i', async (status) => {
    const failing = test([[status, '{"message":"not so"}'], good]);
    await expect(failing).rejects.toThrow(`the service answered ${status}: {"message":"not so"}`);
    expect(requests).toHaveLength(1);
    expect(printed).not.toContain('Retrying...');
  });

  it.each([
    ['{"result":[1]}'],
    ['{"result":[1,2,3]}'],
    ['{"result":[1,null]}'],
    ['{"result":"ok"}'],
    ['{}'],
    ['null'],
    ['<html>'],
  ])('is not content with %s', async (body) => {
    await expect(test([[200, body]])).rejects.toThrow('expected a result of 2 numbers');
  });

  it('never prints the key', async () => {
    await test(['hang up', good]);
    expect([...printed, ...shown].join('\n')).not.toContain('key-one');
  });
});
