// Uploads in parts to an object store: the parts go straight to the store, at addresses that it lets
// this server sign, and never through this server.
import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { ObjectStore, SignedAddress, UploadedPart } from '../object-store/object-store.ts';
import { uploadInvalid } from '../object-store/object-store-errors.ts';
import {
  assertInOrder,
  assertPartCount,
  type PartUpload,
  type PartUploads,
  uploadSeconds,
} from './part-uploads.ts';
import type { RunObjects } from './run-objects.ts';

export class ObjectPartUploads implements PartUploads {
  readonly #store: ObjectStore;
  readonly #objectsOf: (runId: string) => Promise<RunObjects>;

  constructor(store: ObjectStore, objectsOf: (runId: string) => Promise<RunObjects>) {
    this.#store = store;
    this.#objectsOf = objectsOf;
  }

  async create(runId: string, path: string, parts: number): Promise<PartUpload | null> {
    assertPartCount(parts);
    const objects = await this.#objectsOf(runId);
    await objects.assertWritable(path);
    const key = objects.keys.of(path);
    const { uploads } = this.#store;
    const uploadId = await uploads.create(key);
    const addresses: SignedAddress[] = [];
    for (let part = 1; part <= parts; part += 1) {
      const address = await uploads.sign(key, uploadId, part, uploadSeconds);
      if (address === null) return null;
      addresses.push(address);
    }
    await this.#store.put(recordKey(objects, uploadId), Buffer.from(path));
    return { uploadId, addresses };
  }

  async writePart(): Promise<string> {
    throw uploadInvalid('takes its parts at addresses of the store');
  }

  async complete(
    runId: string,
    path: string,
    uploadId: string,
    parts: readonly UploadedPart[],
  ): Promise<void> {
    assertInOrder(parts);
    const objects = await this.#objectsOf(runId);
    await objects.assertWritable(path);
    if (!(await this.#isOpen(objects, path, uploadId))) throw uploadInvalid('has ended');
    await this.#store.uploads.complete(objects.keys.of(path), uploadId, parts);
    await this.#store.delete([recordKey(objects, uploadId)]);
  }

  async abort(runId: string, path: string, uploadId: string): Promise<void> {
    const objects = await this.#objectsOf(runId);
    const key = objects.keys.of(path);
    if (!(await this.#isOpen(objects, path, uploadId))) return;
    await this.#store.delete([recordKey(objects, uploadId)]);
    await this.#store.uploads.abort(key, uploadId);
  }

  // Azure itself knows no uploads, but blocks that anybody may still commit.
  async #isOpen(objects: RunObjects, path: string, uploadId: string): Promise<boolean> {
    const found = await this.#store.get(recordKey(objects, uploadId));
    if (found === null) return false;
    if ((await text(found.stream)) === path) return true;
    throw uploadInvalid('is of another artifact');
  }
}

/** The id comes from outside, and may be long or hold anything. */
function recordKey({ keys }: RunObjects, uploadId: string): string {
  return keys.ofUpload(createHash('sha256').update(uploadId).digest('hex'));
}
