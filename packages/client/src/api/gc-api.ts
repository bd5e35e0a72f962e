// Removes for good what was deleted.
import type { HttpClient } from '../http/http-client.ts';
import { pathOf } from '../http/url-path.ts';
import type { GarbageOptions, GarbageReport } from '../wire/gc.ts';

export class GcApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** One call removes so much at most: see `more`. */
  async collect(options: GarbageOptions = {}): Promise<GarbageReport> {
    const request = { method: 'POST', path: pathOf('api', 'v1', 'gc'), json: options } as const;
    return this.#http.json<GarbageReport>(request);
  }
}
