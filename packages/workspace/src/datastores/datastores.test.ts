import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { StagingFolder } from '../files/staging-folder.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { datastoreConformance } from './datastore.conformance.ts';
import { datastoreUri, parseDatastoreUri } from './datastore-uri.ts';
import { openFolderDatastores } from './datastores.ts';
import { FolderDatastore } from './folder-datastore.ts';

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});

describe('a folder as datastore', () => {
  const open = async () =>
    new FolderDatastore({
      name: 'blobs',
      folder: join(folder, 'blobs'),
      staging: new StagingFolder(join(folder, '.incoming')),
    });
  datastoreConformance(open);

  test('does not follow a link out of itself', async () => {
    const datastore = await open();
    await datastore.write('a', Buffer.from('x'));
    await writeFile(join(folder, 'outside'), 'secret');
    await symlink('../outside', join(folder, 'blobs', 'link'));
    await expect(datastore.read('link')).rejects.toMatchObject({ code: 'DATASTORE_PATH_INVALID' });
  });
});

describe('the datastores of a workspace', () => {
  test('hold the default one from the start', async () => {
    const datastores = await openFolderDatastores(folder);
    expect(datastores.default.name).toBe('workspaceblobstore');
    expect(datastores.get('workspaceblobstore')).toBe(datastores.default);
    expect(await datastores.default.list()).toEqual([]);
  });

  test('an address leads to its file', async () => {
    const datastores = await openFolderDatastores(folder);
    const { uri } = await datastores.default.write('data/100 %2f#?.csv', Buffer.from('12'));
    const { datastore, path } = datastores.resolveUri(uri);
    expect(await datastore.stat(path)).toMatchObject({ uri, sizeBytes: 2 });
    expect(await readFile(await datastores.localPath(uri), 'utf8')).toBe('12');
  });

  test('an unknown name is not found, and the message says which there are', async () => {
    const datastores = await openFolderDatastores(folder);
    expect(() => datastores.resolveUri('azureml://datastores/blobs/paths/x')).toThrow(
      expect.objectContaining({
        code: 'DATASTORE_NOT_FOUND',
        message: "datastore 'blobs' does not exist; this workspace has 'workspaceblobstore'",
      }),
    );
  });

  test('what a killed process left half written is gone after opening', async () => {
    await mkdir(join(folder, '.incoming'));
    await writeFile(join(folder, '.incoming', 'half'), 'half');
    await openFolderDatastores(folder);
    expect(await readdir(folder)).toEqual(['workspaceblobstore']);
  });
});

describe('an address', () => {
  test('reads back to what it was made of', () => {
    const name = fc.stringMatching(/^[a-z0-9_]+$/);
    fc.assert(
      fc.property(name, fc.string({ minLength: 1 }), (datastore, path) => {
        const address = { datastore, path };
        expect(parseDatastoreUri(datastoreUri(address))).toEqual(address);
      }),
    );
  });

  test.each([
    '',
    'data.csv',
    'file:///etc/passwd',
    'azureml://datastores/workspaceblobstore',
    'azureml://datastores/workspaceblobstore/paths/',
    'azureml://datastores//paths/x',
    'AZUREML://datastores/workspaceblobstore/paths/x',
  ])('%j is none', (uri) => {
    expect(() => parseDatastoreUri(uri)).toThrow(
      expect.objectContaining({ code: 'DATASTORE_URI_INVALID', status: 400 }),
    );
  });
});
