import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderSizeBytes } from './folder-size.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'size '));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const limit = Number.POSITIVE_INFINITY;

test('counts the files of all folders below', async () => {
  await mkdir(path.join(folder, 'a', 'b'), { recursive: true });
  for (const name of ['one', 'a/two', 'a/b/three']) {
    await writeFile(path.join(folder, name), Buffer.alloc(100_000, 1));
  }
  const size = await folderSizeBytes(folder, limit);
  expect(size).toBeGreaterThanOrEqual(300_000);
  expect(size).toBeLessThan(320_000);
});

test('counts neither links nor the holes of files, and what is not there as nothing', async () => {
  await writeFile(path.join(folder, 'sparse'), '');
  await truncate(path.join(folder, 'sparse'), 10 ** 12);
  await symlink('/usr', path.join(folder, 'link'));
  expect(await folderSizeBytes(folder, limit)).toBeLessThan(10_000);
  expect(await folderSizeBytes(path.join(folder, 'none'), limit)).toBe(0);
});

test('stops counting once it is more than asked for', async () => {
  for (const name of ['a', 'b', 'c']) {
    await mkdir(path.join(folder, name));
    await writeFile(path.join(folder, name, 'file'), Buffer.alloc(50_000, 1));
  }
  const size = await folderSizeBytes(folder, 60_000);
  expect(size).toBeGreaterThan(60_000);
  expect(size).toBeLessThan(140_000);
});
