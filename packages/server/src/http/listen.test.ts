import { createServer } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest';
import { listen } from './listen.ts';

let app: FastifyInstance;

beforeEach(() => {
  app = fastify();
  app.get('/', async () => 'here');
});
afterEach(() => app.close());

const hasIPv6 = Object.values(networkInterfaces())
  .flat()
  .some((each) => each !== undefined && isIPv6(each.address));

async function answerAt(host: string): Promise<readonly [string, string]> {
  const url = await listen(app, host, 0);
  return [url.replace(/:\d+$/, ''), await (await fetch(url)).text()];
}

describe('the address that is given out can be reached', () => {
  test.each([
    ['127.0.0.1', 'http://127.0.0.1'],
    ['0.0.0.0', 'http://127.0.0.1'],
  ])('%s: %s', async (host, expected) => {
    expect(await answerAt(host)).toEqual([expected, 'here']);
  });

  test('localhost: one of the two of loopback', async () => {
    const [url, text] = await answerAt('localhost');
    expect(['http://127.0.0.1', 'http://[::1]']).toContain(url);
    expect(text).toBe('here');
  });

  test.for(['::1', '::'])('%s: http://[::1]', async (host, { skip }) => {
    skip(!hasIPv6, 'this machine has no IPv6');
    expect(await answerAt(host)).toEqual(['http://[::1]', 'here']);
  });
});

describe('what cannot be listened on', () => {
  test('a port in use says so, and what to do', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(listen(app, '127.0.0.1', port)).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: `port ${port} on 127.0.0.1 is in use; stop what uses it, or choose another with --port`,
    });
    other.close();
  });

  test.each([65_536, -1, 1.5, Number.NaN])('port %d is none', async (port) => {
    await expect(listen(app, '127.0.0.1', port)).rejects.toMatchObject({
      code: 'PORT_INVALID',
      message: expect.stringContaining('a whole number from 0 to 65535'),
    });
  });

  test.each(['203.0.113.7', 'no-such-host.invalid', 'not a host'])(
    '%s is no address of this machine',
    async (host) => {
      await expect(listen(app, host, 0)).rejects.toMatchObject({
        code: 'ADDRESS_NOT_AVAILABLE',
        message: `this machine has no address '${host}'; choose another with --host`,
      });
    },
  );

  test('a port that this user may not use says which may be', async () => {
    // Some machines let everybody use every port, so that no real one can be asked for.
    const listening = vi.spyOn(app, 'listen') as unknown as MockInstance<() => Promise<string>>;
    listening.mockRejectedValue(Object.assign(new Error('no'), { code: 'EACCES' }));
    await expect(listen(app, '127.0.0.1', 80)).rejects.toMatchObject({
      code: 'PORT_NOT_PERMITTED',
      message: expect.stringContaining('choose one from 1024 on'),
    });
  });

  test('what else goes wrong is not hidden', async () => {
    await app.ready();
    await app.listen({ port: 0 });
    await expect(listen(app, '127.0.0.1', 0)).rejects.toMatchObject({
      code: 'FST_ERR_REOPENED_SERVER',
    });
  });
});
