// The gateway against real HTTP servers that stand in for scoring processes.

import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { json, text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { EndpointError } from '../errors.ts';
import { Instance } from '../instance/instance.ts';
import { hashKey } from '../keys/authorize.ts';
import { defaultLimits } from '../limits.ts';
import { forwardRequest, type Route } from './gateway.ts';
import type { GatewayRequest } from './gateway-message.ts';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function instanceAt(port: number): Promise<Instance> {
  const process = { exited: new Promise<string>(() => {}), stop: async () => {} };
  return Instance.connect(process, port, 'internal-key', defaultLimits);
}

async function instanceOf(listener: RequestListener): Promise<Instance> {
  return instanceAt(await listen(listener));
}

function routeTo(...instances: Instance[]): Route {
  return {
    name: 'diabetes',
    keys: [hashKey('key')],
    deployments: [
      { name: 'blue', traffic: 100, readyInstance: () => instances.shift() ?? notReady() },
    ],
  };
}

function notReady(): never {
  throw new EndpointError('DEPLOYMENT_NOT_READY', 'not yet');
}

function scoring(change: Partial<GatewayRequest> = {}): GatewayRequest {
  const headers = { authorization: 'Bearer key', 'content-type': 'application/json' };
  const body = Readable.from([Buffer.from('{"data":'), Buffer.from('[[1]]}')]);
  return { method: 'POST', path: '/score', headers, body, ...change };
}

const echo: RequestListener = async (request, response) => {
  const body = await text(request);
  response.writeHead(201, {
    'content-type': 'application/json',
    connection: 'x-hop',
    'x-hop': '1',
  });
  response.end(JSON.stringify({ url: request.url, headers: request.headers, body }));
};

describe('a request with a key', () => {
  it('reaches the instance with its body, its headers and the internal key', async () => {
    const answer = await forwardRequest(routeTo(await instanceOf(echo)), scoring(), 5000);
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({ 'azureml-model-deployment': 'blue' });
    expect(answer.headers).not.toHaveProperty('x-hop');
    expect(await json(answer.body)).toMatchObject({
      url: '/score',
      body: '{"data":[[1]]}',
      headers: { authorization: 'Bearer internal-key', 'content-type': 'application/json' },
    });
  });

  it('keeps its query, and may have no body', async () => {
    const request = scoring({ method: 'GET', path: '/swagger.json?version=3', body: null });
    const answer = await forwardRequest(routeTo(await instanceOf(echo)), request, 5000);
    expect(await json(answer.body)).toMatchObject({ url: '/swagger.json?version=3', body: '' });
  });

  it('streams the answer while the request is still coming in', async () => {
    const instance = await instanceOf((request, response) => request.pipe(response));
    const sent = new Readable({ read() {} });
    sent.push('first');
    const answer = await forwardRequest(routeTo(instance), scoring({ body: sent }), 5000);
    const received = answer.body[Symbol.asyncIterator]();
    expect(String((await received.next()).value)).toBe('first');
    sent.push('second');
    sent.push(null);
    expect(String((await received.next()).value)).toBe('second');
  });

  it("gets the instance's own early refusal, and its connection stays usable", async () => {
    const instance = await instanceOf((request, response) => {
      request.resume();
      response.writeHead(413).end('{"message":"too large"}');
    });
    const body = Readable.from([Buffer.alloc(10_000), Buffer.alloc(10_000)]);
    const answer = await forwardRequest(routeTo(instance), scoring({ body }), 5000);
    expect(answer.status).toBe(413);
    expect(await json(answer.body)).toEqual({ message: 'too large' });
    expect(body.errored).toBeNull();
  });

  it('counts as running until its answer is read', async () => {
    const instance = await instanceOf(echo);
    const answer = await forwardRequest(routeTo(instance), scoring(), 5000);
    expect(instance.inFlight.count).toBe(1);
    await text(answer.body);
    await instance.inFlight.idle(5000);
    expect(instance.inFlight.count).toBe(0);
  });
});

describe('a key', () => {
  it.each([
    ['/score', {}, 'KEY_MISSING'],
    ['/score', { authorization: 'Bearer wrong' }, 'KEY_WRONG'],
    ['/swagger.json', {}, 'KEY_MISSING'],
    ['//', {}, 'KEY_MISSING'],
    ['/../score', {}, 'KEY_MISSING'],
  ])('is needed for %s', async (path, headers, code) => {
    const answer = await forwardRequest(routeTo(), scoring({ path, headers }), 5000);
    expect(answer.status).toBe(401);
    expect(answer.headers).toMatchObject({ 'www-authenticate': 'Bearer' });
    expect(await json(answer.body)).toMatchObject({ error: { code } });
  });

  it.each([
    ['GET', '/', 200],
    ['GET', '/?x=1', 200],
    ['HEAD', '/', 200],
    ['POST', '/', 401],
  ])('%s %s without one gives %d', async (method, path, status) => {
    const instance = await instanceOf((_, response) => response.end('Healthy'));
    const request = scoring({ method, path, headers: {}, body: null });
    expect((await forwardRequest(routeTo(instance), request, 5000)).status).toBe(status);
  });
});

describe('when the instance went away', () => {
  const gone = async () => {
    const port = await listen(echo);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    return instanceAt(port);
  };

  it('a request that was not sent goes to the one that is there now', async () => {
    const route = routeTo(await gone(), await instanceOf(echo));
    const answer = await forwardRequest(route, scoring(), 5000);
    expect(await json(answer.body)).toMatchObject({ body: '{"data":[[1]]}' });
  });

  it('and no other is there, the caller may try again', async () => {
    const again = await gone();
    const answer = await forwardRequest(routeTo(again, again), scoring(), 5000);
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(await json(answer.body)).toMatchObject({ error: { code: 'DEPLOYMENT_NOT_READY' } });
  });

  it('a request that was sent is not sent twice', async () => {
    let requests = 0;
    const hangUp: RequestListener = (request) => {
      requests += 1;
      request.on('data', () => request.socket.destroy());
    };
    const instance = await instanceOf(hangUp);
    const answer = await forwardRequest(routeTo(instance, instance), scoring(), 5000);
    expect(answer.status).toBe(502);
    expect(await json(answer.body)).toMatchObject({ error: { code: 'INSTANCE_GONE' } });
    expect(requests).toBe(1);
  });

  it('in the middle of an answer, the answer breaks off and this process lives', async () => {
    const instance = await instanceOf((request, response) => {
      response.write('part');
      setTimeout(() => request.socket.destroy(), 20);
    });
    const answer = await forwardRequest(routeTo(instance), scoring({ body: null }), 5000);
    await instance.inFlight.idle(5000);
    await expect(text(answer.body)).rejects.toThrow();
  });
});

describe('a request ends', () => {
  it('with 408 when the instance takes too long', async () => {
    const instance = await instanceOf(() => {});
    const answer = await forwardRequest(routeTo(instance), scoring(), 50);
    expect(answer.status).toBe(408);
    expect(await json(answer.body)).toMatchObject({
      error: { code: 'REQUEST_TIMEOUT', message: expect.stringContaining('50 ms') },
    });
    expect(instance.inFlight.count).toBe(0);
  });

  it('when the caller goes away, and so does the request to the instance', async () => {
    const abort = new AbortController();
    const seen = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    const instance = await instanceOf((_, response) => {
      response.on('close', closed.resolve);
      seen.resolve();
    });
    const request = scoring({ body: null, signal: abort.signal });
    const answering = forwardRequest(routeTo(instance), request, 5000);
    await seen.promise;
    abort.abort();
    expect((await answering).status).toBe(499);
    await closed.promise;
  });

  it('when its body breaks off', async () => {
    const body = new Readable({ read() {} });
    body.push('{"da');
    const instance = await instanceOf((request) => request.once('data', () => body.destroy()));
    const answer = await forwardRequest(routeTo(instance), scoring({ body }), 5000);
    expect(await json(answer.body)).toMatchObject({ error: { code: 'REQUEST_CANCELED' } });
  });
});

describe('a request that is not valid is refused:', () => {
  it.each([
    ['a path with no slash', { path: 'http://elsewhere/score' }],
    ['a path with a line break', { path: '/score\r\nx: y' }],
    ['a method that is none', { method: 'GET /x HTTP/1.1\r\n' }],
    [
      'a body that is not as long as it says',
      { headers: { authorization: 'Bearer key', 'content-length': '5' } },
    ],
  ])('%s', async (_, change) => {
    const instance = await instanceOf(echo);
    const answer = await forwardRequest(routeTo(instance), scoring(change), 5000);
    expect(answer.status).toBe(400);
    expect(await json(answer.body)).toMatchObject({ error: { code: 'REQUEST_INVALID' } });
  });
});

it('an unknown deployment in the header is not found', async () => {
  const headers = { authorization: 'Bearer key', 'azureml-model-deployment': 'green' };
  const answer = await forwardRequest(routeTo(), scoring({ headers }), 5000);
  expect(answer.status).toBe(404);
  expect(await json(answer.body)).toMatchObject({ error: { code: 'DEPLOYMENT_NOT_FOUND' } });
});
