import { openWorkspace, type Workspace } from '@ridgeline/workspace';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { SigningKeys } from './signing-keys.ts';

const day = 24 * 60 * 60 * 1000;
let workspace: Workspace;
let now: number;

beforeEach(async () => {
  now = Date.UTC(2030, 0, 1);
  workspace = await openWorkspace({ folder: await temporaryFolder() });
});
afterEach(() => workspace.close());

const open = () => new SigningKeys({ secrets: workspace.secrets, now: () => now });
const kids = async (keys: SigningKeys) => (await keys.published()).map(({ kid }) => kid);

test('a key is made once, also when many ask at once, and is there after a restart', async () => {
  const keys = open();
  const all = await Promise.all(Array.from({ length: 5 }, () => keys.current()));
  expect(new Set(all.map(({ kid }) => kid)).size).toBe(1);
  expect((await open().current()).kid).toBe(all[0]?.kid);
});

test('a key that was replaced is published until its last token has ended', async () => {
  const keys = open();
  const old = await keys.current();
  const next = await keys.rotate();
  expect((await keys.current()).kid).toBe(next.kid);
  expect(await kids(keys)).toEqual([next.kid, old.kid]);
  now += day;
  expect(await kids(keys)).toEqual([next.kid]);
});

test('a key is replaced by itself after 90 days', async () => {
  const keys = open();
  const old = await keys.current();
  now += 90 * day - 1;
  expect((await keys.current()).kid).toBe(old.kid);
  now += 1;
  const next = await keys.current();
  expect(next.kid).not.toBe(old.kid);
  expect(await kids(keys)).toEqual([next.kid, old.kid]);
});

test('rotations in a row keep a bounded number', async () => {
  const keys = open();
  for (let turn = 0; turn < 12; turn += 1) await keys.rotate();
  expect((await kids(keys)).length).toBe(10);
});
