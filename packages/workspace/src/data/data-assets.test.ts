import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  openWorkspaceDatabase,
  type WorkspaceDatabase,
} from '../database/open-workspace-database.ts';
import { databasePlace } from '../database/temporary-database.fixture.ts';
import { Datastores } from '../datastores/datastores.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { DataAssets } from './data-assets.ts';

let folder: string;
let database: WorkspaceDatabase;
let datastores: Datastores;
let data: DataAssets;
let now: number;

const csv = 'AGE,SEX,Y\n0.03,m,151\n,f,75\n0.08,m,141\n';

beforeEach(async () => {
  folder = await temporaryFolder();
  database = await openWorkspaceDatabase(databasePlace(folder));
  datastores = await Datastores.open({ folder: join(folder, 'datastores'), database });
  now = Date.UTC(2024, 0, 2);
  data = new DataAssets({ database, datastores, clock: () => now });
});

afterEach(() => database.close());

async function upload(path: string, content: string): Promise<string> {
  return (await datastores.default.write(path, Buffer.from(content))).uri;
}

describe('creating', () => {
  test('a file is read, and its schema and size and digest kept', async () => {
    const uri = await upload('training-data/diabetes.csv', csv);
    const asset = await data.create({
      name: 'diabetes_ds',
      uri,
      description: 'diabetes training data',
      tags: { format: 'CSV' },
    });
    expect(asset).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'diabetes_ds',
      version: '1',
      type: 'uri_file',
      description: 'diabetes training data',
      tags: { format: 'CSV' },
      uri: 'azureml://datastores/workspaceblobstore/paths/training-data/diabetes.csv',
      sizeBytes: csv.length,
      fileCount: 1,
      mlTable: null,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      schema: {
        columns: [
          { name: 'AGE', type: 'double', nullable: true },
          { name: 'SEX', type: 'string', nullable: false },
          { name: 'Y', type: 'long', nullable: false },
        ],
      },
      rowCount: 3,
      createdAt: '2024-01-02T00:00:00.000Z',
    });
    expect(await data.get('diabetes_ds', '1')).toEqual(asset);
    expect(asset.sha256).toBe(
      (await datastores.default.write('again.csv', Buffer.from(csv))).sha256,
    );
  });

  test('the profile has the figures of each column', async () => {
    await data.create({ name: 'd', uri: await upload('d.csv', csv) });
    const profile = await data.profile('d', 'latest');
    expect(profile.rowCount).toBe(3);
    expect(profile.columns).toMatchObject([
      { name: 'AGE', missingCount: 1, min: 0.03, max: 0.08 },
      { name: 'SEX', missingCount: 0, distinctCount: 2 },
      { name: 'Y', min: 75, max: 151 },
    ]);
  });

  test('a folder has a digest of its files, and neither schema nor profile', async () => {
    await upload('set/a.csv', '1');
    await upload('set/deep/b.bin', '234');
    const uri = 'azureml://datastores/workspaceblobstore/paths/set';
    const asset = await data.create({ name: 'set', uri });
    expect(asset).toMatchObject({
      type: 'uri_folder',
      sizeBytes: 4,
      fileCount: 2,
      schema: null,
      rowCount: null,
    });
    expect(await data.create({ name: 'set', version: '1', uri: `${uri}/` })).toEqual(asset);
    expect(await data.create({ name: 'set', version: '1', uri })).toEqual(asset);
    await expect(data.profile('set', '1')).rejects.toMatchObject({
      code: 'DATA_PROFILE_NOT_FOUND',
      status: 404,
    });
  });

  test.each([
    ['broken.csv', 'a,b\n1,2\n3,4,5\n'],
    ['empty.csv', ''],
    ['noise.parquet', 'this is no parquet'],
    ['lines.jsonl', '{"a":1}\n{"a":'],
    ['picture.png', 'what'],
  ])('%s cannot be read, registers nothing, and is named by its address', async (path, content) => {
    const uri = await upload(path, content);
    await expect(data.create({ name: 'd', uri })).rejects.toMatchObject({
      code: expect.stringMatching(/^DATA_/),
      status: 400,
      message: expect.stringContaining(uri),
    });
    await expect(data.create({ name: 'd', uri })).rejects.not.toMatchObject({
      message: expect.stringContaining(folder),
    });
    expect(await data.list()).toEqual([]);
  });

  test('a file that is not there, on a datastore that is not there, by an address that is none', async () => {
    const create = (uri: string) => data.create({ name: 'd', uri });
    await expect(
      create('azureml://datastores/workspaceblobstore/paths/no.csv'),
    ).rejects.toMatchObject({ code: 'DATASTORE_FILE_NOT_FOUND' });
    await expect(create('azureml://datastores/other/paths/no.csv')).rejects.toMatchObject({
      code: 'DATASTORE_NOT_FOUND',
    });
    await expect(create('/etc/passwd')).rejects.toMatchObject({ code: 'DATASTORE_URI_INVALID' });
    await expect(
      create('azureml://datastores/workspaceblobstore/paths/../../../etc/passwd'),
    ).rejects.toMatchObject({ code: 'DATASTORE_PATH_INVALID' });
    expect(await data.list()).toEqual([]);
  });

  test.each([
    ['an empty name', { name: '' }],
    ['a name with a slash', { name: 'a/b' }],
    ['a name with a colon', { name: 'a:1' }],
    ['a name too long', { name: 'a'.repeat(256) }],
    ['an empty version', { version: '' }],
    ['a version with a blank', { version: '1 2' }],
    ['the version latest', { version: 'latest' }],
    ['a version too long', { version: '1'.repeat(31) }],
    ['a description too long', { description: 'x'.repeat(5_001) }],
    ['a tag without a name', { tags: { '': 'x' } }],
  ])('%s is refused', async (_name, part) => {
    const uri = await upload('d.csv', csv);
    await expect(data.create({ name: 'd', uri, ...part })).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
      status: 400,
    });
    expect(await data.list()).toEqual([]);
  });
});

describe('a table of several files', () => {
  const folder = 'azureml://datastores/workspaceblobstore/paths/sales';
  const readCsv = 'transformations:\n  - read_delimited:\n';

  test('is one table, with the schema and the profile of all its rows', async () => {
    await upload('sales/parts/a.csv', 'x,city\n1,Rome\n2,\n');
    await upload('sales/parts/b.csv', 'city,x\nOslo,0.5\n');
    await upload('sales/notes.txt', 'no table');
    await upload('sales/MLTable', `paths:\n  - pattern: ./parts/*.csv\n${readCsv}`);
    const asset = await data.create({ name: 'sales', uri: folder, type: 'mltable' });
    expect(asset).toMatchObject({
      type: 'mltable',
      rowCount: 3,
      fileCount: 4,
      schema: {
        columns: [
          { name: 'x', type: 'double' },
          { name: 'city', type: 'string' },
        ],
      },
      mlTable: { paths: [{ kind: 'pattern', path: 'parts/*.csv' }], reader: { format: 'csv' } },
    });
    expect(await data.profile('sales', '1')).toMatchObject({
      rowCount: 3,
      columns: [
        { min: 0.5, max: 2 },
        { distinctCount: 2, missingCount: 1 },
      ],
    });
    expect(await data.localPath(asset)).toBe(await datastores.default.localPath('sales'));
  });

  test('may lie elsewhere on a datastore, and is found changed there too', async () => {
    const uri = await upload('elsewhere/a.csv', csv);
    await upload('sales/MLTable', `paths:\n  - file: ${uri}\n${readCsv}`);
    const asset = await data.create({ name: 'sales', uri: folder, type: 'mltable' });
    expect(asset).toMatchObject({ rowCount: 3, fileCount: 2 });
    await data.localPath(asset);
    await upload('elsewhere/a.csv', `${csv}0.1,f,2\n`);
    await expect(data.localPath(asset)).rejects.toMatchObject({ code: 'DATA_ASSET_CHANGED' });
  });

  test('that nothing reads as a table is registered without a schema', async () => {
    await upload('sales/a.bin', 'x');
    await upload('sales/MLTable', 'paths:\n  - folder: .\n');
    const asset = await data.create({ name: 'sales', uri: folder, type: 'mltable' });
    expect(asset).toMatchObject({ type: 'mltable', schema: null, rowCount: null });
  });

  test.each([
    ['no MLTable file', null, 'ML_TABLE_INVALID', "has no file 'MLTable'"],
    ['one that is none', 'paths: x', 'ML_TABLE_INVALID', 'sales/MLTable:1:8: error'],
    ['one that leaves its folder', 'paths: [{file: ../x}]', 'ML_TABLE_INVALID', 'leaves'],
    ['one that names nothing', 'paths: [{file: none.csv}]', 'ML_TABLE_INVALID', 'no file is there'],
    [
      'one of a datastore that is not there',
      'paths: [{file: azureml://datastores/none/paths/x}]',
      'DATASTORE_NOT_FOUND',
      'none',
    ],
    [
      'one that leaves its datastore',
      'paths: [{file: azureml://datastores/workspaceblobstore/paths/../../workspace.db}]',
      'DATASTORE_PATH_INVALID',
      'workspace.db',
    ],
    [
      'files with other columns',
      `paths: [{pattern: '*.csv'}]\n${readCsv}`,
      'TABLE_INVALID',
      'need the same columns',
    ],
  ])('%s is refused, and registers nothing', async (_name, text, code, words) => {
    await upload('sales/a.csv', 'a\n1\n');
    await upload('sales/b.csv', 'b\n1\n');
    if (text !== null) await upload('sales/MLTable', text);
    const asked = data.create({ name: 'sales', uri: folder, type: 'mltable' });
    await expect(asked).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
    await expect(asked).rejects.not.toMatchObject({
      message: expect.stringContaining(await datastores.default.localPath('sales')),
    });
    expect(await data.list()).toEqual([]);
  });

  test('a file is no folder, and a folder no file', async () => {
    const uri = await upload('sales/a.csv', csv);
    await expect(data.create({ name: 'd', uri, type: 'uri_folder' })).rejects.toThrow('is a file');
    await expect(data.create({ name: 'd', uri, type: 'mltable' })).rejects.toThrow('is a file');
    await expect(data.create({ name: 'd', uri: folder, type: 'uri_file' })).rejects.toThrow(
      'is a folder',
    );
  });
});

describe('the id of an asset', () => {
  test('leads to its version, in any case, for as long as the workspace is', async () => {
    const uri = await upload('d.csv', csv);
    const [first, second] = [
      await data.create({ name: 'd', uri }),
      await data.create({ name: 'd', uri }),
    ];
    expect(first.id).not.toBe(second.id);
    expect(await data.getById(first.id.toUpperCase())).toEqual(first);
    expect(await data.getById(second.id)).toEqual(second);
  });

  test.each(['', 'x', "' or 1=1", '00000000-0000-0000-0000-000000000000'])(
    '%j is none',
    async (id) => {
      await expect(data.getById(id)).rejects.toMatchObject({ code: 'DATA_ASSET_NOT_FOUND' });
    },
  );
});

describe('versions', () => {
  test('count up by one, also where many are made at once', async () => {
    const uri = await upload('d.csv', csv);
    const made = await Promise.all(
      Array.from({ length: 5 }, () => data.create({ name: 'd', uri })),
    );
    expect(made.map((asset) => asset.version).sort()).toEqual(['1', '2', '3', '4', '5']);
    expect((await data.versions('d')).map((asset) => asset.version)).toEqual([
      '5',
      '4',
      '3',
      '2',
      '1',
    ]);
  });

  test('can be named; latest is the one made last, and numbers go on from the highest', async () => {
    const uri = await upload('d.csv', csv);
    for (const version of ['7', '2024-05', '3']) await data.create({ name: 'd', version, uri });
    expect((await data.get('d', 'latest')).version).toBe('3');
    expect((await data.create({ name: 'd', uri })).version).toBe('8');
    const long = '9'.repeat(30);
    await data.create({ name: 'd', version: long, uri });
    expect((await data.create({ name: 'd', uri })).version).toBe(`1${'0'.repeat(30)}`);
    expect((await data.versions('d')).map((asset) => asset.version)).toEqual([
      `1${'0'.repeat(30)}`,
      long,
      '8',
      '3',
      '2024-05',
      '7',
    ]);
  });

  test('the same content under the same version is the same asset', async () => {
    const first = await data.create({ name: 'd', version: '1', uri: await upload('a.csv', csv) });
    now += 1_000;
    const again = await data.create({ name: 'd', version: '1', uri: await upload('b.csv', csv) });
    expect(again).toEqual(first);
    expect(await data.versions('d')).toHaveLength(1);
  });

  test('other content under the same version is refused', async () => {
    const first = await data.create({ name: 'd', version: '1', uri: await upload('a.csv', csv) });
    const uri = await upload('b.csv', `${csv}0.1,f,2\n`);
    await expect(data.create({ name: 'd', version: '1', uri })).rejects.toMatchObject({
      code: 'RESOURCE_ALREADY_EXISTS',
      message: expect.stringContaining("already has a version '1'"),
    });
    expect(await data.versions('d')).toEqual([first]);
  });

  test('a list has the latest version of each name', async () => {
    const uri = await upload('d.csv', csv);
    for (const name of ['b', 'a', 'b']) await data.create({ name, uri });
    expect((await data.list()).map(({ name, version }) => `${name}:${version}`)).toEqual([
      'a:1',
      'b:2',
    ]);
  });

  test('what does not exist is not found, and the message says what does', async () => {
    await expect(data.versions('d')).rejects.toMatchObject({
      code: 'DATA_ASSET_NOT_FOUND',
      status: 404,
      message: "data asset 'd' does not exist; this workspace has none",
    });
    await data.create({ name: 'diabetes', uri: await upload('d.csv', csv) });
    await expect(data.get('diabtes', '1')).rejects.toThrow(
      "data asset 'diabtes' does not exist; this workspace has 'diabetes'",
    );
    await expect(data.get('diabetes', '2')).rejects.toThrow(
      "data asset 'diabetes' has no version '2'; it has '1'",
    );
    await expect(data.profile('diabetes', '2')).rejects.toMatchObject({
      code: 'DATA_ASSET_NOT_FOUND',
    });
  });
});

describe('the local path of an asset', () => {
  test('leads to its file', async () => {
    const asset = await data.create({ name: 'd', uri: await upload('d.csv', csv) });
    expect(await data.localPath(asset)).toBe(await datastores.default.localPath('d.csv'));
  });

  test('is not given for a file that was replaced behind its back, even by one as long', async () => {
    const asset = await data.create({ name: 'd', uri: await upload('d.csv', csv) });
    await upload('d.csv', csv.replace('151', '152'));
    await expect(data.localPath(asset)).rejects.toMatchObject({
      code: 'DATA_ASSET_CHANGED',
      status: 409,
    });
    await upload('d.csv', csv);
    await data.localPath(asset);
  });

  test('is not given for a folder that has one file more, or for a file that is gone', async () => {
    await upload('set/a.csv', csv);
    const uri = 'azureml://datastores/workspaceblobstore/paths/set';
    const asset = await data.create({ name: 'set', uri });
    await data.localPath(asset);
    await writeFile(join(await datastores.default.localPath('set'), 'b.csv'), csv);
    await expect(data.localPath(asset)).rejects.toMatchObject({ code: 'DATA_ASSET_CHANGED' });
    await rm(await datastores.default.localPath('set'), { recursive: true });
    await expect(data.localPath(asset)).rejects.toMatchObject({ code: 'DATASTORE_FILE_NOT_FOUND' });
  });
});
