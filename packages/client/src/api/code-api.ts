// Code snapshots: a local folder, packed and uploaded.

import { listCodeFiles } from '../code/list-code-files.ts';
import { packFiles } from '../code/pack-files.ts';
import type { HttpClient } from '../http/http-client.ts';
import { pathOf } from '../http/url-path.ts';
import type { CodeSnapshot } from '../wire/stored-file.ts';

export class CodeApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /**
   * Uploads a folder, without what its `.amlignore` (or else its `.gitignore`) leaves out, and
   * always without `node_modules`, `.git` and `.ridgeline`. The same files give the same id.
   * @throws ApiError LOCAL_PATH_NOT_FOUND, CODE_FOLDER_EMPTY, CODE_LINK_NOT_ALLOWED
   */
  async upload(folder: string): Promise<CodeSnapshot> {
    const files = await listCodeFiles(folder);
    return this.#http.json({
      method: 'POST',
      path: pathOf('api', 'v1', 'code'),
      headers: { 'content-type': 'application/x-tar' },
      body: async () => packFiles(folder, files),
      repeatable: true,
    });
  }
}
