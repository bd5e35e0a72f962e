import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { discardFolder } from './discard-folder.ts';

test('removes a folder that holds folders made read-only', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'discard-'));
  const inner = path.join(folder, 'cache', 'module');
  await mkdir(inner, { recursive: true });
  await writeFile(path.join(inner, 'file'), '');
  await chmod(inner, 0o555);
  await chmod(path.dirname(inner), 0o555);
  await discardFolder(folder);
  expect(existsSync(folder)).toBe(false);
});

test('does nothing where nothing is', async () => {
  await expect(discardFolder(path.join(tmpdir(), 'discard-nothing'))).resolves.toBeUndefined();
});
