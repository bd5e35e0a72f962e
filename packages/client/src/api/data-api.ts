// Data assets: named, versioned references to files.

import { clientError } from '../errors.ts';
import type { HttpClient } from '../http/http-client.ts';
import { pathOf, queryOf } from '../http/url-path.ts';
import type { DataAsset, NewDataAsset, TableProfile } from '../wire/data-asset.ts';
import type { DataLineage } from '../wire/lineage.ts';

export class DataApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** Registers a version; the server reads files and tables first, and refuses unreadable ones. */
  async create(asset: NewDataAsset): Promise<DataAsset> {
    return this.#http.json({ method: 'POST', path: dataPath(), json: asset });
  }

  /** The latest version of each name. */
  async list(): Promise<readonly DataAsset[]> {
    return this.#list(dataPath());
  }

  /** All versions of a name, newest first. */
  async versions(name: string): Promise<readonly DataAsset[]> {
    return this.#list(dataPath(name));
  }

  async get(name: string, version = 'latest'): Promise<DataAsset> {
    return this.#http.json({ method: 'GET', path: dataPath(name, 'versions', version) });
  }

  /** @param id the GUID of a version. */
  async getById(id: string): Promise<DataAsset> {
    const [found] = await this.#list(`${dataPath()}${queryOf({ id })}`);
    if (found !== undefined) return found;
    throw clientError('ANSWER_NOT_UNDERSTOOD', `the answer has no data asset of id '${id}'`);
  }

  /** What was made of a version. */
  async lineage(name: string, version = 'latest'): Promise<DataLineage> {
    const path = dataPath(name, 'versions', version, 'lineage');
    return this.#http.json({ method: 'GET', path });
  }

  async profile(name: string, version = 'latest'): Promise<TableProfile> {
    return this.#http.json({
      method: 'GET',
      path: dataPath(name, 'versions', version, 'profile'),
    });
  }

  async #list(path: string): Promise<readonly DataAsset[]> {
    const answer = await this.#http.json<{ value: readonly DataAsset[] }>({ method: 'GET', path });
    return answer.value;
  }
}

function dataPath(...segments: readonly string[]): string {
  return pathOf('api', 'v1', 'data', ...segments);
}
