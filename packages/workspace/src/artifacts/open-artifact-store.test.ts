// Which store a workspace's artifacts go to: as it is asked for, and as its folder remembers.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { StoreServer, storeKinds } from '../../test/object-stores/store-server.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { FolderArtifactStore } from './folder-artifact-store.ts';
import { ObjectArtifactStore } from './object-artifact-store.ts';
import { openArtifactStore } from './open-artifact-store.ts';

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  vi.stubEnv('RIDGELINE_ARTIFACTS', '');
});
afterEach(() => vi.unstubAllEnvs());

const open = (address?: string) =>
  openArtifactStore({ folder, address, isShared: false, experimentIdOf: async () => '1' });
const invalid = { code: 'WORKSPACE_FOLDER_INVALID' };

test('without a word it is the folder', async () => {
  expect(await open()).toBeInstanceOf(FolderArtifactStore);
});

describe.each(storeKinds)('a store of %s', (kind) => {
  let server: StoreServer;
  let address: string;

  beforeAll(async () => {
    server = await StoreServer.start(kind);
    address = server.address('team/a');
  });
  afterAll(() => server.close());
  beforeEach(() => {
    for (const [name, value] of Object.entries(server.environment)) vi.stubEnv(name, value);
  });

  test('is remembered by the folder, which then belongs to no other', async () => {
    expect(await open(address)).toBeInstanceOf(ObjectArtifactStore);
    expect(await readFile(join(folder, 'artifacts.txt'), 'utf8')).toBe(`${address}\n`);
    expect(await open()).toBeInstanceOf(ObjectArtifactStore);
    expect(await open(`${address}/`)).toBeInstanceOf(ObjectArtifactStore);
    await expect(open(server.address('team/b'))).rejects.toMatchObject({
      ...invalid,
      message: expect.stringContaining(address),
    });
  });

  test('can be named by the variable', async () => {
    vi.stubEnv('RIDGELINE_ARTIFACTS', address);
    expect(await open()).toBeInstanceOf(ObjectArtifactStore);
  });

  test('is not taken for a folder that has artifacts of its own', async () => {
    await mkdir(join(folder, 'artifacts', '0'), { recursive: true });
    await expect(open(address)).rejects.toMatchObject(invalid);
    expect(await open()).toBeInstanceOf(FolderArtifactStore);
  });

  const wrong = {
    s3: [
      ['a bucket that is not there', { address: 's3://no-such-bucket/a' }, 'make the bucket'],
      ['another key', { AWS_ACCESS_KEY_ID: 'OTHER' }, 'AWS_ACCESS_KEY_ID'],
      ['another secret', { AWS_SECRET_ACCESS_KEY: 'geheim' }, 'set AWS_SECRET_ACCESS_KEY'],
    ],
    azure: [
      ['a container that is not there', { container: 'nothing' }, 'make the container'],
      ['another key', { AZURE_STORAGE_KEY: 'Z2VoZWlt' }, 'check AZURE_STORAGE_CONNECTION_STRING'],
      ['no key', { AZURE_STORAGE_KEY: '' }, 'set AZURE_STORAGE_CONNECTION_STRING'],
      [
        'a token that is none',
        { AZURE_STORAGE_KEY: '', AZURE_STORAGE_SAS_TOKEN: '?sv=2020-08-04&sig=geheim' },
        'check AZURE_STORAGE_CONNECTION_STRING',
      ],
      [
        'the connection of another account',
        { AZURE_STORAGE_CONNECTION_STRING: 'AccountName=other;AccountKey=geheim' },
        "set it to that of 'devstoreaccount1'",
      ],
    ],
  } as const satisfies Record<string, readonly (readonly [string, object, string])[]>;

  test.each<readonly [string, Readonly<Record<string, string>>, string]>(wrong[kind])(
    'with %s is refused with what to do, without a secret, and not remembered',
    async (_name, { address: other, container, ...variables }, advice) => {
      for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
      const asked = other ?? address.replace('/models/', `/${container ?? 'models'}/`);
      const refused = open(asked);
      await expect(refused).rejects.toMatchObject({
        code: 'ARTIFACT_STORE_REFUSED',
        message: expect.stringContaining(advice),
      });
      await expect(refused).rejects.not.toThrow(/geheim|Z2VoZWlt/);
      expect(await open()).toBeInstanceOf(FolderArtifactStore);
    },
  );

  test('that does not answer is told of, and not remembered', async () => {
    const nowhere = 'http://127.0.0.1:9';
    vi.stubEnv('AWS_ENDPOINT_URL_S3', nowhere);
    const asked = address.replace(/^http:\/\/[^/]+/, nowhere);
    await expect(open(asked)).rejects.toMatchObject({
      code: 'ARTIFACT_STORE_UNREACHABLE',
      status: 503,
      message: expect.stringContaining('ECONNREFUSED'),
    });
    expect(await open()).toBeInstanceOf(FolderArtifactStore);
  });
});
