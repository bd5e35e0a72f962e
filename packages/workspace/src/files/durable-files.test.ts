import { mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { moveIntoPlace, writeNewFile } from './durable-files.ts';
import { StagingFolder } from './staging-folder.ts';
import { syncTree } from './sync-tree.ts';
import { temporaryFolder } from './temporary-folder.fixture.ts';
import { type WalkedEntry, walkFolder } from './walk-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});

describe('writing', () => {
  test('never replaces a file', async () => {
    const path = join(folder, 'a');
    await writeNewFile(path, Buffer.from('first'));
    await expect(writeNewFile(path, Buffer.from('second'))).rejects.toMatchObject({
      code: 'EEXIST',
    });
    expect(await readFile(path, 'utf8')).toBe('first');
  });

  test('does not gather a source in memory: it asks for more as it has written', async () => {
    let pulled = 0;
    async function* source() {
      for (; pulled < 200; pulled += 1) yield Buffer.alloc(64 * 1024, pulled);
    }
    const { sizeBytes } = await writeNewFile(join(folder, 'large'), source());
    expect(sizeBytes).toBe(200 * 64 * 1024);
    expect((await stat(join(folder, 'large'))).size).toBe(sizeBytes);
  });

  test('sets the permissions that it is given', async () => {
    await writeNewFile(join(folder, 'run'), Buffer.from(''), { mode: 0o700 });
    expect((await stat(join(folder, 'run'))).mode & 0o777).toBe(0o700);
  });
});

describe('moving into place', () => {
  test('makes the folders above, and moves files and folders alike', async () => {
    await writeFile(join(folder, 'file'), 'x');
    await moveIntoPlace(join(folder, 'file'), join(folder, 'a', 'b', 'file'));
    await moveIntoPlace(join(folder, 'a', 'b'), join(folder, 'c', 'b'));
    expect(await readFile(join(folder, 'c', 'b', 'file'), 'utf8')).toBe('x');
  });
});

describe('a staging folder', () => {
  test('keeps nothing, whether its use succeeds, fails, or moves the file away', async () => {
    const staging = new StagingFolder(join(folder, '.incoming'));
    await staging.use((path) => writeFile(path, 'left behind'));
    await expect(
      staging.use(async (path) => {
        await mkdir(join(path, 'deep'), { recursive: true });
        throw new Error('broken');
      }),
    ).rejects.toThrow('broken');
    await staging.use(async (path) => {
      await writeFile(path, 'kept');
      await moveIntoPlace(path, join(folder, 'kept'));
    });
    expect(await readdir(staging.folder)).toEqual([]);
    expect(await readFile(join(folder, 'kept'), 'utf8')).toBe('kept');
    await staging.clear();
    await staging.clear();
    expect(await readdir(folder)).toEqual(['kept']);
  });

  test('where others write too, only what nobody can be writing any more is cleared', async () => {
    const staging = new StagingFolder(join(folder, '.incoming'));
    await staging.clear({ isShared: true });
    await mkdir(staging.folder, { recursive: true });
    for (const name of ['old', 'new']) await writeFile(join(staging.folder, name), '');
    const longAgo = new Date(Date.now() - 48 * 3_600_000);
    await utimes(join(staging.folder, 'old'), longAgo, longAgo);
    await staging.clear({ isShared: true });
    expect(await readdir(staging.folder)).toEqual(['new']);
  });

  test('gives every use a path of its own', async () => {
    const staging = new StagingFolder(join(folder, '.incoming'));
    const paths = await Promise.all(Array.from({ length: 20 }, () => staging.use(async (p) => p)));
    expect(new Set(paths).size).toBe(20);
  });
});

describe('walking a folder', () => {
  async function walk(): Promise<readonly WalkedEntry[]> {
    return Array.fromAsync(walkFolder(folder));
  }

  test('gives every entry, folders before what they hold, and follows no link', async () => {
    await mkdir(join(folder, 'b', 'empty'), { recursive: true });
    await writeFile(join(folder, 'b', 'x'), '12');
    await writeFile(join(folder, 'a'), '1');
    await symlink('/', join(folder, 'c'));
    expect(await walk()).toEqual([
      { path: 'a', kind: 'file', sizeBytes: 1 },
      { path: 'b', kind: 'folder', sizeBytes: 0 },
      { path: 'b/empty', kind: 'folder', sizeBytes: 0 },
      { path: 'b/x', kind: 'file', sizeBytes: 2 },
      { path: 'c', kind: 'other', sizeBytes: 0 },
    ]);
  });

  test('syncing passes links by, and takes a single file', async () => {
    await writeFile(join(folder, 'a'), '1');
    await symlink('nowhere', join(folder, 'b'));
    await syncTree(folder);
    await syncTree(join(folder, 'a'));
    await expect(syncTree(join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
