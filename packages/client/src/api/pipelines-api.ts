// Published pipelines: published once, and started by anybody who may.

import type { HttpClient } from '../http/http-client.ts';
import { pathOf, queryOf } from '../http/url-path.ts';
import type { Job } from '../wire/job.ts';
import type {
  NewPublishedPipeline,
  PipelineQuery,
  PipelineStart,
  PublishedPipeline,
} from '../wire/pipeline.ts';

export class PipelinesApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  async publish(pipeline: NewPublishedPipeline): Promise<PublishedPipeline> {
    return this.#http.json({ method: 'POST', path: pipelinePath(), json: pipeline });
  }

  async get(id: string): Promise<PublishedPipeline> {
    return this.#http.json({ method: 'GET', path: pipelinePath(id) });
  }

  /** The newest first; all where nothing is asked. */
  async list(query: PipelineQuery = {}): Promise<readonly PublishedPipeline[]> {
    const { name, version, status, limit } = query;
    const path = `${pipelinePath()}${queryOf({ name, version, status, limit })}`;
    const request = { method: 'GET', path } as const;
    return (await this.#http.json<{ value: readonly PublishedPipeline[] }>(request)).value;
  }

  async enable(id: string): Promise<PublishedPipeline> {
    return this.#change(id, 'enable');
  }

  /** It is kept, and cannot be started until it is enabled. */
  async disable(id: string): Promise<PublishedPipeline> {
    return this.#change(id, 'disable');
  }

  async submit(id: string, start: PipelineStart = {}): Promise<Job> {
    return this.#http.json({ method: 'POST', path: pipelinePath(id, 'submit'), json: start });
  }

  /** The jobs that it was started as, the newest first. */
  async jobs(id: string, limit?: number): Promise<readonly Job[]> {
    const path = `${pipelinePath(id, 'jobs')}${queryOf({ limit })}`;
    return (await this.#http.json<{ value: readonly Job[] }>({ method: 'GET', path })).value;
  }

  async #change(id: string, change: 'enable' | 'disable'): Promise<PublishedPipeline> {
    return this.#http.json({ method: 'POST', path: pipelinePath(id, change), repeatable: true });
  }
}

function pipelinePath(...segments: readonly string[]): string {
  return pathOf('api', 'v1', 'pipelines', ...segments);
}
