// A server from nothing to serving and back, over real sockets, as its users have it.
import { once } from 'node:events';
import { stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { openWorkspace } from '@ridgeline/workspace';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { registerModel } from '../test/model-version.ts';
import { rawRequest } from '../test/raw-http.ts';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { readServerFile } from './server-file.ts';
import { type RunningServer, type ServerOptions, startServer } from './start-server.ts';

let folder: string;
const servers: RunningServer[] = [];

beforeEach(async () => {
  folder = path.join(await temporaryFolder(), 'workspace');
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  const server = await startServer({ folder, port: 0, logger: false, ...options });
  servers.push(server);
  return server;
}

async function ask({ url, token }: RunningServer, route: string, body?: object): Promise<unknown> {
  const answer = await fetch(url + route, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return answer.json();
}

describe('a running server', () => {
  test('answers at its URL, to its token', async () => {
    const server = await start();
    expect(server).toMatchObject({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      token: expect.stringMatching(/^rdg_/),
      folder,
    });
    expect(await ask(server, '/')).toMatchObject({ name: 'ridgeline', workspace: folder });
  });

  test('can be found by who owns its workspace, and by nobody else', async () => {
    const { url, token } = await start();
    expect(await readServerFile(folder)).toEqual({ url, token, pid: process.pid });
    expect((await stat(path.join(folder, 'server.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  test('answers under the name that it was given as its host', async () => {
    const { url } = await start({ host: 'localhost', allowedHosts: ['lab.test'] });
    const { port } = new URL(url);
    for (const [host, status] of [
      ['localhost', 200],
      ['lab.test', 200],
      ['other.test', 403],
    ] as const) {
      expect(await statusFor(port, host), host).toBe(status);
    }
  });

  test('gives out a URL that works when it listens on all addresses', async () => {
    const server = await start({ host: '0.0.0.0' });
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
    expect(await ask(server, '/')).toMatchObject({ name: 'ridgeline' });
    expect(await statusFor(new URL(server.url).port, '0.0.0.0')).toBe(200);
  });
});

describe('a server behind a proxy', () => {
  test('issues and shows pages under its public address, with cookies for https alone', async () => {
    const server = await start({ publicUrl: 'https://ml.example/' });
    const about = '/.well-known/oauth-protected-resource';
    const seen = await rawRequest(server.url, [`GET ${about} HTTP/1.1`, 'Host: ml.example']);
    const {
      resource,
      authorization_servers: [issuer],
    } = JSON.parse(seen.body);
    expect(resource).toBe('https://ml.example');
    expect(issuer).toMatch(/^https:\/\/ml\.example\/[0-9a-f-]{36}\/v2\.0$/);
    const { pathname } = new URL(issuer);
    const page = await rawRequest(server.url, [
      `GET ${pathname.replace('/v2.0', '/oauth2/deviceauth')} HTTP/1.1`,
      'Host: ml.example',
      'X-Forwarded-Host: evil.example',
      'X-Forwarded-Proto: http',
    ]);
    expect(page.status).toBe(200);
    expect(page.head).toMatch(/^set-cookie: _session=.*; secure/im);
    expect(page.body).toContain('action="https://ml.example/');
    expect(page.head + page.body).not.toContain('evil.example');
  });
});

describe('a closed server', () => {
  test('is gone, with its file; its port and its workspace are free', async () => {
    const server = await start();
    await server.close();
    expect(await readServerFile(folder)).toBeNull();
    await expect(fetch(server.url)).rejects.toThrow();
    const again = await start({ port: Number(new URL(server.url).port) });
    expect(again.url).toBe(server.url);
  });

  test('may be closed again, at once and later', async () => {
    const server = await start();
    await Promise.all([server.close(), server.close()]);
    await server.close();
  });

  const upload = async (server: RunningServer): Promise<Socket> => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    await once(socket, 'connect');
    const head = [
      'PUT /api/v1/datastores/workspaceblobstore/files/a HTTP/1.1',
      'Host: localhost',
      `Authorization: Bearer ${server.token}`,
      'Content-Length: 8',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\nhalf`);
    await vi.waitFor(async () => stat(path.join(folder, 'datastores', '.incoming')));
    return socket;
  };

  test('waits for what is still coming in, and answers it', async () => {
    const server = await start();
    const socket = await upload(server);
    const closed = server.close();
    socket.write('half');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 201 /);
    await closed;
  });

  test('waits so long and no longer for a caller that stalls', async () => {
    const server = await start({ closeGraceMs: 200 });
    const socket = await upload(server);
    const since = performance.now();
    await server.close();
    expect(performance.now() - since).toBeGreaterThan(150);
    socket.destroy();
  });
});

describe('starting again', () => {
  test('keeps token, runs, metrics, data and models', async () => {
    const first = await start();
    const runs = '/api/2.0/mlflow/runs';
    const { run } = (await ask(first, `${runs}/create`, { run_name: 'kept' })) as {
      run: { info: { run_id: string } };
    };
    const { run_id } = run.info;
    await ask(first, `${runs}/log-metric`, { run_id, key: 'm', value: 'NaN', timestamp: 1 });
    await ask(first, '/api/2.0/mlflow/registered-models/create', { name: 'kept' });
    await fetch(`${first.url}/api/v1/datastores/workspaceblobstore/files/a.csv`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${first.token}` },
      body: 'a,b\n1,2\n',
    });
    const uri = 'azureml://datastores/workspaceblobstore/paths/a.csv';
    await ask(first, '/api/v1/data', { name: 'kept', uri });
    const everything = [
      `${runs}/get?run_id=${run_id}`,
      `/api/2.0/mlflow/metrics/get-history?run_id=${run_id}&metric_key=m`,
      '/api/2.0/mlflow/registered-models/get?name=kept',
      '/api/v1/data/kept/versions/latest',
      '/api/v1/data/kept/versions/latest/profile',
    ];
    const before = await Promise.all(everything.map((route) => ask(first, route)));
    expect(JSON.stringify(before)).not.toContain('error');
    await first.close();

    const second = await start();
    expect(second.token).toBe(first.token);
    expect(await Promise.all(everything.map((route) => ask(second, route)))).toEqual(before);
  });

  test('brings endpoints back, with their keys', async () => {
    const workspace = await openWorkspace({ folder });
    const model = await registerModel({ context: { workspace } }, 'sums');
    await workspace.close();
    const first = await start();
    await fetch(`${first.url}/api/v1/endpoints/sums`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${first.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model }),
    });
    const keys = (await ask(first, '/api/v1/endpoints/sums/listKeys', {})) as {
      primaryKey: string;
    };
    const scored = async ({ url }: RunningServer) => {
      const answer = await fetch(`${url}/api/v1/service/sums/score`, {
        method: 'POST',
        headers: { authorization: `Bearer ${keys.primaryKey}`, 'content-type': 'application/json' },
        body: '{"data": [[1, 1]]}',
      });
      expect(answer.status).toBe(200);
      return answer.text();
    };
    const patience = { timeout: 20_000, interval: 100 };
    const before = await vi.waitFor(() => scored(first), patience);
    await first.close();
    const second = await start();
    expect(await vi.waitFor(() => scored(second), patience)).toBe(before);
  });

  test('takes up a job that was under way', async () => {
    const definition = 'type: command\ncommand: sleep 0.5; echo done\n';
    const first = await start({ slots: 1 });
    const submission = { definition, fileName: 'job.yml', code: {}, uploads: {} };
    const { id } = (await ask(first, '/api/v1/jobs', submission)) as { id: string };
    await first.close();
    const second = await start();
    const state = () => ask(second, `/api/v1/jobs/${id}`);
    const patience = { timeout: 20_000, interval: 100 };
    await vi.waitFor(
      async () => expect(await state()).toMatchObject({ status: 'Completed' }),
      patience,
    );
  });
});

describe('a server that cannot start', () => {
  test('because its port is in use says so, and leaves the workspace free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(start({ port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: expect.stringContaining(`port ${port} on 127.0.0.1 is in use`),
    });
    other.close();
    expect(await readServerFile(folder)).toBeNull();
    await start();
  });

  test('because another serves the workspace says so, and does not disturb it', async () => {
    const first = await start();
    await expect(start()).rejects.toMatchObject({ code: 'WORKSPACE_IN_USE' });
    expect(await readServerFile(folder)).toMatchObject({ url: first.url });
    expect(await ask(first, '/')).toMatchObject({ name: 'ridgeline' });
  });

  test('removes what a server that was killed has left', async () => {
    await (await start()).close();
    await writeFile(
      path.join(folder, 'server.json'),
      '{"url": "http://x", "token": "t", "pid": 1}',
    );
    await expect(start({ port: 99_999 })).rejects.toMatchObject({ code: 'PORT_INVALID' });
    for (const publicUrl of [
      'ml.example',
      'ftp://ml.example',
      'https://ml.example/path',
      'https://a:b@ml.example',
    ]) {
      await expect(start({ publicUrl })).rejects.toMatchObject({ code: 'PUBLIC_URL_INVALID' });
    }
    expect(await readServerFile(folder)).toBeNull();
  });

  test('because its folder is a file says so', async () => {
    await writeFile(folder, '');
    await expect(start()).rejects.toMatchObject({ code: expect.stringMatching(/^WORKSPACE_/) });
  });
});

async function statusFor(port: string, host: string): Promise<number> {
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(`GET /health HTTP/1.1\r\nHost: ${host}:${port}\r\nConnection: close\r\n\r\n`);
  return Number((await text(socket)).split(' ')[1]);
}
