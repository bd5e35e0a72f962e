import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  openWorkspaceDatabase,
  type WorkspaceDatabase,
} from '../database/open-workspace-database.ts';
import { databasePlace } from '../database/temporary-database.fixture.ts';
import { StagingFolder } from '../files/staging-folder.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { datastoreConformance } from './datastore.conformance.ts';
import { datastoreUri, parseDatastoreUri } from './datastore-uri.ts';
import { Datastores } from './datastores.ts';
import { FolderDatastore, stagingPrefix } from './folder-datastore.ts';
import type { NewDatastore } from './new-datastore.ts';

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

describe('a folder of the machine as datastore', () => {
  datastoreConformance(async () => {
    const place = await temporaryFolder();
    const staging = new StagingFolder(join(place, `${stagingPrefix}1`));
    return new FolderDatastore({ name: 'blobs', folder: place, staging, foreign: true });
  });
});

describe('the datastores of a workspace', () => {
  let database: WorkspaceDatabase;
  const open = () => Datastores.open({ folder: join(folder, 'datastores'), database });

  beforeEach(async () => {
    database = await openWorkspaceDatabase(databasePlace(folder));
  });
  afterEach(() => database.close());

  test('hold the default one from the start', async () => {
    const datastores = await open();
    expect(datastores.default.name).toBe('workspaceblobstore');
    expect(await datastores.get('workspaceblobstore')).toBe(datastores.default);
    expect(await datastores.default.list()).toEqual([]);
    expect(await datastores.list()).toMatchObject([
      { isDefault: true, kind: 'folder', folder: null },
    ]);
  });

  test('an address leads to its file', async () => {
    const datastores = await open();
    const { uri } = await datastores.default.write('data/100 %2f#?.csv', Buffer.from('12'));
    const { datastore, path } = await datastores.resolveUri(uri);
    expect(await datastore.stat(path)).toMatchObject({ uri, sizeBytes: 2 });
    expect(await readFile(await datastores.localPath(uri), 'utf8')).toBe('12');
  });

  test('an unknown name is not found, and the message says which there are', async () => {
    const datastores = await open();
    await expect(datastores.resolveUri('azureml://datastores/blobs/paths/x')).rejects.toThrow(
      expect.objectContaining({
        code: 'DATASTORE_NOT_FOUND',
        message: "datastore 'blobs' does not exist; this workspace has 'workspaceblobstore'",
      }),
    );
  });

  test('what a killed process left half written is gone after opening', async () => {
    const own = join(folder, 'datastores');
    await mkdir(join(own, '.incoming'), { recursive: true });
    await writeFile(join(own, '.incoming', 'half'), 'half');
    await open();
    expect(await readdir(own)).toEqual(['workspaceblobstore']);
  });

  describe('a stand-in', () => {
    const blobs = { type: 'azure_blob', account: 'mlstore', container: 'training' } as const;

    test('is a folder of the workspace under the name of the storage, and stays', async () => {
      const datastores = await open();
      const asked = { name: 'blob_store', standInFor: blobs, tags: { team: 'a' } };
      const { datastore, created } = await datastores.getOrCreate(asked);
      expect(created).toBe(true);
      expect(datastore).toMatchObject({
        name: 'blob_store',
        kind: 'folder',
        folder: null,
        isDefault: false,
        standInFor: blobs,
        tags: { team: 'a' },
      });
      const { uri } = await (await datastores.get('blob_store')).write('a/b.csv', Buffer.from('x'));
      const again = await open();
      expect(await again.info('blob_store')).toEqual(datastore);
      expect(await readFile(await again.localPath(uri), 'utf8')).toBe('x');
      expect((await again.list()).map(({ name }) => name)).toEqual([
        'workspaceblobstore',
        'blob_store',
      ]);
    });

    test('that exists is found; one of another storage is refused', async () => {
      const datastores = await open();
      const first = await datastores.getOrCreate({ name: 'blobs', standInFor: blobs });
      const again = await datastores.getOrCreate({ name: 'BLOBS', standInFor: blobs });
      expect(again).toEqual({ datastore: first.datastore, created: false });
      const other = { ...blobs, container: 'other' };
      for (const name of ['blobs', 'workspaceblobstore']) {
        await expect(datastores.getOrCreate({ name, standInFor: other })).rejects.toMatchObject({
          code: 'RESOURCE_ALREADY_EXISTS',
        });
      }
    });

    test('is made once, also where many ask at once', async () => {
      const datastores = await open();
      const asked = Array.from({ length: 5 }, () =>
        datastores.getOrCreate({ name: 'blobs', standInFor: blobs }),
      );
      expect((await Promise.all(asked)).filter(({ created }) => created)).toHaveLength(1);
    });
  });

  test('what another server makes is there at once, and is made by one of them', async () => {
    const servers = await Promise.all([open(), open()]);
    const [one, other] = servers;
    const standInFor = { type: 'azure_blob', account: 'mlstore', container: 'first' } as const;
    const asked = servers.map((each) => each.getOrCreate({ name: 'blobs', standInFor }));
    const made = await Promise.all(asked);
    expect(made.filter(({ created }) => created)).toHaveLength(1);
    await one?.getOrCreate({ name: 'later', standInFor: { ...standInFor, container: 'second' } });
    expect((await other?.get('later'))?.name).toBe('later');
    expect((await one?.list())?.length).toBe((await other?.list())?.length);
    const elsewhere = { name: 'LATER', standInFor: { ...standInFor, container: 'third' } };
    await expect(other?.getOrCreate(elsewhere)).rejects.toMatchObject({
      code: 'RESOURCE_ALREADY_EXISTS',
    });
  });

  describe('a folder of this machine', () => {
    let outside: string;

    beforeEach(async () => {
      outside = await temporaryFolder();
    });

    test('is read and written in place, and nothing else shows in it', async () => {
      await writeFile(join(outside, 'old.csv'), 'old');
      const datastores = await open();
      await datastores.getOrCreate({ name: 'share', folder: outside });
      const share = await datastores.get('share');
      await share.write('new/data.csv', Buffer.from('new'));
      expect(await readFile(join(outside, 'new', 'data.csv'), 'utf8')).toBe('new');
      expect((await share.list()).map(({ path }) => path)).toEqual(['new', 'old.csv']);
    });

    test('cannot be left, by a path or by a link, and its staging is no part of it', async () => {
      const datastores = await open();
      await datastores.getOrCreate({ name: 'share', folder: outside });
      const share = await datastores.get('share');
      await share.write('a', Buffer.from('x'));
      await symlink(folder, join(outside, 'link'));
      const staging = (await readdir(outside)).find((name) => name.startsWith('.ridgeline-'));
      for (const path of ['../x', 'link/workspace.db', `${staging}/x`]) {
        await expect(share.write(path, Buffer.from('x'))).rejects.toMatchObject({
          code: 'DATASTORE_PATH_INVALID',
        });
        await expect(share.localPath(path)).rejects.toMatchObject({
          code: 'DATASTORE_PATH_INVALID',
        });
      }
    });

    test('that is gone is not made anew', async () => {
      const datastores = await open();
      await datastores.getOrCreate({ name: 'share', folder: outside });
      await rm(outside, { recursive: true });
      const share = await (await open()).get('share');
      await expect(share.write('a', Buffer.from('x'))).rejects.toMatchObject({
        code: 'DATASTORE_FOLDER_MISSING',
        status: 409,
      });
      await expect(readdir(outside)).rejects.toMatchObject({ code: 'ENOENT' });
    });

    test('that holds the workspace, or lies in it, is refused', async () => {
      const datastores = await open();
      await symlink(folder, join(outside, 'link'));
      const places = [
        folder,
        join(folder, 'datastores'),
        dirname(folder),
        '/',
        join(outside, 'link'),
      ];
      for (const place of places) {
        await expect(
          datastores.getOrCreate({ name: 'share', folder: place }),
        ).rejects.toMatchObject({
          code: 'DATASTORE_FOLDER_INVALID',
          status: 400,
        });
      }
      expect(await datastores.list()).toHaveLength(1);
    });

    test.each(['relative', '/nowhere/at/all', '/etc/passwd', './x'])(
      '%j is none',
      async (place) => {
        const datastores = await open();
        await expect(
          datastores.getOrCreate({ name: 'share', folder: place }),
        ).rejects.toMatchObject({
          code: 'DATASTORE_FOLDER_INVALID',
        });
      },
    );
  });

  test.each([
    ['no place', {}],
    ['two places', { folder: '/', standInFor: { type: 'azure_blob' } }],
    ['another storage', { standInFor: { type: 's3', account: 'abc', container: 'abc' } }],
    ['no account', { standInFor: { type: 'azure_blob', container: 'abc' } }],
    [
      'an account that cannot be',
      { standInFor: { type: 'azure_blob', account: 'A/B', container: 'abc' } },
    ],
    [
      'a container that leaves',
      { standInFor: { type: 'azure_file', account: 'abc', container: '../x' } },
    ],
    ['nothing at all', { standInFor: null }],
    [
      'a name with a slash',
      { name: '../x', standInFor: { type: 'azure_blob', account: 'abc', container: 'abc' } },
    ],
    [
      'an empty name',
      { name: '', standInFor: { type: 'azure_blob', account: 'abc', container: 'abc' } },
    ],
  ])('%s is refused', async (_name, part) => {
    const datastores = await open();
    const asked = { name: 'blobs', ...part } as NewDatastore;
    await expect(datastores.getOrCreate(asked)).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
    });
    expect(await readdir(join(folder, 'datastores'))).toEqual(['workspaceblobstore']);
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
