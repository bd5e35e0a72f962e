// Files sent over a real socket: whole, cut off, and refused while they are still coming.
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { create } from 'tar';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { allFiles } from '../../test/all-files.ts';
import { TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;
let runId: string;

beforeAll(async () => {
  server = await TestApp.open();
  runId = await server.run();
});
afterAll(() => server.close());

const pack = (...files: string[]) =>
  create({ cwd: import.meta.dirname, portable: true, noMtime: true, sync: true }, files).read();

const someBytes = Buffer.alloc(0x1000, 'x');
const someTar = Buffer.from(pack('uploads.test.ts') ?? '').subarray(0, 0x1000);

const targets: readonly (readonly [string, string, () => string, Buffer])[] = [
  [
    'an artifact',
    'PUT',
    () => `/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/big`,
    someBytes,
  ],
  [
    'a file of a datastore',
    'PUT',
    () => '/api/v1/datastores/workspaceblobstore/files/big',
    someBytes,
  ],
  ['code', 'POST', () => '/api/v1/code', someTar],
];

const authorization = () => `Bearer ${server.token}`;

describe.each(targets)('%s', (_name, method, target, part) => {
  test.each(['Content-Length: 1000000', 'Transfer-Encoding: chunked'])(
    'that is cut off in the middle leaves nothing (%s)',
    async (header) => {
      const before = await filesNow();
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      await once(socket, 'connect');
      const head = [
        `${method} ${target()} HTTP/1.1`,
        'Host: localhost',
        `Authorization: ${authorization()}`,
        header,
      ];
      socket.write(`${head.join('\r\n')}\r\n\r\n${header.startsWith('T') ? '1000\r\n' : ''}`);
      socket.write(part);
      // Until a part of it is on the disk, it could not be left there.
      await vi.waitFor(async () => expect(await filesNow()).not.toEqual(before));
      socket.destroy();
      await vi.waitFor(async () => expect(await filesNow()).toEqual(before));
      expect((await server.get(target())).status).toBe(404);
      expect(server.logLines.join('')).not.toContain('"level":50');
    },
  );
});

describe('an upload that is refused', () => {
  test('at once is told so, however much is still coming', async () => {
    const url = `${server.url}/api/v1/datastores/nowhere/files/big`;
    const answer = await fetch(url, {
      method: 'PUT',
      headers: { authorization: authorization() },
      body: new Blob([Buffer.alloc(20 * 1024 * 1024)]),
    });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: 'DATASTORE_NOT_FOUND' } });
  });

  test('in the middle is told so, however much is still coming', async () => {
    const before = await filesNow();
    // The first block is no header of a tar archive.
    const answer = await fetch(`${server.url}/api/v1/code`, {
      method: 'POST',
      headers: { authorization: authorization() },
      body: new Blob(['x'.repeat(1024), Buffer.alloc(20 * 1024 * 1024)]),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 'CODE_ARCHIVE_INVALID' } });
    expect(await filesNow()).toEqual(before);
  });

  test('leaves the connection good for the next request', async () => {
    const body = Buffer.alloc(5 * 1024 * 1024, 'x');
    const head = [
      'POST /api/v1/code HTTP/1.1',
      'Host: localhost',
      `Authorization: ${authorization()}`,
      `Content-Length: ${body.length}`,
    ];
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    socket.write(body);
    socket.write('GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    const answers = (await text(socket)).match(/HTTP\/1\.1 \d+/g);
    expect(answers).toEqual(['HTTP/1.1 400', 'HTTP/1.1 200']);
  });
});

describe('an upload', () => {
  const address = '/api/v1/datastores/workspaceblobstore/files/ünï/a%20b.bin';
  const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));

  test('comes back byte by byte, of any content type or none', async () => {
    for (const type of ['text/csv', 'application/json', 'a/b; charset=x', undefined]) {
      const stored = await server.call('PUT', address, {
        payload: content,
        headers: type === undefined ? {} : { 'content-type': type },
      });
      expect(stored).toMatchObject({
        status: 201,
        json: {
          uri: 'azureml://datastores/workspaceblobstore/paths/ünï/a b.bin',
          sizeBytes: content.length,
        },
      });
      const read = await fetch(server.url + address, {
        headers: { authorization: authorization() },
      });
      expect(Buffer.from(await read.arrayBuffer()).equals(content)).toBe(true);
    }
  });

  test('may be empty', async () => {
    const empty = '/api/v1/datastores/workspaceblobstore/files/empty';
    expect((await server.call('PUT', empty)).json).toMatchObject({ sizeBytes: 0 });
    expect((await server.get(empty)).text).toBe('');
  });

  test('is never shown as a page of the server', async () => {
    const { headers } = await server.get(address);
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': String(content.length),
      'content-disposition': "attachment; filename*=UTF-8''a%20b.bin",
      'x-content-type-options': 'nosniff',
    });
  });

  test('keeps its name, whatever signs are in it', async () => {
    const odd = "/api/v1/datastores/workspaceblobstore/files/it's%20(a)*!%22%0d.txt";
    expect((await server.call('PUT', odd, { payload: 'x' })).status).toBe(400);
    const allowed = odd.replace('%0d', '');
    expect((await server.call('PUT', allowed, { payload: 'x' })).status).toBe(201);
    expect((await server.get(allowed)).headers['content-disposition']).toBe(
      "attachment; filename*=UTF-8''it%27s%20%28a%29%2A%21%22.txt",
    );
  });

  test('can be asked for by HEAD', async () => {
    const head = await server.call('HEAD', address);
    expect(head).toMatchObject({ status: 200, text: '' });
    expect(head.headers['content-length']).toBe(String(content.length));
  });
});

describe('code', () => {
  test('gets the same id for the same content', async () => {
    const upload = () =>
      server.call('POST', '/api/v1/code', {
        payload: pack('listen.ts', 'send-file.ts') ?? '',
        headers: { 'content-type': 'application/x-tar' },
      });
    const first = await upload();
    expect(first).toMatchObject({ status: 201, json: { fileCount: 2 } });
    expect(textAt(first, 'id')).toMatch(/^[0-9a-f]{64}$/);
    expect((await upload()).json).toEqual(first.json);
  });
});

const filesNow = () => allFiles(server.context.workspace.folder);
