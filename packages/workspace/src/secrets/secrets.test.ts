import { randomBytes } from 'node:crypto';
import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  openWorkspaceDatabase,
  type WorkspaceDatabase,
} from '../database/open-workspace-database.ts';
import { databasePlace } from '../database/temporary-database.fixture.ts';
import { StagingFolder } from '../files/staging-folder.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { decrypt, encrypt } from './cipher.ts';
import { Secrets } from './secrets.ts';

let folder: string;
let database: WorkspaceDatabase;

beforeEach(async () => {
  folder = await temporaryFolder();
  database = await openWorkspaceDatabase(databasePlace(folder));
});

afterEach(() => database.close());

const keyFile = () => join(folder, 'secrets.key');
const open = (fromEnvironment?: string) =>
  Secrets.open({
    database,
    file: keyFile(),
    staging: new StagingFolder(join(folder, '.incoming')),
    fromEnvironment,
  });

describe('a secret', () => {
  test('any text reads back as it was kept, the last one of a name', async () => {
    const secrets = await open();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (value) => {
        await secrets.set('endpoints/diabetes/primary-key', value);
        expect(await secrets.get('endpoints/diabetes/primary-key')).toBe(value);
      }),
      { numRuns: 30 },
    );
  });

  test('is still there when the workspace is opened again', async () => {
    await (await open()).set('storage', 'hunter2');
    expect(await (await open()).get('storage')).toBe('hunter2');
  });

  test('can be deleted, once or twice', async () => {
    const secrets = await open();
    await secrets.set('storage', 'hunter2');
    await secrets.delete('storage');
    await secrets.delete('storage');
    await expect(secrets.get('storage')).rejects.toMatchObject({
      code: 'SECRET_NOT_FOUND',
      status: 404,
      message: expect.stringContaining("'storage'"),
    });
  });

  test('a bad name or value is refused, and the message does not hold the value', async () => {
    const secrets = await open();
    const refused = { code: 'INVALID_PARAMETER_VALUE', status: 400 };
    await expect(secrets.set('', 'x')).rejects.toMatchObject(refused);
    await expect(secrets.set('x'.repeat(256), 'x')).rejects.toMatchObject(refused);
    for (const value of ['hunter2\ud800', 'hunter2'.repeat(20_000)]) {
      const error = await secrets.set('storage', value).catch((reason) => reason);
      expect(error).toMatchObject(refused);
      expect(error.message).not.toContain('hunter2');
    }
  });

  test('stands nowhere on the disk in clear', async () => {
    await (await open()).set('storage', 'hunter2-hunter2-hunter2');
    for (const name of await readdir(folder)) {
      const bytes = await readFile(join(folder, name)).catch(() => Buffer.alloc(0));
      expect(bytes.includes('hunter2'), name).toBe(false);
    }
  });
});

describe('the key', () => {
  test('is made once, for its owner only', async () => {
    await open();
    const first = await readFile(keyFile(), 'utf8');
    await open();
    expect(await readFile(keyFile(), 'utf8')).toBe(first);
    expect(Buffer.from(first, 'base64')).toHaveLength(32);
    expect((await stat(keyFile())).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, '.incoming'))).toEqual([]);
  });

  test('that others may read is closed to them again', async () => {
    await open();
    await chmod(keyFile(), 0o644);
    await open();
    expect((await stat(keyFile())).mode & 0o777).toBe(0o600);
  });

  test('from the environment is used instead of the file, and none is made', async () => {
    const key = randomBytes(32).toString('base64');
    await (await open(key)).set('storage', 'hunter2');
    expect(await (await open(` ${key}\n`)).get('storage')).toBe('hunter2');
    await expect(stat(keyFile())).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test.each([
    ['too short', randomBytes(31).toString('base64'), '31 bytes'],
    ['too long', randomBytes(33).toString('base64'), '33 bytes'],
    ['empty', '', '0 bytes'],
    ['no base64', 'not a key!', 'not base64'],
    ['hexadecimal', randomBytes(32).toString('hex'), '48 bytes'],
  ])('that is %s is refused, and not shown', async (_name, key, found) => {
    const invalid = (where: string) =>
      expect.objectContaining({
        code: 'SECRET_KEY_INVALID',
        message: expect.stringMatching(
          new RegExp(`${where}.*${found}.*expected 32 bytes in base64`),
        ),
      });
    const error = await open(key).catch((reason) => reason);
    expect(error).toEqual(invalid('RIDGELINE_SECRET_KEY'));
    if (key !== '') expect(error.message).not.toContain(key);
    await writeFile(keyFile(), key);
    await expect(open()).rejects.toEqual(invalid('secrets.key'));
  });

  test('if it is wrong, says so, and gives nothing', async () => {
    await (await open()).set('storage', 'hunter2');
    const other = await open(randomBytes(32).toString('base64'));
    await expect(other.get('storage')).rejects.toMatchObject({
      code: 'SECRET_KEY_WRONG',
      message: expect.stringMatching(/'storage'.*secrets\.key.*RIDGELINE_SECRET_KEY/),
    });
  });

  test('if it is missing although secrets exist, is not replaced by a new one', async () => {
    await (await open()).set('storage', 'hunter2');
    await rm(keyFile());
    await expect(open()).rejects.toMatchObject({ code: 'SECRET_KEY_MISSING' });
    await expect(stat(keyFile())).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('encryption', () => {
  const key = randomBytes(32);

  test('never gives the same bytes twice', () => {
    const all = Array.from({ length: 200 }, () => encrypt(key, 'name', 'value'));
    expect(new Set(all.map(({ nonce }) => Buffer.from(nonce).toString('hex'))).size).toBe(200);
    expect(
      new Set(all.map(({ ciphertext }) => Buffer.from(ciphertext).toString('hex'))).size,
    ).toBeGreaterThan(150);
  });

  test('a changed bit anywhere, another name or another key gives nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.constantFrom('nonce', 'ciphertext', 'tag'),
        fc.nat(),
        fc.integer({ min: 0, max: 7 }),
        (value, part, at, bit) => {
          const encrypted = encrypt(key, 'name', value);
          expect(decrypt(key, 'name', encrypted)).toBe(value.toWellFormed());
          const changed = Buffer.from(encrypted[part]);
          const index = at % changed.length;
          changed[index] = (changed[index] ?? 0) ^ (1 << bit);
          expect(decrypt(key, 'name', { ...encrypted, [part]: changed })).toBeNull();
          expect(decrypt(key, 'other', encrypted)).toBeNull();
          expect(decrypt(randomBytes(32), 'name', encrypted)).toBeNull();
        },
      ),
    );
  });

  test('a tag cut short is not accepted', () => {
    const encrypted = encrypt(key, 'name', 'value');
    expect(decrypt(key, 'name', { ...encrypted, tag: encrypted.tag.subarray(0, 4) })).toBeNull();
  });
});
