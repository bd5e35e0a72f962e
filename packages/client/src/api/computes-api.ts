// Computes: where steps run.

import { findOrMake } from '../http/found-or-made.ts';
import type { HttpClient } from '../http/http-client.ts';
import { pathOf } from '../http/url-path.ts';
import type { Compute, ComputeChanges, NewCompute } from '../wire/compute.ts';
import type { FoundOrMade } from '../wire/found-or-made.ts';

export class ComputesApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** The compute of that name as it is, made where there is none. */
  async getOrCreate(compute: NewCompute): Promise<FoundOrMade<Compute>> {
    return findOrMake(this.#http, computePath(), compute);
  }

  async list(): Promise<readonly Compute[]> {
    const request = { method: 'GET', path: computePath() } as const;
    return (await this.#http.json<{ value: readonly Compute[] }>(request)).value;
  }

  async get(name: string): Promise<Compute> {
    return this.#http.json({ method: 'GET', path: computePath(name) });
  }

  async update(name: string, changes: ComputeChanges): Promise<Compute> {
    const path = computePath(name);
    return this.#http.json({ method: 'PATCH', path, json: changes, repeatable: true });
  }

  async delete(name: string): Promise<void> {
    await this.#http.json({ method: 'DELETE', path: computePath(name) });
  }
}

function computePath(...segments: readonly string[]): string {
  return pathOf('api', 'v1', 'computes', ...segments);
}
