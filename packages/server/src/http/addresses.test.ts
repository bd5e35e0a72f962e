// Addresses that no client sends: paths that would leave their folder, and what is no address.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allFiles } from '../../test/all-files.ts';
import { rawRequest } from '../../test/raw-http.ts';
import { TestApp } from '../../test/test-app.ts';

let server: TestApp;
let runId: string;

beforeAll(async () => {
  server = await TestApp.open();
  runId = await server.run();
  // What a way out of the folders would find.
  await writeFile(path.join(server.context.workspace.folder, 'outside'), 'secret');
});
afterAll(() => server.close());

function raw(method: string, target: string, body = '') {
  const lines = [
    `${method} ${target} HTTP/1.1`,
    `Authorization: Bearer ${server.token}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return rawRequest(server.url, lines, body);
}

const up = (way: string, count: number) => Array(count).fill(way).join('');

// Each leads from where files of a run or of a datastore are to the workspace's folder, or tries to.
const waysOut = [3, 4, 5].flatMap((count) => [
  `${up('../', count)}outside`,
  `${up('%2e%2e/', count)}outside`,
  `${up('%2E%2E%2F', count)}outside`,
  `${up('..%2f', count)}outside`,
  `${up('..%5c', count)}outside`,
  `${up('..\\', count)}outside`,
  `${up('%252e%252e%252f', count)}outside`,
  `a/${up('../', count + 1)}outside`,
  `${up('.%2e/', count)}outside`,
]);
const wrongPaths = [
  ...waysOut,
  '/etc/passwd',
  '%2fetc%2fpasswd',
  'C:%5cWindows',
  'C:/Windows',
  'a%00b',
  'outside%00.txt',
  '..',
  '.',
  'a/./b',
  'a//b',
  'a/',
  '%0a',
  '%7f',
  `${'a'.repeat(300)}`,
  `${'a/'.repeat(600)}b`,
];

const roots: readonly (readonly [string, () => string])[] = [
  ['an artifact', () => `/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/`],
  ['a file of a datastore', () => '/api/v1/datastores/workspaceblobstore/files/'],
];

describe.each(roots)('%s', (_name, root) => {
  test.each(wrongPaths)('%s: reads nothing outside', async (way) => {
    const answer = await raw('GET', root() + way);
    expect([400, 404]).toContain(answer.status);
    expect(answer.body).not.toContain('secret');
  });

  test.each(wrongPaths)('%s: writes nothing outside', async (way) => {
    const before = await filesNow();
    const answer = await raw('PUT', root() + way, 'evil');
    const doubled = way.includes('%25');
    // After one decoding, `%2e%2e%2f` is a name like any other.
    if (doubled) expect([200, 201]).toContain(answer.status);
    else expect([400, 404]).toContain(answer.status);
    const after = await filesNow();
    expect(after.filter((file) => !before.includes(file))).toHaveLength(doubled ? 1 : 0);
  });

  test('a run or a datastore cannot be a way out', async () => {
    const others = [
      '/api/v1/datastores/../files/a',
      '/api/v1/datastores/%2e%2e/files/a',
      '/api/v1/datastores/..%2f..%2f/files/outside',
      '/api/2.0/mlflow-artifacts/artifacts/0/../artifacts/a',
      '/api/2.0/mlflow-artifacts/artifacts/0/%2e%2e/artifacts/a',
      '/api/2.0/mlflow-artifacts/artifacts/..%2f0/x/artifacts/a',
    ];
    for (const target of others) {
      expect([400, 404]).toContain((await raw('GET', target)).status);
      expect([400, 404]).toContain((await raw('PUT', target, 'evil')).status);
    }
  });
});

test.each(waysOut)('a list of artifacts does not go %s', async (way) => {
  for (const list of [
    `/api/2.0/mlflow/artifacts/list?run_id=${runId}&path=${way}`,
    `/api/2.0/mlflow-artifacts/artifacts?path=0/${runId}/artifacts/${way}`,
  ]) {
    const answer = await raw('GET', list);
    expect(answer.body).not.toContain('outside"');
    expect([200, 400, 404]).toContain(answer.status);
  }
});

describe('what is no address', () => {
  test.each(['/%', '/api/v1/data/%zz', '/%c0%ae%c0%ae/', '/api/v1/data/%ff'])(
    '%s is 400 or 404',
    async (target) => {
      const answer = await raw('GET', target);
      expect([400, 404]).toContain(answer.status);
      expect(JSON.parse(answer.body)).toHaveProperty('error.code');
    },
  );

  test('a name that is too long is 414, and one as long as they come is not', async () => {
    expect((await raw('GET', `/api/v1/data/${'a'.repeat(1025)}`)).status).toBe(414);
    expect((await raw('GET', `/api/v1/data/${'a'.repeat(1024)}`)).status).toBe(404);
  });

  test('bytes that are no HTTP are 400, and nobody minds', async () => {
    expect((await rawRequest(server.url, ['\x16\x03\x01 nonsense'])).status).toBe(400);
    expect((await server.get('/health')).status).toBe(200);
  });
});

const filesNow = () => allFiles(server.context.workspace.folder);
