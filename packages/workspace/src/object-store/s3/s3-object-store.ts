// Objects in a bucket of S3, or of a store that speaks like it.
import type { Readable } from 'node:stream';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { unquoted } from '../etag.ts';
import type {
  GetOptions,
  ObjectContent,
  ObjectEntry,
  ObjectInfo,
  ObjectStore,
  SignedAddress,
} from '../object-store.ts';
import type { S3Address } from '../object-store-address.ts';
import { StoreAnswers } from '../store-answers.ts';
import { s3Client } from './s3-client.ts';
import { isNotFound, s3Error, s3Failure } from './s3-errors.ts';
import { S3Uploads } from './s3-uploads.ts';

const maxKeyBytes = 1024;
const deletesAtOnce = 1_000;

/** A bucket, and what stands before the keys in it. */
export interface S3Place {
  readonly client: S3Client;
  readonly bucket: string;
  readonly address: string;
  fullKey(key: string): string;
}

export class S3ObjectStore implements ObjectStore {
  readonly address: string;
  readonly uploads: S3Uploads;
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;
  readonly #answers: StoreAnswers;

  private constructor({ text, bucket, prefix }: S3Address, client: S3Client) {
    this.address = text;
    this.#client = client;
    this.#bucket = bucket;
    this.#prefix = prefix === '' ? '' : `${prefix}/`;
    this.#answers = new StoreAnswers({
      toError: (error) => s3Error(error, text),
      isAbsent: (error) => isNotFound(error) || s3Failure(error).status === 412,
    });
    const fullKey = (key: string) => this.#prefix + key;
    this.uploads = new S3Uploads({ client, bucket, address: text, fullKey });
  }

  static open(address: S3Address, environment: NodeJS.ProcessEnv): S3ObjectStore {
    return new S3ObjectStore(address, s3Client(environment));
  }

  keyProblem(key: string): string | null {
    const excess = Buffer.byteLength(this.#prefix + key) - maxKeyBytes;
    return excess > 0 ? `it is ${excess} bytes too long for S3` : null;
  }

  async put(key: string, content: Uint8Array): Promise<string> {
    const command = new PutObjectCommand({ ...this.#at(key), Body: content });
    return unquoted((await this.#answers.asked(this.#client.send(command))).ETag);
  }

  async get(key: string, { bytes, etag }: GetOptions = {}): Promise<ObjectContent | null> {
    const command = new GetObjectCommand({
      ...this.#at(key),
      ...(bytes !== undefined && { Range: `bytes=${bytes[0]}-${bytes[1]}` }),
      ...(etag !== undefined && { IfMatch: `"${etag}"` }),
    });
    const found = await this.#answers.found(this.#client.send(command));
    if (found === null) return null;
    const sizeBytes = found.ContentLength ?? 0;
    return { etag: unquoted(found.ETag), sizeBytes, stream: found.Body as Readable };
  }

  async head(key: string): Promise<ObjectInfo | null> {
    const found = await this.#answers.found(
      this.#client.send(new HeadObjectCommand(this.#at(key))),
    );
    return found && { key, sizeBytes: found.ContentLength ?? 0, etag: unquoted(found.ETag) };
  }

  async *list(prefix: string, isFlat: boolean): AsyncGenerator<ObjectEntry> {
    const pages = paginateListObjectsV2(
      { client: this.#client },
      {
        Bucket: this.#bucket,
        Prefix: this.#prefix + prefix,
        // Else a key with a control character breaks the XML of the answer.
        EncodingType: 'url',
        ...(!isFlat && { Delimiter: '/' }),
      },
    );
    for (;;) {
      const page = await this.#answers.asked(pages.next());
      if (page.done) return;
      const { CommonPrefixes = [], Contents = [], EncodingType } = page.value;
      const own = (key = '') => this.#ownKey(EncodingType === 'url' ? decoded(key) : key);
      for (const { Prefix } of CommonPrefixes) yield { prefix: own(Prefix) };
      for (const entry of Contents) {
        yield { key: own(entry.Key), sizeBytes: entry.Size ?? 0, etag: unquoted(entry.ETag) };
      }
    }
  }

  async delete(keys: readonly string[]): Promise<void> {
    for (let start = 0; start < keys.length; start += deletesAtOnce) {
      const some = keys.slice(start, start + deletesAtOnce);
      const Objects = some.map((key) => ({ Key: this.#prefix + key }));
      const Delete = { Objects, Quiet: true };
      const command = new DeleteObjectsCommand({ Bucket: this.#bucket, Delete });
      const { Errors = [] } = await this.#answers.asked(this.#client.send(command));
      const [first] = Errors;
      if (first !== undefined) throw s3Error({ name: first.Code }, this.address);
    }
  }

  async sign(method: 'GET' | 'PUT', key: string, seconds: number): Promise<SignedAddress> {
    const command =
      method === 'GET' ? new GetObjectCommand(this.#at(key)) : new PutObjectCommand(this.#at(key));
    const signing = getSignedUrl(this.#client, command, { expiresIn: seconds });
    return { url: await this.#answers.asked(signing), headers: {} };
  }

  #at(key: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.#bucket, Key: this.#prefix + key };
  }

  #ownKey(fullKey: string): string {
    return fullKey.slice(this.#prefix.length);
  }
}

function decoded(key: string): string {
  return decodeURIComponent(key.replaceAll('+', ' '));
}
