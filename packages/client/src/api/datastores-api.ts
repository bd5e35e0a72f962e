// Datastores, and their files: streamed both ways.

import { fileBody, saveBody } from '../http/files.ts';
import { findOrMake } from '../http/found-or-made.ts';
import type { HttpClient } from '../http/http-client.ts';
import { encodeFilePath, pathOf } from '../http/url-path.ts';
import type { Datastore, NewDatastore } from '../wire/datastore.ts';
import type { FoundOrMade } from '../wire/found-or-made.ts';
import type { StoredFile } from '../wire/stored-file.ts';

export class DatastoresApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** The datastore of that name, made where there is none; one in another place is refused. */
  async getOrCreate(datastore: NewDatastore): Promise<FoundOrMade<Datastore>> {
    return findOrMake(this.#http, pathOf('api', 'v1', 'datastores'), datastore);
  }

  async list(): Promise<readonly Datastore[]> {
    const request = { method: 'GET', path: pathOf('api', 'v1', 'datastores') } as const;
    return (await this.#http.json<{ value: readonly Datastore[] }>(request)).value;
  }

  async get(name: string): Promise<Datastore> {
    return this.#http.json({ method: 'GET', path: pathOf('api', 'v1', 'datastores', name) });
  }

  /**
   * Uploads a local file, from the start again where the connection is lost.
   * @param path where it goes on the datastore, e.g. `training-data/a.csv`.
   * @throws ApiError LOCAL_PATH_NOT_FOUND, PATH_NOT_ALLOWED
   */
  async upload(datastore: string, path: string, localPath: string): Promise<StoredFile> {
    return this.#put(datastore, path, () => fileBody(localPath));
  }

  /** Uploads bytes or text that are in memory already. */
  async write(datastore: string, path: string, content: Uint8Array<ArrayBuffer> | string) {
    return this.#put(datastore, path, async () => new Blob([content]));
  }

  /** Downloads to a local file; what stands there is replaced when the whole has arrived. */
  async download(datastore: string, path: string, localPath: string): Promise<void> {
    await this.#http.send({ method: 'GET', path: filePath(datastore, path) }, (response) =>
      saveBody(response, localPath),
    );
  }

  #put(datastore: string, path: string, body: () => Promise<Blob>): Promise<StoredFile> {
    return this.#http.json({
      method: 'PUT',
      path: filePath(datastore, path),
      headers: { 'content-type': 'application/octet-stream' },
      body,
    });
  }
}

function filePath(datastore: string, path: string): string {
  return `${pathOf('api', 'v1', 'datastores', datastore, 'files')}/${encodeFilePath(path)}`;
}
