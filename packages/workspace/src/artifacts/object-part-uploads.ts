// Uploads in parts to an object store: the parts go straight to the store, at addresses that it lets
// this server sign, and never through this server.
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
    const key = await this.#writableKey(runId, path);
    const { uploads } = this.#store;
    const uploadId = await uploads.create(key);
    const addresses: SignedAddress[] = [];
    for (let part = 1; part <= parts; part += 1) {
      const address = await uploads.sign(key, uploadId, part, uploadSeconds);
      if (address === null) return null;
      addresses.push(address);
    }
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
    await this.#store.uploads.complete(await this.#writableKey(runId, path), uploadId, parts);
  }

  async abort(runId: string, path: string, uploadId: string): Promise<void> {
    const { keys } = await this.#objectsOf(runId);
    await this.#store.uploads.abort(keys.of(path), uploadId);
  }

  async #writableKey(runId: string, path: string): Promise<string> {
    const objects = await this.#objectsOf(runId);
    await objects.assertWritable(path);
    return objects.keys.of(path);
  }
}
