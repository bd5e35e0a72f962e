import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { readServerFile, removeServerFile, writeServerFile } from './server-file.ts';

const content = { url: 'http://127.0.0.1:5757', token: 'rdg_x', pid: 7 };

test('what is written is read, and can be read by its owner only', async () => {
  const folder = await temporaryFolder();
  await writeServerFile(folder, content);
  expect(await readServerFile(folder)).toEqual(content);
  expect((await stat(path.join(folder, 'server.json'))).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['server.json']);
});

test('it takes the place of an older one, whatever that may be', async () => {
  const folder = await temporaryFolder();
  await writeFile(path.join(folder, 'server.json'), 'old', { mode: 0o666 });
  await writeFile(path.join(folder, 'server.json.7'), 'cut off', { mode: 0o666 });
  await writeServerFile(folder, content);
  expect(await readServerFile(folder)).toEqual(content);
  expect((await stat(path.join(folder, 'server.json'))).mode & 0o777).toBe(0o600);
});

test('without one there is null, as with one that cannot be understood', async () => {
  const folder = await temporaryFolder();
  expect(await readServerFile(path.join(folder, 'none'))).toBeNull();
  expect(await readServerFile(folder)).toBeNull();
  for (const text of [
    '',
    '{',
    'null',
    '5',
    '[]',
    '{"url": "http://x"}',
    '{"url": 1, "token": 2}',
  ]) {
    await writeFile(path.join(folder, 'server.json'), text);
    expect(await readServerFile(folder)).toBeNull();
  }
});

test('removing it may be done twice', async () => {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, 'other'));
  await writeServerFile(folder, content);
  await removeServerFile(folder);
  await removeServerFile(folder);
  expect(await readdir(folder)).toEqual(['other']);
});
