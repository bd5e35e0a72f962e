// Objects in a container of Azure Blob Storage, as block blobs.
import type { Readable } from 'node:stream';
import type { BlockBlobClient } from '@azure/storage-blob';
import { unquoted } from '../etag.ts';
import type {
  GetOptions,
  ObjectContent,
  ObjectEntry,
  ObjectInfo,
  ObjectStore,
  SignedAddress,
} from '../object-store.ts';
import type { AzureAddress } from '../object-store-address.ts';
import { StoreAnswers } from '../store-answers.ts';
import { type AzureConnection, azureConnection, soon } from './azure-client.ts';
import { azureError, azureFailure, isNotFound } from './azure-errors.ts';
import { type BlobPermission, signBlob } from './azure-sign.ts';
import { AzureUploads } from './azure-uploads.ts';

const maxKeyLength = 1024;
const maxParts = 254;
const deletesAtOnce = 16;

/** How the blobs of a place are reached. */
export interface AzurePlace {
  blob(key: string): BlockBlobClient;
  sign(key: string, permission: BlobPermission, seconds: number): SignedAddress | null;
  readonly answers: StoreAnswers;
}

export class AzureObjectStore implements ObjectStore {
  readonly address: string;
  readonly uploads: AzureUploads;
  readonly #connection: AzureConnection;
  readonly #prefix: string;
  readonly #answers: StoreAnswers;

  private constructor({ text, prefix }: AzureAddress, connection: AzureConnection) {
    this.address = text;
    this.#connection = connection;
    this.#prefix = prefix === '' ? '' : `${prefix}/`;
    this.#answers = new StoreAnswers({
      toError: (error) => azureError(error, text),
      isAbsent: (error) => isNotFound(error) || azureFailure(error).status === 412,
    });
    this.uploads = new AzureUploads({
      blob: (key) => this.#blob(key),
      sign: (key, permission, seconds) => this.#sign(key, permission, seconds),
      answers: this.#answers,
    });
  }

  static open(address: AzureAddress, environment: NodeJS.ProcessEnv): AzureObjectStore {
    return new AzureObjectStore(address, azureConnection(address, environment));
  }

  keyProblem(key: string): string | null {
    const fullKey = this.#prefix + key;
    if (fullKey.length > maxKeyLength) {
      return `it is ${fullKey.length - maxKeyLength} characters too long for Azure`;
    }
    const parts = fullKey.split('/');
    if (parts.length > maxParts) return 'it has too many parts for Azure';
    if (parts.some((part) => part.endsWith('.')))
      return 'a part ends with a dot, which Azure drops';
    // Its lists are XML, which cannot name them.
    return /[\ufffe\uffff]/.test(fullKey) ? 'it holds a character that is none' : null;
  }

  async put(key: string, content: Uint8Array): Promise<string> {
    const sent = this.#blob(key).upload(content, content.length, {
      abortSignal: soon(content.length),
    });
    return unquoted((await this.#answers.asked(sent)).etag);
  }

  async get(key: string, { bytes, etag }: GetOptions = {}): Promise<ObjectContent | null> {
    const [start, end] = bytes ?? [0, undefined];
    const count = end === undefined ? undefined : end - start + 1;
    const conditions = etag === undefined ? {} : { ifMatch: `"${etag}"` };
    const found = await this.#answers.found(this.#blob(key).download(start, count, { conditions }));
    if (found === null) return null;
    const stream = found.readableStreamBody as Readable;
    return { etag: unquoted(found.etag), sizeBytes: found.contentLength ?? 0, stream };
  }

  async head(key: string): Promise<ObjectInfo | null> {
    const asking = this.#blob(key).getProperties({ abortSignal: soon() });
    const found = await this.#answers.found(asking);
    return found && { key, sizeBytes: found.contentLength ?? 0, etag: unquoted(found.etag) };
  }

  async *list(prefix: string, isFlat: boolean): AsyncGenerator<ObjectEntry> {
    const { container } = this.#connection;
    const options = { prefix: this.#prefix + prefix };
    const pages = isFlat
      ? container.listBlobsFlat(options).byPage()
      : container.listBlobsByHierarchy('/', options).byPage();
    for (;;) {
      const page = await this.#answers.asked(pages.next());
      if (page.done) return;
      const { segment } = page.value;
      for (const { name } of prefixesOf(segment)) yield { prefix: this.#ownKey(name) };
      for (const { name, properties } of segment.blobItems) {
        const sizeBytes = properties.contentLength ?? 0;
        yield { key: this.#ownKey(name), sizeBytes, etag: unquoted(properties.etag) };
      }
    }
  }

  async delete(keys: readonly string[]): Promise<void> {
    const waiting = [...keys];
    const worker = async (): Promise<void> => {
      for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
        await this.#answers.found(this.#blob(key).delete({ abortSignal: soon() }));
      }
    };
    await Promise.all(Array.from({ length: Math.min(deletesAtOnce, keys.length) }, worker));
  }

  async sign(method: 'GET' | 'PUT', key: string, seconds: number): Promise<SignedAddress | null> {
    const address = this.#sign(key, method === 'GET' ? 'r' : 'cw', seconds);
    if (address === null || method === 'GET') return address;
    return { ...address, headers: { ...address.headers, 'x-ms-blob-type': 'BlockBlob' } };
  }

  #sign(key: string, permission: BlobPermission, seconds: number): SignedAddress | null {
    return signBlob(this.#connection, this.#prefix + key, permission, seconds);
  }

  #blob(key: string): BlockBlobClient {
    return this.#connection.container.getBlockBlobClient(this.#prefix + key);
  }

  #ownKey(fullKey: string): string {
    return fullKey.slice(this.#prefix.length);
  }
}

function prefixesOf(segment: object): readonly { readonly name: string }[] {
  return (segment as { blobPrefixes?: readonly { readonly name: string }[] }).blobPrefixes ?? [];
}
