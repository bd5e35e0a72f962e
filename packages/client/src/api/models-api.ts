// Registered models and their versions, by MLflow's routes.

import { hasCode } from '../errors.ts';
import type { HttpClient } from '../http/http-client.ts';
import { pathOf, queryOf } from '../http/url-path.ts';
import type { ModelLineage } from '../wire/lineage.ts';
import type {
  MlflowModelSearch,
  MlflowModelVersion,
  MlflowModelVersionPage,
  MlflowRegisteredModel,
  MlflowRegisteredModelPage,
} from '../wire/mlflow-model.ts';
import { toPairs } from '../wire/mlflow-values.ts';
import { mlflowPath } from './mlflow-path.ts';
import { modelFilter } from './model-filter.ts';

type Tags = Readonly<Record<string, string>>;

export interface NewModelVersion {
  readonly name: string;
  /** Where its files are, e.g. `runs:/<run id>/outputs/model`. */
  readonly source: string;
  readonly runId?: string;
  readonly tags?: Tags;
  readonly description?: string;
}

export class ModelsApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** @throws ApiError RESOURCE_ALREADY_EXISTS */
  async create(model: {
    readonly name: string;
    readonly description?: string;
    readonly tags?: Tags;
  }): Promise<MlflowRegisteredModel> {
    const answer = await this.#send<{ registered_model: MlflowRegisteredModel }>(
      'POST',
      'registered-models/create',
      { ...model, tags: toPairs(model.tags) },
    );
    return answer.registered_model;
  }

  /** @throws ApiError RESOURCE_DOES_NOT_EXIST */
  async get(name: string): Promise<MlflowRegisteredModel> {
    const query = queryOf({ name });
    const answer = await this.#get<{ registered_model: MlflowRegisteredModel }>(
      `registered-models/get${query}`,
    );
    return answer.registered_model;
  }

  /** The model of that name, made where there is none. */
  async getOrCreate(name: string): Promise<MlflowRegisteredModel> {
    try {
      return await this.create({ name });
    } catch (error) {
      if (hasCode(error, 'RESOURCE_ALREADY_EXISTS')) return this.get(name);
      throw error;
    }
  }

  /** One page of models; ask again with its `next_page_token` for the next. */
  async search(search: MlflowModelSearch = {}): Promise<MlflowRegisteredModelPage> {
    return this.#get(`registered-models/search${searchQuery(search)}`);
  }

  /** Registers files as the next version. The server counts versions from 1. */
  async createVersion(version: NewModelVersion): Promise<MlflowModelVersion> {
    const { name, source, runId, tags, description } = version;
    const answer = await this.#send<{ model_version: MlflowModelVersion }>(
      'POST',
      'model-versions/create',
      { name, source, run_id: runId, description, tags: toPairs(tags) },
    );
    return answer.model_version;
  }

  /** @throws ApiError RESOURCE_DOES_NOT_EXIST */
  async getVersion(name: string, version: string): Promise<MlflowModelVersion> {
    const query = queryOf({ name, version });
    const answer = await this.#get<{ model_version: MlflowModelVersion }>(
      `model-versions/get${query}`,
    );
    return answer.model_version;
  }

  /** Where a version comes from. @throws ApiError RESOURCE_DOES_NOT_EXIST */
  async lineage(name: string, version: string): Promise<ModelLineage> {
    const path = pathOf('api', 'v1', 'models', name, 'versions', version, 'lineage');
    return this.#http.json({ method: 'GET', path });
  }

  /** The version with the greatest number, of those that carry all these tags; or null. */
  async latestVersion(name: string, tags: Tags = {}): Promise<MlflowModelVersion | null> {
    const page = await this.searchVersions({
      filter: modelFilter(name, tags),
      max_results: 1,
      order_by: ['version_number DESC'],
    });
    return page.model_versions?.[0] ?? null;
  }

  /** One page of versions; ask again with its `next_page_token` for the next. */
  async searchVersions(search: MlflowModelSearch): Promise<MlflowModelVersionPage> {
    return this.#get(`model-versions/search${searchQuery(search)}`);
  }

  async setVersionTag(name: string, version: string, key: string, value: string): Promise<void> {
    const tag = { name, version, key, value };
    await this.#send('POST', 'model-versions/set-tag', tag, { repeatable: true });
  }

  async updateVersion(name: string, version: string, description: string): Promise<void> {
    await this.#send('PATCH', 'model-versions/update', { name, version, description });
  }

  async deleteVersion(name: string, version: string): Promise<void> {
    await this.#send('DELETE', 'model-versions/delete', { name, version });
  }

  /** Points a name such as `champion` at a version. */
  async setAlias(name: string, alias: string, version: string): Promise<void> {
    const body = { name, alias, version };
    await this.#send('POST', 'registered-models/alias', body, { repeatable: true });
  }

  /** @throws ApiError RESOURCE_DOES_NOT_EXIST */
  async getVersionByAlias(name: string, alias: string): Promise<MlflowModelVersion> {
    const query = queryOf({ name, alias });
    const answer = await this.#get<{ model_version: MlflowModelVersion }>(
      `registered-models/alias${query}`,
    );
    return answer.model_version;
  }

  async #get<T>(route: string): Promise<T> {
    return this.#http.json({ method: 'GET', path: mlflowPath(route) });
  }

  #send<T>(
    method: 'POST' | 'PATCH' | 'DELETE',
    route: string,
    json: unknown,
    options: { readonly repeatable?: boolean } = {},
  ): Promise<T> {
    return this.#http.json({ method, path: mlflowPath(route), json, ...options });
  }
}

function searchQuery({ order_by: orderBy = [], ...rest }: MlflowModelSearch): string {
  const query = new URLSearchParams(queryOf(rest));
  for (const clause of orderBy) query.append('order_by', clause);
  return query.size === 0 ? '' : `?${query}`;
}
