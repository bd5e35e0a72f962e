// What every datastore must do, whatever it keeps the files in.
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Datastore } from './datastore.ts';

/** @param open an empty datastore named 'blobs'. */
export function datastoreConformance(open: () => Promise<Datastore>): void {
  let datastore: Datastore;

  beforeEach(async () => {
    datastore = await open();
  });

  test('a file reads back as it was written; writing gives its address, size and digest', async () => {
    const stored = await datastore.write(
      'training-data/diabetes.csv',
      Readable.from([Buffer.from('a'), Buffer.from('bc')]),
    );
    expect(stored).toEqual({
      uri: 'azureml://datastores/blobs/paths/training-data/diabetes.csv',
      sizeBytes: 3,
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    });
    const { sizeBytes, stream } = await datastore.read('training-data/diabetes.csv');
    expect(sizeBytes).toBe(3);
    expect(await text(stream)).toBe('abc');
    const local = await datastore.localPath('training-data/diabetes.csv');
    expect(await readFile(local, 'utf8')).toBe('abc');
  });

  test('a second write replaces the file', async () => {
    await datastore.write('a.csv', Buffer.from('first'));
    await datastore.write('a.csv', Buffer.from('2'));
    expect(await text((await datastore.read('a.csv')).stream)).toBe('2');
  });

  test('a source that breaks leaves nothing, and an older file as it was', async () => {
    await datastore.write('kept.csv', Buffer.from('old'));
    const broken = (): Readable =>
      Readable.from(
        (async function* () {
          yield Buffer.from('half');
          throw new Error('connection lost');
        })(),
      );
    await expect(datastore.write('kept.csv', broken())).rejects.toThrow('connection lost');
    await expect(datastore.write('new.csv', broken())).rejects.toThrow('connection lost');
    expect(await text((await datastore.read('kept.csv')).stream)).toBe('old');
    expect((await datastore.list()).map((entry) => entry.path)).toEqual(['kept.csv']);
  });

  test('lists one level by name; a file, or nothing, has no entries', async () => {
    await datastore.write('b.csv', Buffer.from('12345'));
    await datastore.write('a/c.csv', Buffer.from(''));
    expect(await datastore.list()).toEqual([
      { uri: 'azureml://datastores/blobs/paths/a', path: 'a', isFolder: true, sizeBytes: 0 },
      {
        uri: 'azureml://datastores/blobs/paths/b.csv',
        path: 'b.csv',
        isFolder: false,
        sizeBytes: 5,
      },
    ]);
    expect((await datastore.list('a')).map((entry) => entry.path)).toEqual(['a/c.csv']);
    expect(await datastore.list('b.csv')).toEqual([]);
    expect(await datastore.list('nothing')).toEqual([]);
  });

  test('stat tells file from folder', async () => {
    await datastore.write('a/c.csv', Buffer.from('12'));
    expect(await datastore.stat('a/c.csv')).toMatchObject({ isFolder: false, sizeBytes: 2 });
    expect(await datastore.stat('a')).toMatchObject({ isFolder: true, sizeBytes: 0 });
  });

  test('what is not there is not found, and a folder cannot be read as a file', async () => {
    await datastore.write('a/c.csv', Buffer.from('12'));
    const notFound = { code: 'DATASTORE_FILE_NOT_FOUND', status: 404 };
    await expect(datastore.read('nothing.csv')).rejects.toMatchObject(notFound);
    await expect(datastore.stat('a/c.csv/x')).rejects.toMatchObject(notFound);
    await expect(datastore.localPath('nothing')).rejects.toMatchObject(notFound);
    await expect(datastore.read('a')).rejects.toMatchObject(notFound);
  });

  describe('a path cannot leave the datastore', () => {
    test.each(['', '..', '../x', 'a/../../x', '/etc/passwd', 'C:/x', 'a\\x', 'a\0', 'a//b', 'a/'])(
      '%j',
      async (path) => {
        const refused = { code: 'DATASTORE_PATH_INVALID', status: 400 };
        await expect(datastore.write(path, Buffer.from('x'))).rejects.toMatchObject(refused);
        await expect(datastore.read(path)).rejects.toMatchObject(refused);
        await expect(datastore.stat(path)).rejects.toMatchObject(refused);
        await expect(datastore.list(path)).rejects.toMatchObject(refused);
        await expect(datastore.localPath(path)).rejects.toMatchObject(refused);
      },
    );
  });
}
