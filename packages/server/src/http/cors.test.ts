import fastify, { type FastifyInstance } from 'fastify';
import { describe, expect, test } from 'vitest';
import { allowOrigins } from './cors.ts';

/** A server that answers nothing but what has come through. */
function serverFor(...origins: readonly string[]): FastifyInstance {
  const app = fastify();
  allowOrigins(app, origins);
  app.addHook('onRequest', async (_request, reply) => {
    await reply.code(401).send('a token is needed');
  });
  app.post('/start', async () => 'started');
  return app;
}

const page = 'https://app.example';
const preflight = (origin: string) => ({
  method: 'OPTIONS' as const,
  url: '/start',
  headers: {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,x-own',
  },
});

describe('a page of an origin that was named', () => {
  test('is told before it calls that it may, without a token', async () => {
    const answer = await serverFor(page).inject(preflight(page));
    expect(answer).toMatchObject({
      statusCode: 204,
      headers: {
        'access-control-allow-origin': page,
        'access-control-allow-headers': 'authorization,x-own',
        'access-control-allow-methods': expect.stringContaining('POST'),
        vary: 'Origin',
      },
    });
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
  });

  test('reads the answer, also one that refuses', async () => {
    const headers = { origin: page };
    const answer = await serverFor(page).inject({ method: 'POST', url: '/start', headers });
    expect(answer).toMatchObject({
      statusCode: 401,
      headers: { 'access-control-allow-origin': page },
    });
  });
});

describe('a page of another origin', () => {
  test.each(['https://app.example.evil', 'http://app.example', 'https://app.example:8443', 'null'])(
    '%s is told nothing',
    async (origin) => {
      const answer = await serverFor(page).inject(preflight(origin));
      expect(answer.statusCode).toBe(401);
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    },
  );

  test('may where all may', async () => {
    const answer = await serverFor('*').inject(preflight('https://any.example'));
    expect(answer.headers['access-control-allow-origin']).toBe('https://any.example');
  });

  test('may not where none was named', async () => {
    const { statusCode, headers } = await serverFor().inject(preflight(page));
    expect(statusCode).toBe(401);
    expect(headers).not.toHaveProperty('vary');
  });
});

test.each(['app.example', 'https://app.example/', 'https://app.example/path', 'x', ''])(
  '%j is no origin',
  (origin) => expect(() => serverFor(origin)).toThrow('is no origin of web pages'),
);
