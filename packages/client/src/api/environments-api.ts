// Environments: named, versioned descriptions of what steps run in.

import type { HttpClient } from '../http/http-client.ts';
import { pathOf } from '../http/url-path.ts';
import type { NewEnvironment, RegisteredEnvironment } from '../wire/environment.ts';

export class EnvironmentsApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** Registers a version, or gives back the equal one that is there. Nothing is installed yet. */
  async create(environment: NewEnvironment): Promise<RegisteredEnvironment> {
    return this.#http.json({ method: 'POST', path: environmentPath(), json: environment });
  }

  /** The one that is built in, and the latest version of each name. */
  async list(): Promise<readonly RegisteredEnvironment[]> {
    return this.#list(environmentPath());
  }

  /** All versions of a name, newest first. */
  async versions(name: string): Promise<readonly RegisteredEnvironment[]> {
    return this.#list(environmentPath(name));
  }

  async get(name: string, version = 'latest'): Promise<RegisteredEnvironment> {
    const path = environmentPath(name, 'versions', version);
    return this.#http.json({ method: 'GET', path });
  }

  async #list(path: string): Promise<readonly RegisteredEnvironment[]> {
    const answer = await this.#http.json<{ value: readonly RegisteredEnvironment[] }>({
      method: 'GET',
      path,
    });
    return answer.value;
  }
}

function environmentPath(...segments: readonly string[]): string {
  return pathOf('api', 'v1', 'environments', ...segments);
}
