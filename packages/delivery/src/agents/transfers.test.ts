// Files on their way are whole or not there, and none leaves its folder.
import { randomUUID } from 'node:crypto';
import { access, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Transfers } from './transfers.ts';

const id = randomUUID();
let folder: string;
let transfers: Transfers;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'transfers-'));
  transfers = new Transfers(path.join(folder, 'lease'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function* bytes(...parts: readonly (string | Error)[]) {
  for (const part of parts) {
    if (part instanceof Error) throw part;
    yield Buffer.from(part);
  }
}

describe('a file that comes in', () => {
  test('is there when it is whole, and can be sent again', async () => {
    await transfers.write(id, 'a/b.txt', bytes('one', ' two'), false);
    await transfers.write(id, 'a/b.txt', bytes('again'), false);
    const whole = path.join(await transfers.incoming(id), 'a/b.txt');
    expect(await readFile(whole, 'utf8')).toBe('again');
  });

  test('that breaks off leaves what was there before', async () => {
    await transfers.write(id, 'a.txt', bytes('before'), false);
    const broken = transfers.write(id, 'a.txt', bytes('half', new Error('gone')), false);
    await expect(broken).rejects.toThrow('gone');
    const whole = path.join(await transfers.incoming(id), 'a.txt');
    expect(await readFile(whole, 'utf8')).toBe('before');
  });

  test.each([
    '../a',
    'a/../../b',
    '/etc/passwd',
    'a//b',
    './a',
    '',
    'a\\b',
    'a\0b',
    'x'.repeat(3_000),
  ])('is refused at %j', async (file) => {
    const refused = transfers.write(id, file, bytes('x'), false);
    await expect(refused).rejects.toMatchObject({ code: 'AGENT_TRANSFER_INVALID' });
  });

  test('cannot take the place of a folder, or make one of a file', async () => {
    await transfers.write(id, 'a/b', bytes('x'), false);
    const refused = { code: 'AGENT_TRANSFER_INVALID' };
    await expect(transfers.write(id, 'a', bytes('x'), false)).rejects.toMatchObject(refused);
    await expect(transfers.write(id, 'a/b/c', bytes('x'), false)).rejects.toMatchObject(refused);
  });
});

describe('a file that goes out', () => {
  test('is read by its path, and a link within the folder as what it leads to', async () => {
    const out = await transfers.outgoing(id);
    await writeFile(path.join(out, 'a.txt'), 'content');
    await symlink('a.txt', path.join(out, 'link'));
    for (const file of ['a.txt', 'link'])
      expect(await text((await transfers.read(id, file)).stream)).toBe('content');
  });

  test('is not found outside of the folder, by no path and by no link', async () => {
    const out = await transfers.outgoing(id);
    await writeFile(path.join(folder, 'secret'), 'secret');
    await symlink(folder, path.join(out, 'up'));
    await symlink(path.join(folder, 'secret'), path.join(out, 'link'));
    for (const file of ['up/secret', 'link', 'nothing'])
      await expect(transfers.read(id, file)).rejects.toMatchObject({
        code: 'AGENT_FILE_NOT_FOUND',
      });
    const above = transfers.read(id, '../secret');
    await expect(above).rejects.toMatchObject({ code: 'AGENT_TRANSFER_INVALID' });
  });

  test('is of what was made ready, and not of what came in', async () => {
    await transfers.write(id, 'a', bytes('x'), false);
    await expect(transfers.read(id, 'a')).rejects.toMatchObject({ code: 'AGENT_FILE_NOT_FOUND' });
  });
});

test.each(['..', '../../up', 'a', ''])(
  'a transfer has no other name than a UUID: %j',
  async (name) => {
    const refused = { code: 'AGENT_TRANSFER_INVALID' };
    await expect(transfers.write(name, 'a', bytes('x'), false)).rejects.toMatchObject(refused);
    await expect(transfers.read(name, 'a')).rejects.toMatchObject(refused);
    await expect(transfers.end(name)).rejects.toMatchObject(refused);
  },
);

test('what a lease leaves is gone with it', async () => {
  await transfers.write(id, 'a', bytes('x'), false);
  await transfers.endAll();
  await expect(access(path.join(folder, 'lease'))).rejects.toThrow();
});
