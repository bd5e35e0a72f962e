import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { type CopyContent, LocalCopies } from './local-copies.ts';

let folder: string;

beforeEach(async () => {
  folder = join(await temporaryFolder(), 'copies');
});

const content = (path: string, etag = '1', sizeBytes = 10): CopyContent => ({
  ownerId: 'run-a',
  path,
  files: [{ path: `${path}/file`, sizeBytes, etag }],
});

let fetched = 0;
const fetchIt = async (_file: unknown, target: string) => {
  fetched += 1;
  await writeFile(target, '0123456789');
};
const shown = async () => (await readdir(folder)).filter((name) => !name.startsWith('.'));

beforeEach(() => {
  fetched = 0;
});

test('a copy is made once for a content, and again for another', async () => {
  const copies = await LocalCopies.open({ folder });
  const first = await copies.of(content('model'), fetchIt);
  expect(await readFile(join(first, 'file'), 'utf8')).toBe('0123456789');
  expect(await copies.of(content('model'), fetchIt)).toBe(first);
  expect(fetched).toBe(1);
  expect(await copies.of(content('model', '2'), fetchIt)).not.toBe(first);
  // Whoever reads the older one goes on with it.
  expect(await readFile(join(first, 'file'), 'utf8')).toBe('0123456789');
});

test('those that ask at once share one copy', async () => {
  const copies = await LocalCopies.open({ folder });
  const asked = Array.from({ length: 5 }, () => copies.of(content('model'), fetchIt));
  expect(new Set(await Promise.all(asked)).size).toBe(1);
  expect(fetched).toBe(1);
});

test('two servers that make the same one at once both have it', async () => {
  const servers = [LocalCopies.open({ folder, isShared: true }), LocalCopies.open({ folder })];
  const asked = (await Promise.all(servers)).map((copies) => copies.of(content('model'), fetchIt));
  expect(new Set(await Promise.all(asked)).size).toBe(1);
  expect(await shown()).toHaveLength(1);
});

test('a copy that fails midway is not there, and the next one is whole', async () => {
  const copies = await LocalCopies.open({ folder });
  const breaking = copies.of(content('model'), async (_file, target) => {
    await writeFile(target, 'half');
    throw new Error('connection lost');
  });
  await expect(breaking).rejects.toThrow('connection lost');
  expect(await shown()).toEqual([]);
  const place = await copies.of(content('model'), fetchIt);
  expect(await readFile(join(place, 'file'), 'utf8')).toBe('0123456789');
});

test('what a killed process has left half is removed at the next opening', async () => {
  await mkdir(join(folder, '.incoming', 'half'), { recursive: true });
  await LocalCopies.open({ folder });
  expect(await readdir(folder)).toEqual([]);
});

describe('the room that copies take', () => {
  const dayMs = 24 * 3_600_000;

  test('is bounded: those used longest ago go', async () => {
    const copies = await LocalCopies.open({ folder, maxBytes: 25 });
    for (const path of ['a', 'b']) await copies.of(content(path), fetchIt);
    const old = new Date(Date.now() - 2 * dayMs);
    for (const name of await shown()) await utimes(join(folder, name), old, old);
    await copies.of(content('b'), fetchIt);
    await copies.of(content('c'), fetchIt);
    expect(await shown()).toHaveLength(2);
    await copies.of(content('b'), fetchIt);
    expect(fetched).toBe(3);
    await copies.of(content('a'), fetchIt);
    expect(fetched).toBe(4);
  });

  test('may be exceeded by those of the last day, as a program may be reading them', async () => {
    const copies = await LocalCopies.open({ folder, maxBytes: 1 });
    for (const path of ['a', 'b', 'c']) await copies.of(content(path), fetchIt);
    expect(await shown()).toHaveLength(3);
  });
});

test('a folder that lies here already becomes the copy, without being fetched', async () => {
  const copies = await LocalCopies.open({ folder });
  const source = join(await temporaryFolder(), 'output');
  await mkdir(source);
  await writeFile(join(source, 'file'), '0123456789');
  await copies.take(content('out'), source);
  const place = await copies.of(content('out'), fetchIt);
  expect(await readFile(join(place, 'file'), 'utf8')).toBe('0123456789');
  expect(fetched).toBe(0);
});
