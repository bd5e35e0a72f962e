// What delivery pipelines use by name: variable groups, service connections, secure files, environments.
// All are read, changed and deleted alike.
import type { HttpClient } from '../http/http-client.ts';
import { pathOf, queryOf } from '../http/url-path.ts';

export class DeliveryAssetsApi<Asset, Changes> {
  protected readonly http: HttpClient;
  readonly #noun: string;

  constructor(http: HttpClient, noun: string) {
    this.http = http;
    this.#noun = noun;
  }

  async get(name: string): Promise<Asset> {
    return this.http.json({ method: 'GET', path: this.path(name) });
  }

  /** By name; `limit` 1 to 1,000, default 100. */
  async list(limit?: number): Promise<readonly Asset[]> {
    const path = `${this.path()}${queryOf({ limit })}`;
    const answer = await this.http.json<{ value: readonly Asset[] }>({ method: 'GET', path });
    return answer.value;
  }

  /** What is left out stays. */
  async update(name: string, changes: Changes): Promise<Asset> {
    const path = this.path(name);
    return this.http.json({ method: 'PATCH', path, json: changes, repeatable: true });
  }

  async delete(name: string): Promise<void> {
    await this.http.json({ method: 'DELETE', path: this.path(name) });
  }

  protected path(...segments: readonly string[]): string {
    return pathOf('api', 'v1', this.#noun, ...segments);
  }
}

/** Those that are made of words alone. */
export class WrittenAssetsApi<Asset, New, Changes> extends DeliveryAssetsApi<Asset, Changes> {
  /** Refused where there is one of that name. */
  async create(asset: New): Promise<Asset> {
    return this.http.json({ method: 'POST', path: this.path(), json: asset });
  }
}
