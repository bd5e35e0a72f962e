// Local files as bodies: what is no file is refused before anything is sent.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileBody } from './files.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'files-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a file is its bytes', async () => {
  const file = path.join(folder, 'a.key');
  await writeFile(file, 'content');
  expect(await (await fileBody(file)).text()).toBe('content');
});

test('a folder is told as one, and not as a server that cannot be reached', async () => {
  const refused = { code: 'LOCAL_PATH_NOT_FOUND', message: `'${folder}' is no file; name one` };
  await expect(fileBody(folder)).rejects.toMatchObject(refused);
});
