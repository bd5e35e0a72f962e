// Takes a folder of this machine into an object store. It is hidden by a marker until all of it is
// there; a process that was killed midway leaves the folder where it was, and the next one begins anew.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { ObjectStore } from '../object-store/object-store.ts';
import { putStream } from '../object-store/put-stream.ts';
import { type Adoptable, alreadyThere, type LocalFile } from './adoptable.ts';
import type { CopiedFile, LocalCopies } from './local-copies.ts';
import { emptyFolderName, isEmptyFolder } from './run-keys.ts';
import type { RunObjects } from './run-objects.ts';

// Each may hold one part of a file in memory.
const uploadsAtOnce = 6;

export class ObjectAdoption {
  readonly #store: ObjectStore;
  readonly #copies: LocalCopies;
  readonly #active = new Set<string>();

  constructor(store: ObjectStore, copies: LocalCopies) {
    this.#store = store;
    this.#copies = copies;
  }

  /** @throws RidgelineError ARTIFACT_ALREADY_EXISTS */
  async adopt(
    objects: RunObjects,
    path: string,
    source: string,
    content: Adoptable,
  ): Promise<void> {
    const name = `${objects.runId}/${path}`;
    if (this.#active.has(name)) throw alreadyThere(objects.runId, path);
    this.#active.add(name);
    try {
      await this.#adopt(objects, path, source, content);
    } finally {
      this.#active.delete(name);
    }
  }

  async #adopt(
    objects: RunObjects,
    path: string,
    source: string,
    content: Adoptable,
  ): Promise<void> {
    await objects.assertBelowFolders(path);
    const there = await objects.filesOf(path);
    if (there !== null) {
      // A process that was killed when all was done has left the source.
      if (await this.#isSame(objects, path, content, there)) return;
      throw alreadyThere(objects.runId, path);
    }
    const token = await objects.markers.begin(path);
    const files = await this.#replace(objects, path, content);
    await objects.markers.end(path, token);
    const copy = { ownerId: objects.runId, path, files };
    // Whoever works with it next is most often on this machine. Without it, it is fetched.
    await this.#copies.take(copy, source).catch(() => {});
  }

  async #replace(
    objects: RunObjects,
    path: string,
    content: Adoptable,
  ): Promise<readonly CopiedFile[]> {
    await objects.deleteContent(path);
    try {
      return await this.#upload(objects, path, content);
    } catch (error) {
      // Best left as it was before; where even that fails, the marker goes on hiding it.
      await objects
        .deleteContent(path)
        .then(() => objects.markers.forget(path))
        .catch(() => {});
      throw error;
    }
  }

  async #upload(
    objects: RunObjects,
    path: string,
    { files, emptyFolders }: Adoptable,
  ): Promise<readonly CopiedFile[]> {
    const done: CopiedFile[] = [];
    const waiting = [...files];
    const worker = async (): Promise<void> => {
      for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
        const place = placeOf(path, file);
        const content = createReadStream(file.file);
        const { etag, sizeBytes } = await putStream(this.#store, objects.keys.of(place), content);
        done.push({ path: place, etag, sizeBytes });
      }
    };
    await settled(Array.from({ length: uploadsAtOnce }, worker));
    for (const folder of emptyFolders) {
      const place = folder === '' ? path : `${path}/${folder}`;
      const key = `${objects.keys.below(place)}${emptyFolderName}`;
      const etag = await this.#store.put(key, Buffer.alloc(0));
      done.push({ path: `${place}/${emptyFolderName}`, etag, sizeBytes: 0 });
    }
    return done;
  }

  async #isSame(
    objects: RunObjects,
    path: string,
    { files }: Adoptable,
    there: readonly CopiedFile[],
  ): Promise<boolean> {
    const kept = there.filter((file) => !isEmptyFolder(file.path));
    const sizes = new Map(kept.map((file) => [file.path, file.sizeBytes]));
    const isAlike = (file: LocalFile) => sizes.get(placeOf(path, file)) === file.sizeBytes;
    if (files.length !== kept.length || !files.every(isAlike)) return false;
    for (const file of files) {
      const found = await this.#store.get(objects.keys.of(placeOf(path, file)));
      if (found === null) return false;
      const [theirs, ours] = [digestOf(found.stream), digestOf(createReadStream(file.file))];
      if ((await theirs) !== (await ours)) return false;
    }
    return true;
  }
}

function placeOf(path: string, file: LocalFile): string {
  return file.path === '' ? path : `${path}/${file.path}`;
}

async function digestOf(stream: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest('hex');
}

/** Waits for all before it fails, so that nothing goes on behind the back of what cleans up. */
async function settled(work: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}
