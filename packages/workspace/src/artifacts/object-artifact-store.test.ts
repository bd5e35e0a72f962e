import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StoreKind, StoreServer, storeKinds } from '../../test/object-stores/store-server.ts';
import { RidgelineError } from '../errors.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { openObjectStore } from '../object-store/open-object-store.ts';
import { artifactStoreConformance } from './artifact-store.conformance.ts';
import { ObjectArtifactStore } from './object-artifact-store.ts';
import { partUploadsConformance } from './part-uploads.conformance.ts';

async function experimentIdOf(runId: string): Promise<string> {
  if (runId === 'run-a' || runId === 'run-b') return '1';
  throw new RidgelineError('RESOURCE_DOES_NOT_EXIST', `run ${runId} does not exist`);
}

describe.each(storeKinds)('%s as artifact store', (kind: StoreKind) => {
  let server: StoreServer;

  beforeAll(async () => {
    server = await StoreServer.start(kind);
  });
  afterAll(() => server.close());

  const open = async () =>
    ObjectArtifactStore.open({
      store: await openObjectStore(server.address(randomUUID()), server.environment),
      copies: { folder: join(await temporaryFolder(), 'copies') },
      experimentIdOf,
    });

  artifactStoreConformance(open, { bytes: 5, paths: 20 });
  describe('parts', () => partUploadsConformance(open));

  describe('a file of many parts', () => {
    const piece = Buffer.from(Array.from({ length: 999_983 }, (_, index) => index % 251));

    async function* pieces(count: number): AsyncGenerator<Uint8Array> {
      for (let index = 0; index < count; index += 1) yield piece;
    }

    test('goes through in pieces of any size, and reads back by ranges', async () => {
      const store = await open();
      const { sizeBytes, sha256 } = await store.write('run-a', 'large', pieces(18));
      expect(sizeBytes).toBe(18 * piece.length);
      const { stream } = await store.read('run-a', 'large');
      const digest = createHash('sha256');
      for await (const chunk of stream) digest.update(chunk);
      expect(digest.digest('hex')).toBe(sha256);
      const range = { start: 17 * piece.length, end: 17 * piece.length + 4 };
      const part = await store.read('run-a', 'large', range);
      expect(await buffer(part.stream)).toEqual(piece.subarray(0, 5));
    });

    test('that breaks in its second part leaves the older one as it was', async () => {
      const store = await open();
      await store.write('run-a', 'large', Buffer.from('old'));
      async function* breaking(): AsyncGenerator<Uint8Array> {
        yield* pieces(12);
        throw new Error('connection lost');
      }
      await expect(store.write('run-a', 'large', breaking())).rejects.toThrow('connection lost');
      expect(await text((await store.read('run-a', 'large')).stream)).toBe('old');
    });
  });

  test.each(['é', 'e\u0301', '日本', '😀', "it's (a) *test*!", 'a+b&c=d;e,f', '100%', '#?', ' a '])(
    'the name %j is kept as it is written',
    async (name) => {
      const store = await open();
      await store.write('run-a', `folder/${name}`, Buffer.from(name));
      expect(await store.list('run-a', 'folder')).toMatchObject([{ path: `folder/${name}` }]);
      const place = await store.localPath('run-a', `folder/${name}`);
      expect(await readFile(place, 'utf8')).toBe(name);
    },
  );
});
