// The port for artifacts that come in parts, each by itself and at once, as MLflow's clients send large
// files: the artifact appears, whole, when the upload is completed.
import type { ByteSource } from '../files/durable-files.ts';
import type { SignedAddress, UploadedPart } from '../object-store/object-store.ts';
import { uploadInvalid } from '../object-store/object-store-errors.ts';

/** As many as S3 takes. */
export const maxParts = 10_000;
/** For how long the addresses of parts work, and an upload stays open after its last part. */
export const uploadSeconds = 24 * 3_600;

export interface PartUpload {
  readonly uploadId: string;
  /** Where the parts go, the first one first; null where they go to `writePart`. */
  readonly addresses: readonly SignedAddress[] | null;
}

export interface PartUploads {
  /**
   * Null where this store cannot have any: then the file goes as one stream.
   * @param parts 1 to 10,000.
   * @throws RidgelineError ARTIFACT_UPLOAD_INVALID, ARTIFACT_UPLOAD_LIMIT_REACHED
   */
  create(runId: string, path: string, parts: number): Promise<PartUpload | null>;
  /**
   * Gives the part's etag. A part may be sent again, and the last one counts.
   * @throws RidgelineError ARTIFACT_UPLOAD_INVALID where the upload has ended
   */
  writePart(uploadId: string, part: number, content: ByteSource): Promise<string>;
  /** @throws RidgelineError ARTIFACT_UPLOAD_INVALID where parts are missing, or the upload has ended */
  complete(
    runId: string,
    path: string,
    uploadId: string,
    parts: readonly UploadedPart[],
  ): Promise<void>;
  /** Nothing happens where it has ended. */
  abort(runId: string, path: string, uploadId: string): Promise<void>;
}

/** @throws RidgelineError ARTIFACT_UPLOAD_INVALID */
export function assertPartCount(parts: number): void {
  if (Number.isInteger(parts) && parts >= 1 && parts <= maxParts) return;
  throw uploadInvalid(`has ${parts} parts, and may have 1 to ${maxParts}`);
}

/** @throws RidgelineError ARTIFACT_UPLOAD_INVALID unless they are numbered from 1 on, in order */
export function assertInOrder(parts: readonly UploadedPart[]): void {
  assertPartCount(parts.length);
  const wrong = parts.findIndex(({ part }, index) => part !== index + 1);
  if (wrong >= 0)
    throw uploadInvalid(`names part ${parts[wrong]?.part} where ${wrong + 1} belongs`);
}
