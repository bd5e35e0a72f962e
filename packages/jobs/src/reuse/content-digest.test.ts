import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contentDigest } from './content-digest.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'digest '));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function tree(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const root = path.join(folder, name);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), text);
  }
  return root;
}

test('is the same for the same names and bytes, wherever they lie', async () => {
  const one = await tree('one', { a: '1', 'b/c': '2', empty: '' });
  const two = await tree('two', { empty: '', 'b/c': '2', a: '1' });
  expect(await contentDigest(one)).toMatch(/^[0-9a-f]{64}$/);
  expect(await contentDigest(two)).toBe(await contentDigest(one));
  await rename(two, path.join(folder, 'three'));
  expect(await contentDigest(path.join(folder, 'three'))).toBe(await contentDigest(one));
});

test.each<[string, Record<string, string>]>([
  ['another byte', { a: '2', b: '2' }],
  ['another name', { A: '1', b: '2' }],
  ['a file more', { a: '1', b: '2', c: '' }],
  ['the bytes in other files', { a: '12', b: '' }],
  ['a folder in place of a file', { 'a/1': '', b: '2' }],
])('differs with %s', async (_name, files) => {
  const before = await contentDigest(await tree('before', { a: '1', b: '2' }));
  expect(await contentDigest(await tree('after', files))).not.toBe(before);
});

test('of a single file is that of its bytes, by whatever name', async () => {
  const root = await tree('files', { a: 'text', b: 'text', c: 'other' });
  const of = (name: string) => contentDigest(path.join(root, name));
  expect(await of('a')).toBe(await of('b'));
  expect(await of('a')).not.toBe(await of('c'));
});

test('is none for what is not there, is linked, or is too much', async () => {
  const root = await tree('root', { a: '12345', b: '12345' });
  expect(await contentDigest(path.join(folder, 'none'))).toBeNull();
  expect(await contentDigest(root, { files: 1, bytes: 100 })).toBeNull();
  expect(await contentDigest(root, { files: 10, bytes: 9 })).toBeNull();
  await symlink('/etc/passwd', path.join(root, 'link'));
  expect(await contentDigest(root)).toBeNull();
});
