// Pipeline endpoints: addresses that stay while the published pipelines behind them are replaced.

import type { HttpClient } from '../http/http-client.ts';
import { pathOf, queryOf } from '../http/url-path.ts';
import type { Job } from '../wire/job.ts';
import type { NewPipelineEndpoint, PipelineEndpoint, PipelineStart } from '../wire/pipeline.ts';

/** Endpoints are found by their id or their name. */
export class PipelineEndpointsApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  async create(endpoint: NewPipelineEndpoint): Promise<PipelineEndpoint> {
    return this.#http.json({ method: 'POST', path: endpointPath(), json: endpoint });
  }

  async get(idOrName: string): Promise<PipelineEndpoint> {
    return this.#http.json({ method: 'GET', path: endpointPath(idOrName) });
  }

  /** The newest first. */
  async list({ limit }: { readonly limit?: number } = {}): Promise<readonly PipelineEndpoint[]> {
    const request = { method: 'GET', path: `${endpointPath()}${queryOf({ limit })}` } as const;
    return (await this.#http.json<{ value: readonly PipelineEndpoint[] }>(request)).value;
  }

  /** @param isDefault whether it becomes the default; it does unless told otherwise. */
  async addVersion(
    idOrName: string,
    pipelineId: string,
    { isDefault }: { readonly isDefault?: boolean } = {},
  ): Promise<PipelineEndpoint> {
    const path = endpointPath(idOrName, 'versions');
    return this.#http.json({ method: 'POST', path, json: { pipelineId, isDefault } });
  }

  async setDefault(idOrName: string, version: string): Promise<PipelineEndpoint> {
    const path = endpointPath(idOrName, 'setDefault');
    return this.#http.json({ method: 'POST', path, json: { version }, repeatable: true });
  }

  async enable(idOrName: string): Promise<PipelineEndpoint> {
    return this.#change(idOrName, 'enable');
  }

  /** It is kept, and cannot be called until it is enabled. */
  async disable(idOrName: string): Promise<PipelineEndpoint> {
    return this.#change(idOrName, 'disable');
  }

  /** @param start its `version` chooses another one than the default. */
  async submit(
    idOrName: string,
    start: PipelineStart & { readonly version?: string } = {},
  ): Promise<Job> {
    return this.#http.json({ method: 'POST', path: endpointPath(idOrName, 'submit'), json: start });
  }

  async #change(idOrName: string, change: 'enable' | 'disable'): Promise<PipelineEndpoint> {
    const path = endpointPath(idOrName, change);
    return this.#http.json({ method: 'POST', path, repeatable: true });
  }
}

function endpointPath(...segments: readonly string[]): string {
  return pathOf('api', 'v1', 'pipelineEndpoints', ...segments);
}
