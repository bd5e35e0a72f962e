// What every store must do with files that come in parts.
import { text } from 'node:stream/consumers';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ArtifactStore } from './artifact-store.ts';
import type { PartUpload } from './part-uploads.ts';

/** The least that S3 takes as a part that is not the last one. */
const partBytes = 5 * 1024 * 1024;

/** @param open an empty store that knows the runs 'run-a' and 'run-b'. */
export function partUploadsConformance(open: () => Promise<ArtifactStore>): void {
  let store: ArtifactStore;

  beforeEach(async () => {
    store = await open();
  });

  const refused = { code: 'ARTIFACT_UPLOAD_INVALID', status: 400 };
  const [first, last] = [Buffer.alloc(partBytes, 'a'), Buffer.from('the end')];

  async function create(path: string, parts: number): Promise<PartUpload> {
    const upload = await store.parts.create('run-a', path, parts);
    if (upload === null) throw new Error('this store takes no parts');
    return upload;
  }

  /** As a client does: at the address that it was given, or through the server. */
  async function send({ uploadId, addresses }: PartUpload, part: number, content: Buffer) {
    const address = addresses?.[part - 1];
    if (address === undefined) {
      return { part, etag: await store.parts.writePart(uploadId, part, content) };
    }
    const { url, headers } = address;
    const answer = await fetch(url, { method: 'PUT', headers, body: content });
    expect(answer.ok).toBe(true);
    return { part, etag: (answer.headers.get('etag') ?? '').replaceAll('"', '') };
  }

  test('the parts, sent in any order, become one file', async () => {
    const upload = await create('model/big.bin', 2);
    const end = await send(upload, 2, last);
    const parts = [await send(upload, 1, first), end];
    expect(await store.list('run-a')).toEqual([]);
    await store.parts.complete('run-a', 'model/big.bin', upload.uploadId, parts);
    const { sizeBytes, stream } = await store.read('run-a', 'model/big.bin');
    expect(sizeBytes).toBe(partBytes + last.length);
    expect(await text(stream)).toBe(`${first}${last}`);
  });

  test('an upload that is given up leaves nothing, and cannot be completed', async () => {
    const upload = await create('file', 1);
    const parts = [await send(upload, 1, last)];
    await store.parts.abort('run-a', 'file', upload.uploadId);
    expect(await store.list('run-a')).toEqual([]);
    await store.write('run-a', 'file', Buffer.from('another'));
    const completing = store.parts.complete('run-a', 'file', upload.uploadId, parts);
    await expect(completing).rejects.toMatchObject(refused);
    expect(await text((await store.read('run-a', 'file')).stream)).toBe('another');
  });

  test.each<[string, readonly number[]]>([
    ['none', []],
    ['not the first', [2]],
    ['one twice', [1, 1]],
    ['another order', [2, 1]],
    ['one that was not sent', [1, 2, 3]],
  ])('an upload of which the caller names %s is refused', async (_name, named) => {
    const upload = await create('file', 3);
    const sent = [await send(upload, 1, first), await send(upload, 2, last)];
    const parts = named.map((part) => sent[part - 1] ?? { part, etag: 'e'.repeat(32) });
    const completing = store.parts.complete('run-a', 'file', upload.uploadId, parts);
    await expect(completing).rejects.toMatchObject(refused);
    expect(await store.list('run-a')).toEqual([]);
  });

  test('an upload is of its own artifact, and of no other', async () => {
    const upload = await create('file', 1);
    const parts = [await send(upload, 1, last)];
    for (const [runId, path] of [
      ['run-a', 'other'],
      ['run-b', 'file'],
    ] as const) {
      const completing = store.parts.complete(runId, path, upload.uploadId, parts);
      await expect(completing).rejects.toMatchObject(refused);
    }
    expect(await store.list('run-b')).toEqual([]);
  });

  describe('what cannot be is refused before a part is sent', () => {
    test.each([0, -1, 1.5, 10_001, Number.NaN])('%s parts', async (parts) => {
      await expect(store.parts.create('run-a', 'file', parts)).rejects.toMatchObject(refused);
    });

    test.each(['../x', 'a\\b', 'a\0', '/etc/passwd'])('the path %j', async (path) => {
      await expect(store.parts.create('run-a', path, 1)).rejects.toMatchObject({
        code: 'ARTIFACT_PATH_INVALID',
      });
    });

    test('a run that does not exist', async () => {
      await expect(store.parts.create('run-c', 'file', 1)).rejects.toMatchObject({
        code: 'RESOURCE_DOES_NOT_EXIST',
      });
    });

    test.each(['../../run-b', '', 'x', '00000000-0000-4000-8000-000000000000'])(
      'the upload %j, which nobody began',
      async (uploadId) => {
        const part = { part: 1, etag: 'e'.repeat(32) };
        const completing = store.parts.complete('run-a', 'file', uploadId, [part]);
        await expect(completing).rejects.toMatchObject(refused);
      },
    );
  });
}
