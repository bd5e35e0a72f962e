// Secrets that the workspace uses, such as a cluster's token: they are set, and never read.

import type { HttpClient } from '../http/http-client.ts';
import { pathOf } from '../http/url-path.ts';

export class SecretsApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** Replaces an older value. */
  async set(name: string, value: string): Promise<void> {
    await this.#http.json({ method: 'PUT', path: secretPath(name), json: { value } });
  }

  async delete(name: string): Promise<void> {
    await this.#http.json({ method: 'DELETE', path: secretPath(name) });
  }
}

function secretPath(name: string): string {
  return pathOf('api', 'v1', 'secrets', name);
}
