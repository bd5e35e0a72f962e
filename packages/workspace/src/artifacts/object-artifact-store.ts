// Artifacts in an object store. Its objects have the layout of the folder store, so that every tool of
// the cloud finds them; what an object store lacks, folders that appear at once and files to open on
// this machine, stands in files beside this one.
import { rm } from 'node:fs/promises';
import { RidgelineError } from '../errors.ts';
import { type ByteRange, boundsOf } from '../files/byte-range.ts';
import type { FileContent } from '../files/confined-tree.ts';
import type { ByteSource, WrittenFile } from '../files/durable-files.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import { putStream } from '../object-store/put-stream.ts';
import { adoptable } from './adoptable.ts';
import type { ArtifactStore, FileInfo, SignedArtifact } from './artifact-store.ts';
import { fetchObject } from './fetch-object.ts';
import { LocalCopies, type LocalCopiesOptions } from './local-copies.ts';
import { ObjectAdoption } from './object-adoption.ts';
import { ObjectPartUploads } from './object-part-uploads.ts';
import { isEmptyFolder } from './run-keys.ts';
import { RunObjects } from './run-objects.ts';

export interface ObjectArtifactStoreOptions {
  readonly store: ObjectStore;
  /** Where copies for this machine lie. */
  readonly copies: LocalCopiesOptions;
  /** The experiment of a run; rejects for a run that does not exist. */
  readonly experimentIdOf: (runId: string) => Promise<string>;
}

// A file that changes while it is copied is copied again, and not for ever.
const maxCopies = 5;

export class ObjectArtifactStore implements ArtifactStore {
  readonly parts: ObjectPartUploads;
  readonly #store: ObjectStore;
  readonly #copies: LocalCopies;
  readonly #adoption: ObjectAdoption;
  readonly #experimentIdOf: (runId: string) => Promise<string>;

  private constructor(options: ObjectArtifactStoreOptions, copies: LocalCopies) {
    this.#store = options.store;
    this.#copies = copies;
    this.#experimentIdOf = options.experimentIdOf;
    this.#adoption = new ObjectAdoption(options.store, copies);
    this.parts = new ObjectPartUploads(options.store, (runId) => this.#objectsOf(runId));
  }

  static async open(options: ObjectArtifactStoreOptions): Promise<ObjectArtifactStore> {
    return new ObjectArtifactStore(options, await LocalCopies.open(options.copies));
  }

  async write(runId: string, path: string, content: ByteSource): Promise<WrittenFile> {
    const objects = await this.#objectsOf(runId);
    await objects.assertWritable(path);
    const { sizeBytes, sha256 } = await putStream(this.#store, objects.keys.of(path), content);
    return { sizeBytes, sha256 };
  }

  async read(runId: string, path: string, range?: ByteRange): Promise<FileContent> {
    const objects = await this.#objectsOf(runId);
    const content = await this.#content(objects, path, range);
    if (await objects.markers.isShown(path)) return content;
    content.stream.on('error', () => {}).destroy();
    throw objects.missing(path);
  }

  async list(runId: string, path?: string): Promise<readonly FileInfo[]> {
    return (await this.#objectsOf(runId)).list(path);
  }

  async adoptFolder(runId: string, path: string, source: string): Promise<void> {
    const objects = await this.#objectsOf(runId);
    objects.keys.of(path);
    const content = await adoptable(source);
    await this.#adoption.adopt(objects, path, source, content);
    await rm(source, { recursive: true, force: true });
  }

  async localPath(runId: string, path?: string): Promise<string> {
    const objects = await this.#objectsOf(runId);
    for (let count = 0; count < maxCopies; count += 1) {
      const files = await objects.filesOf(path);
      if (files === null) throw objects.missing(path);
      const content = { ownerId: runId, path: path ?? '', files };
      try {
        return await this.#copies.of(content, ({ path: file, ...is }, target) =>
          // Its folder is there already, and is to stay empty.
          isEmptyFolder(file)
            ? Promise.resolve()
            : fetchObject(this.#store, { ...is, key: objects.keys.of(file) }, target),
        );
      } catch (error) {
        if (!(error instanceof RidgelineError) || error.code !== 'INVALID_STATE') throw error;
      }
    }
    const message = `artifact '${path ?? ''}' keeps changing while it is copied; try again later`;
    throw new RidgelineError('INVALID_STATE', message);
  }

  async sign(
    method: 'GET' | 'PUT',
    runId: string,
    path: string,
    seconds: number,
  ): Promise<SignedArtifact | null> {
    const objects = await this.#objectsOf(runId);
    const key = objects.keys.of(path);
    if (method === 'PUT') {
      await objects.assertWritable(path);
      const address = await this.#store.sign(method, key, seconds);
      return address && { ...address, sizeBytes: null };
    }
    const found = await this.#store.head(key);
    if (found === null || !(await objects.markers.isShown(path))) throw objects.missing(path);
    const address = await this.#store.sign(method, key, seconds);
    return address && { ...address, sizeBytes: found.sizeBytes };
  }

  async delete(runId: string, path?: string): Promise<void> {
    const objects = await this.#objectsOf(runId);
    await objects.deleteContent(path);
    await objects.markers.forget(path);
  }

  async discard(experimentId: string, runId: string): Promise<void> {
    const objects = new RunObjects(this.#store, experimentId, runId);
    await objects.deleteBelow(objects.keys.all);
  }

  async #content(objects: RunObjects, path: string, range?: ByteRange): Promise<FileContent> {
    const key = objects.keys.of(path);
    if (range === undefined) return found(await this.#store.get(key));
    const { sizeBytes: totalBytes, etag } = found(await this.#store.head(key));
    const bytes = boundsOf(range, path, totalBytes);
    const { sizeBytes, stream } = found(await this.#store.get(key, { bytes, etag }));
    return { sizeBytes, stream, range: { startByte: bytes[0], totalBytes } };

    function found<T>(object: T | null): T {
      if (object === null) throw objects.missing(path);
      return object;
    }
  }

  async #objectsOf(runId: string): Promise<RunObjects> {
    return new RunObjects(this.#store, await this.#experimentIdOf(runId), runId);
  }
}
