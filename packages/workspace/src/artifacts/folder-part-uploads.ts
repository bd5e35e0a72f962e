// Uploads in parts to the folder store. A part lies in the upload's own folder; the last call puts them
// together in a file that is synced and moved. A killed server leaves parts that can still be completed.
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RidgelineError } from '../errors.ts';
import type { ConfinedTree } from '../files/confined-tree.ts';
import { type ByteSource, writeNewFile } from '../files/durable-files.ts';
import { nullIfMissing } from '../files/fs-errors.ts';
import type { StagingFolder } from '../files/staging-folder.ts';
import type { UploadedPart } from '../object-store/object-store.ts';
import { uploadInvalid } from '../object-store/object-store-errors.ts';
import { joinParts } from './join-parts.ts';
import {
  assertInOrder,
  assertPartCount,
  type PartUpload,
  type PartUploads,
  uploadSeconds,
} from './part-uploads.ts';

export interface FolderPartUploadsOptions {
  /** Beside the staging folder. */
  readonly folder: string;
  readonly staging: StagingFolder;
  readonly treeOf: (runId: string) => Promise<ConfinedTree>;
}

interface UploadRecord {
  readonly runId: string;
  readonly path: string;
  readonly parts: number;
}

const maxOpenUploads = 1_000;
const maxPartBytes = 5 * 1024 ** 3;
const recordName = 'upload.json';

export class FolderPartUploads implements PartUploads {
  readonly #folder: string;
  readonly #staging: StagingFolder;
  readonly #treeOf: (runId: string) => Promise<ConfinedTree>;

  constructor({ folder, staging, treeOf }: FolderPartUploadsOptions) {
    this.#folder = folder;
    this.#staging = staging;
    this.#treeOf = treeOf;
  }

  async create(runId: string, path: string, parts: number): Promise<PartUpload> {
    assertPartCount(parts);
    await (await this.#treeOf(runId)).resolve(path);
    if ((await this.sweep()) >= maxOpenUploads) {
      const message = `${maxOpenUploads} uploads in parts are open; complete or abort some, or send the file as one stream`;
      throw new RidgelineError('ARTIFACT_UPLOAD_LIMIT_REACHED', message);
    }
    const uploadId = randomUUID();
    const record: UploadRecord = { runId, path, parts };
    await mkdir(this.#folderOf(uploadId), { recursive: true });
    await writeFile(join(this.#folderOf(uploadId), recordName), JSON.stringify(record));
    return { uploadId, addresses: null };
  }

  async writePart(uploadId: string, part: number, content: ByteSource): Promise<string> {
    const { parts } = await this.#recordOf(uploadId);
    if (!Number.isInteger(part) || part < 1 || part > parts) {
      throw uploadInvalid(`has no part ${part}, but 1 to ${parts}`);
    }
    return this.#staging.use(async (staged) => {
      const { sha256 } = await writeNewFile(staged, limited(content), { sync: false });
      const target = join(this.#folderOf(uploadId), String(part));
      if ((await nullIfMissing(rename(staged, target).then(() => true))) === null) throw ended();
      return sha256;
    });
  }

  async complete(
    runId: string,
    path: string,
    uploadId: string,
    parts: readonly UploadedPart[],
  ): Promise<void> {
    assertInOrder(parts);
    await this.#recordOf(uploadId, runId, path);
    const tree = await this.#treeOf(runId);
    const claimed = join(this.#folder, `${uploadId}.completing`);
    // Of two that complete it at once, one finds nothing.
    const claim = await nullIfMissing(rename(this.#folderOf(uploadId), claimed).then(() => true));
    if (claim === null) throw ended();
    try {
      await this.#staging.use(async (staged) => {
        const files = parts.map(({ part, etag }) => ({ file: join(claimed, String(part)), etag }));
        await writeNewFile(staged, joinParts(files));
        await tree.place(path, staged);
      });
    } catch (error) {
      // What is missing may still come.
      await rename(claimed, this.#folderOf(uploadId));
      throw error;
    }
    await rm(claimed, { recursive: true, force: true });
  }

  async abort(runId: string, path: string, uploadId: string): Promise<void> {
    if ((await this.#find(uploadId)) === null) return;
    await this.#recordOf(uploadId, runId, path);
    await rm(this.#folderOf(uploadId), { recursive: true, force: true });
  }

  /** Removes what nobody has sent a part to for a day; tells how many uploads are open. */
  async sweep(): Promise<number> {
    const names = (await nullIfMissing(readdir(this.#folder))) ?? [];
    const oldest = Date.now() - uploadSeconds * 1_000;
    let open = 0;
    for (const name of names) {
      const found = await nullIfMissing(stat(join(this.#folder, name)));
      if (found === null) continue;
      if (found.mtimeMs >= oldest) open += 1;
      else await rm(join(this.#folder, name), { recursive: true, force: true });
    }
    return open;
  }

  #folderOf(uploadId: string): string {
    return join(this.#folder, uploadId);
  }

  async #find(uploadId: string): Promise<UploadRecord | null> {
    // It comes from outside, and is to name a folder.
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uploadId)) return null;
    const found = await nullIfMissing(readFile(join(this.#folderOf(uploadId), recordName), 'utf8'));
    return found === null ? null : (JSON.parse(found) as UploadRecord);
  }

  async #recordOf(uploadId: string, runId?: string, path?: string): Promise<UploadRecord> {
    const record = await this.#find(uploadId);
    if (record === null) throw ended();
    if (runId === undefined || (record.runId === runId && record.path === path)) return record;
    throw uploadInvalid('is of another artifact');
  }
}

async function* limited(content: ByteSource): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0;
  for await (const chunk of content instanceof Uint8Array ? [content] : content) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxPartBytes) throw uploadInvalid(`has a part over ${maxPartBytes} bytes`);
    yield chunk;
  }
}

function ended(): RidgelineError {
  return uploadInvalid('is not known here, or has ended');
}
