// Blobs that come in parts: blocks that are staged, and then committed as a list. A block that no
// list ever names goes by itself within a week, so there is nothing to abort.
import { randomUUID } from 'node:crypto';
import { unquoted } from '../etag.ts';
import type { ObjectUploads, SignedAddress, UploadedPart } from '../object-store.ts';
import { uploadInvalid } from '../object-store-errors.ts';
import { soon } from './azure-client.ts';
import { azureFailure } from './azure-errors.ts';
import type { AzurePlace } from './azure-object-store.ts';

const partDigits = 5;

export class AzureUploads implements ObjectUploads {
  readonly #place: AzurePlace;

  constructor(place: AzurePlace) {
    this.#place = place;
  }

  async create(): Promise<string> {
    return randomUUID();
  }

  async put(key: string, uploadId: string, part: number, content: Uint8Array): Promise<string> {
    const id = blockId(uploadId, part);
    const options = { abortSignal: soon(content.length) };
    await this.#place.answers.asked(
      this.#place.blob(key).stageBlock(id, content, content.length, options),
    );
    return id;
  }

  async complete(key: string, uploadId: string, parts: readonly UploadedPart[]): Promise<string> {
    const ids = parts.map(({ part }) => blockId(uploadId, part));
    const committing = this.#place.blob(key).commitBlockList(ids, { abortSignal: soon() });
    try {
      return unquoted((await committing).etag);
    } catch (error) {
      const { code } = azureFailure(error);
      // Whoever else writes the blob meanwhile takes the blocks of all others with it.
      if (code === 'InvalidBlockList' || code === 'InvalidBlobOrBlock') {
        throw uploadInvalid('is not complete, has ended, or another one came before it');
      }
      return unquoted((await this.#place.answers.asked(committing)).etag);
    }
  }

  async abort(): Promise<void> {}

  async sign(
    key: string,
    uploadId: string,
    part: number,
    seconds: number,
  ): Promise<SignedAddress | null> {
    const address = this.#place.sign(key, 'cw', seconds);
    if (address === null) return null;
    const id = encodeURIComponent(blockId(uploadId, part));
    return { ...address, url: `${address.url}&comp=block&blockid=${id}` };
  }
}

// All blocks of a blob need ids of one length, those of other uploads included.
function blockId(uploadId: string, part: number): string {
  const number = String(part).padStart(partDigits, '0');
  return Buffer.from(`${uploadId}-${number}`).toString('base64');
}
