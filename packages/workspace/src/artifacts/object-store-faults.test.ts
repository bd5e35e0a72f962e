// What is left in an object store by a process that dies, and what is said while the store is away.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { StoreServer, storeKinds } from '../../test/object-stores/store-server.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { openObjectStore } from '../object-store/open-object-store.ts';
import { ObjectArtifactStore } from './object-artifact-store.ts';

const experimentIdOf = async () => '1';

describe.each(storeKinds)('on %s', (kind) => {
  let server: StoreServer;
  let address: string;
  let copies: string;

  beforeAll(async () => {
    server = await StoreServer.start(kind);
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    address = server.address(randomUUID());
    copies = join(await temporaryFolder(), 'copies');
  });

  const open = async () =>
    ObjectArtifactStore.open({
      store: await openObjectStore(address, server.environment),
      copies: { folder: copies },
      experimentIdOf,
    });

  async function begin(...args: readonly string[]): Promise<ChildProcess> {
    const fixture = join(import.meta.dirname, 'half-adoption.fixture.ts');
    const child = spawn(process.execPath, [fixture, address, copies, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...server.environment },
    });
    await once(child.stdout, 'data');
    return child;
  }

  async function kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async function folderOf(count: number): Promise<string> {
    const source = join(await temporaryFolder(), 'output');
    await mkdir(join(source, 'sub', 'empty'), { recursive: true });
    for (let index = 0; index < count; index += 1) {
      await writeFile(join(source, 'sub', `file-${index}`), `content ${index}`);
    }
    return source;
  }

  test.each(['new/file', 'old'])('a killed upload leaves %s as it was before', async (path) => {
    const store = await open();
    await store.write('run-a', 'old', Buffer.from('old content'));
    await kill(await begin(path));
    expect(await store.list('run-a')).toEqual([{ path: 'old', is_dir: false, file_size: 11 }]);
    expect(await text((await store.read('run-a', 'old')).stream)).toBe('old content');
  });

  // Whenever it dies, early or late.
  test.each([0, 40, 120])(
    'a process that is killed %s ms into taking a folder leaves it whole here, or whole there',
    async (afterMs) => {
      const store = await open();
      const source = await folderOf(40);
      const child = await begin('outputs/model', source);
      await delay(afterMs);
      await kill(child);
      const isThere = (await store.list('run-a', 'outputs')).length > 0;
      const left = await readdir(join(source, 'sub')).catch(() => []);
      expect(isThere || left.length === 41).toBe(true);
      // The next one makes it good, whatever the first has left.
      if (left.length > 0) await store.adoptFolder('run-a', 'outputs/model', source);
      expect(await store.list('run-a', 'outputs/model/sub')).toHaveLength(41);
      const copy = await store.localPath('run-a', 'outputs/model');
      expect(await readFile(join(copy, 'sub', 'file-39'), 'utf8')).toBe('content 39');
      expect(await readdir(join(copy, 'sub', 'empty'))).toEqual([]);
    },
  );

  test('a folder that is there with the same content is taken for the one that is to come', async () => {
    const store = await open();
    await store.adoptFolder('run-a', 'model', await folderOf(3));
    const again = await folderOf(3);
    await store.adoptFolder('run-a', 'model', again);
    await expect(readdir(again)).rejects.toMatchObject({ code: 'ENOENT' });
    const other = await folderOf(3);
    await writeFile(join(other, 'sub', 'file-1'), 'content X');
    await expect(store.adoptFolder('run-a', 'model', other)).rejects.toMatchObject({
      code: 'ARTIFACT_ALREADY_EXISTS',
    });
  });

  test('what is half there is not shown in any way, and can be deleted', async () => {
    const store = await open();
    const objects = await openObjectStore(address, server.environment);
    // As a process leaves it that was killed midway.
    const name = createHash('sha256').update('out/half').digest('hex');
    const marker = JSON.stringify({ path: 'out/half', token: 't' });
    await objects.put(`1/run-a/adopting/${name}`, Buffer.from(marker));
    await objects.put('1/run-a/artifacts/out/half/a', Buffer.from('x'));
    expect(await store.list('run-a')).toEqual([]);
    await store.write('run-a', 'out/whole', Buffer.from('y'));

    const missing = { code: 'ARTIFACT_NOT_FOUND' };
    expect(await store.list('run-a', 'out')).toMatchObject([{ path: 'out/whole' }]);
    expect(await store.list('run-a', 'out/half')).toEqual([]);
    await expect(store.read('run-a', 'out/half/a')).rejects.toMatchObject(missing);
    await expect(store.localPath('run-a', 'out/half')).rejects.toMatchObject(missing);
    expect(await readdir(await store.localPath('run-a', 'out'))).toEqual(['whole']);
    await expect(store.sign('GET', 'run-a', 'out/half/a', 60)).rejects.toMatchObject(missing);
    const refused = { code: 'ARTIFACT_ALREADY_EXISTS' };
    await expect(store.write('run-a', 'out/half/b', Buffer.from('z'))).rejects.toMatchObject(
      refused,
    );

    await store.delete('run-a', 'out/half');
    await store.write('run-a', 'out/half/b', Buffer.from('z'));
    expect(await store.list('run-a', 'out/half')).toMatchObject([{ path: 'out/half/b' }]);
  });

  test('a store that goes away is told of with what to do, and is used again once it is back', async () => {
    const store = await open();
    await store.write('run-a', 'file', Buffer.from('kept'));
    await server.kill();
    const away = {
      code: 'ARTIFACT_STORE_UNREACHABLE',
      status: 503,
      message: expect.stringContaining(address),
    };
    await expect(store.read('run-a', 'file')).rejects.toMatchObject(away);
    await expect(store.list('run-a')).rejects.toMatchObject(away);
    await expect(store.write('run-a', 'file', Buffer.from('x'))).rejects.toMatchObject(away);
    await expect(open()).rejects.toMatchObject(away);
    await server.resume();
    expect(await text((await store.read('run-a', 'file')).stream)).toBe('kept');
  });
});
