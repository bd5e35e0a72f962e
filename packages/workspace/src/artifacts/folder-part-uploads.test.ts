// What is kept of uploads in parts to the folder, and for how long.
import { mkdir, readdir, readFile, truncate, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { FolderArtifactStore } from './folder-artifact-store.ts';

let folder: string;
const refused = { code: 'ARTIFACT_UPLOAD_INVALID' };

beforeEach(async () => {
  folder = join(await temporaryFolder(), 'artifacts');
});

const open = () => FolderArtifactStore.open({ folder, experimentIdOf: async () => '1' });
const uploads = async () => readdir(join(folder, '.uploads')).catch(() => []);

async function begun() {
  const store = await open();
  const { uploadId } = await store.parts.create('run-a', 'big', 2);
  const first = await store.parts.writePart(uploadId, 1, Buffer.from('first '));
  return { uploadId, first };
}

async function finish(uploadId: string, first: string): Promise<string> {
  const store = await open();
  const second = await store.parts.writePart(uploadId, 2, Buffer.from('second'));
  const parts = [first, second].map((etag, index) => ({ part: index + 1, etag }));
  await store.parts.complete('run-a', 'big', uploadId, parts);
  return readFile(await store.localPath('run-a', 'big'), 'utf8');
}

test('an upload outlives the server that it was begun with', async () => {
  const { uploadId, first } = await begun();
  expect(await finish(uploadId, first)).toBe('first second');
  expect(await uploads()).toEqual([]);
});

test('one that nobody has gone on with for a day is removed', async () => {
  const { uploadId, first } = await begun();
  const dayAgo = new Date(Date.now() - 24 * 3_600_000 - 1_000);
  await utimes(join(folder, '.uploads', uploadId), dayAgo, dayAgo);
  await expect(finish(uploadId, first)).rejects.toMatchObject(refused);
  expect(await uploads()).toEqual([]);
});

test('a part that a power cut has shortened is noticed, and can be sent again', async () => {
  const { uploadId, first } = await begun();
  await truncate(join(folder, '.uploads', uploadId, '1'), 2);
  await expect(finish(uploadId, first)).rejects.toMatchObject(refused);
  await (await open()).parts.writePart(uploadId, 1, Buffer.from('first '));
  expect(await finish(uploadId, first)).toBe('first second');
});

test('no more than a thousand are open at once', async () => {
  const store = await open();
  for (let count = 0; count < 1_000; count += 1) {
    await mkdir(join(folder, '.uploads', String(count)), { recursive: true });
  }
  await expect(store.parts.create('run-a', 'big', 1)).rejects.toMatchObject({
    code: 'ARTIFACT_UPLOAD_LIMIT_REACHED',
  });
});

describe('a part', () => {
  test('that breaks off leaves the older one', async () => {
    const { uploadId, first } = await begun();
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw new Error('connection lost');
    }
    const store = await open();
    await expect(store.parts.writePart(uploadId, 1, broken())).rejects.toThrow('connection lost');
    expect(await finish(uploadId, first)).toBe('first second');
  });

  test.each([0, 3, -1, 1.5, Number.NaN])('numbered %s of two is refused', async (part) => {
    const { uploadId } = await begun();
    const writing = (await open()).parts.writePart(uploadId, part, Buffer.from('x'));
    await expect(writing).rejects.toMatchObject(refused);
  });

  test.each(['..', '../1', '', 'upload.json', '.'])('of the upload %j goes nowhere', async (id) => {
    const writing = (await open()).parts.writePart(id, 1, Buffer.from('x'));
    await expect(writing).rejects.toMatchObject(refused);
    expect(await uploads()).toEqual([]);
  });
});
