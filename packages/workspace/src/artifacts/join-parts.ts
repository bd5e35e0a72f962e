// The parts of an upload one after the other, each checked to be the one that its sender was told of.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { hasSystemCode } from '../files/fs-errors.ts';
import { uploadInvalid } from '../object-store/object-store-errors.ts';

export interface PartFile {
  readonly file: string;
  /** The SHA-256 of its content. */
  readonly etag: string;
}

/** @throws RidgelineError ARTIFACT_UPLOAD_INVALID */
export async function* joinParts(parts: readonly PartFile[]): AsyncGenerator<Uint8Array> {
  for (const [index, { file, etag }] of parts.entries()) {
    const hash = createHash('sha256');
    try {
      for await (const chunk of createReadStream(file)) {
        hash.update(chunk);
        yield chunk;
      }
    } catch (error) {
      if (!hasSystemCode(error, 'ENOENT')) throw error;
      throw uploadInvalid(`lacks part ${index + 1}`);
    }
    // Parts are not synced: a power cut may have taken what was told to be there.
    if (hash.digest('hex') === etag) continue;
    throw uploadInvalid(`has a part ${index + 1} that is not the one that was sent`);
  }
}
