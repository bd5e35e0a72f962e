import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openLab } from '../assets.fixture.ts';
import { maxFileBytes } from './file-content.ts';

const key = Buffer.from(
  '-----BEGIN PRIVATE KEY-----\nhunter2-hunter2\n-----END PRIVATE KEY-----\n',
);
const CI = { name: 'signing.key', pipelines: ['CI'] };

async function* stream(...chunks: readonly Uint8Array[]) {
  yield* chunks;
}

describe('a secure file', () => {
  test('is made, read, listed, changed and deleted, and its content is nowhere', async () => {
    const lab = await openLab();
    const { files } = lab.assets;
    const made = await files.create({ ...CI, description: 'signs' }, stream(key), 'ada');
    expect(made).toMatchObject({ ...CI, sizeBytes: key.length, createdBy: 'ada' });
    expect(JSON.stringify(made)).not.toContain('hunter2');
    expect(await lab.filesWith('hunter2')).toEqual([]);
    expect(await lab.filesWith(key.toString('base64'))).toEqual([]);
    await files.create({ name: 'another' }, stream(key));
    expect((await files.list(9)).map(({ name }) => name)).toEqual(['another', 'signing.key']);
    const changed = await files.update('SIGNING.KEY', { name: 'new.key', pipelines: ['CD'] });
    expect(changed).toMatchObject({ name: 'new.key', pipelines: ['CD'], sizeBytes: key.length });
    expect(await files.get('new.key')).toEqual(changed);
    await files.delete('new.key');
    await expect(files.get('new.key')).rejects.toMatchObject({ code: 'SECURE_FILE_NOT_FOUND' });
    expect(await lab.secretCount()).toBe(1);
  });

  test('is given to a build of a pipeline that may use it, and to no other', async () => {
    const lab = await openLab();
    await lab.assets.files.create(CI, stream(key));
    const { files } = await lab.reopen();
    expect(Buffer.from(await files.read('Signing.Key', 'ci'))).toEqual(key);
    await expect(files.read('signing.key', 'CD')).rejects.toMatchObject({
      code: 'SECURE_FILE_NOT_PERMITTED',
      status: 403,
      message: expect.stringContaining("secure-file update 'signing.key' --allow-pipeline 'CD'"),
    });
    await expect(files.read('singing.key', 'CI')).rejects.toThrow('Did you mean "signing.key"?');
  });

  test('comes back byte by byte, however it was cut', async () => {
    const { files } = (await openLab()).assets;
    let count = 0;
    const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { minLength: 1 });
    const repeated = fc.tuple(chunks, fc.integer({ min: 1, max: 4_000 }));
    const property = fc.asyncProperty(repeated, async ([some, times]) => {
      count += 1;
      const all = some.map((chunk) => Buffer.concat(Array.from({ length: times }, () => chunk)));
      const name = `file ${count}`;
      await files.create({ name, allowAllPipelines: true }, stream(...all));
      expect(Buffer.from(await files.read(name, 'x')).equals(Buffer.concat(all))).toBe(true);
    });
    await fc.assert(property, { numRuns: 25 });
  });

  test('may have 10 MB, and not a byte more', async () => {
    const lab = await openLab();
    const { files } = lab.assets;
    const whole = randomBytes(maxFileBytes);
    await files.create({ name: 'whole', allowAllPipelines: true }, stream(whole));
    expect(Buffer.from(await files.read('whole', 'x')).equals(whole)).toBe(true);
    const kept = await lab.secretCount();
    const more = files.create({ name: 'more' }, stream(whole, Buffer.from('x')));
    await expect(more).rejects.toMatchObject({ code: 'SECURE_FILE_TOO_LARGE', status: 413 });
    expect(await lab.secretCount()).toBe(kept);
  });
});

describe('a secure file that does not come whole', () => {
  test('leaves nothing behind where its sender goes away', async () => {
    const lab = await openLab();
    async function* broken() {
      yield randomBytes(200_000);
      throw new Error('gone');
    }
    await expect(lab.assets.files.create(CI, broken())).rejects.toThrow('gone');
    expect(await lab.secretCount()).toBe(0);
    expect(await lab.assets.files.list(9)).toEqual([]);
  });

  test('of two of one name at once, one is there and the other is refused', async () => {
    const lab = await openLab();
    const { files } = lab.assets;
    const outcomes = await Promise.allSettled(
      ['one', 'other'].map((text) => files.create(CI, stream(Buffer.from(text)))),
    );
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'SECURE_FILE_EXISTS' },
    });
    expect(await lab.secretCount()).toBe(1);
  });

  test('what a killed server has kept of it is removed at the next start', async () => {
    const lab = await openLab();
    await lab.assets.files.create(CI, stream(key));
    await lab.workspace.secrets.set('delivery-asset:half', 'lost');
    const { files } = await lab.reopen();
    expect(await lab.secretCount()).toBe(1);
    expect(Buffer.from(await files.read('signing.key', 'CI'))).toEqual(key);
  });
});

describe('what is wrong with a secure file', () => {
  test.each([
    ['', 'is empty'],
    ['.', 'name of a folder'],
    ['..', 'name of a folder'],
    ['../key', "holds a '/'"],
    ['a\\b', "holds a '/'"],
    ['$(KEY)', "'$'"],
    ['a\nb', 'control'],
    ['key\u202Efdp', 'invisible'],
    ['key\u200B', 'invisible'],
    ['é'.repeat(200), 'longer than 255 bytes'],
  ])('the name %j is refused', async (name, words) => {
    const { files } = (await openLab()).assets;
    await expect(files.create({ name }, stream(key))).rejects.toMatchObject({
      code: 'SECURE_FILE_INVALID',
      message: expect.stringContaining(words),
    });
  });

  test('an empty one is refused, and one whose name looks the same', async () => {
    const { files } = (await openLab()).assets;
    await expect(files.create(CI, stream())).rejects.toThrow('is empty');
    await files.create({ name: 'clé.key' }, stream(key));
    const decomposed = files.create({ name: 'CLE\u0301.key' }, stream(key));
    await expect(decomposed).rejects.toMatchObject({ code: 'SECURE_FILE_EXISTS' });
    const renamed = files.update('CLE\u0301.KEY', { name: 'b'.repeat(256) });
    await expect(renamed).rejects.toMatchObject({ code: 'SECURE_FILE_INVALID' });
  });
});
