// The port behind which a cloud keeps objects: bytes under keys, with no folders and no rename. It
// knows no runs. Keys are relative to the place that the store was opened at.
import type { Readable } from 'node:stream';

export interface ObjectInfo {
  readonly key: string;
  readonly sizeBytes: number;
  /** Another one for each content, without quotes. */
  readonly etag: string;
}

/** What a list tells: an object, or where keys are cut at `/`, what many of them begin with. */
export type ObjectEntry = ObjectInfo | { readonly prefix: string };

export interface ObjectContent extends Pick<ObjectInfo, 'sizeBytes' | 'etag'> {
  /** Holds a connection until it is read to its end or destroyed. */
  readonly stream: Readable;
}

export interface GetOptions {
  /** The first and the last byte, both of which the object must have. */
  readonly bytes?: readonly [number, number] | undefined;
  /** Gives null where the object is no longer this one. */
  readonly etag?: string | undefined;
}

/** An address that works for a while without any other credential. */
export interface SignedAddress {
  readonly url: string;
  /** To be sent with the request. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface UploadedPart {
  /** From 1. */
  readonly part: number;
  /** As the answer to the part gave it. */
  readonly etag: string;
}

/**
 * Every method rejects with ARTIFACT_STORE_UNREACHABLE where the store does not answer, and with
 * ARTIFACT_STORE_REFUSED where it refuses what was asked.
 */
export interface ObjectStore {
  /** For messages, without credentials: such as `s3://bucket/prefix`. */
  readonly address: string;
  readonly uploads: ObjectUploads;
  /** Why no object can have this key, as the end of a sentence; null where one can. */
  keyProblem(key: string): string | null;
  /** Whole, replacing an older one; gives its etag. */
  put(key: string, content: Uint8Array): Promise<string>;
  get(key: string, options?: GetOptions): Promise<ObjectContent | null>;
  head(key: string): Promise<ObjectInfo | null>;
  /** By key. `isFlat`: every object below; else cut at the next `/`. */
  list(prefix: string, isFlat: boolean): AsyncIterable<ObjectEntry>;
  /** Nothing happens where there is none. */
  delete(keys: readonly string[]): Promise<void>;
  /** Null where the credentials of this store cannot sign. */
  sign(method: 'GET' | 'PUT', key: string, seconds: number): Promise<SignedAddress | null>;
}

/** An object that comes in parts, and appears when it is completed. */
export interface ObjectUploads {
  create(key: string): Promise<string>;
  put(key: string, uploadId: string, part: number, content: Uint8Array): Promise<string>;
  /** Gives the etag of the whole. @throws RidgelineError ARTIFACT_UPLOAD_INVALID */
  complete(key: string, uploadId: string, parts: readonly UploadedPart[]): Promise<string>;
  /** Nothing happens where it has ended. */
  abort(key: string, uploadId: string): Promise<void>;
  sign(key: string, uploadId: string, part: number, seconds: number): Promise<SignedAddress | null>;
}
