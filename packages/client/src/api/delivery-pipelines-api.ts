// Delivery pipelines: names for Azure Pipelines YAML files of repositories.
import type { HttpClient } from '../http/http-client.ts';
import { pathOf, queryOf } from '../http/url-path.ts';
import type {
  DeliveryPipeline,
  DeliveryPipelineChanges,
  HookSecret,
  NewDeliveryPipeline,
  TriggerState,
} from '../wire/delivery-pipeline.ts';

export class DeliveryPipelinesApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  async create(pipeline: NewDeliveryPipeline): Promise<DeliveryPipeline> {
    return this.#http.json({ method: 'POST', path: pipelinePath(), json: pipeline });
  }

  async get(name: string): Promise<DeliveryPipeline> {
    return this.#http.json({ method: 'GET', path: pipelinePath(name) });
  }

  /** By name. */
  async list(): Promise<readonly DeliveryPipeline[]> {
    const answer = await this.#http.json<{ value: readonly DeliveryPipeline[] }>({
      method: 'GET',
      path: pipelinePath(),
    });
    return answer.value;
  }

  /** What is left out stays. */
  async update(name: string, changes: DeliveryPipelineChanges): Promise<DeliveryPipeline> {
    const path = pipelinePath(name);
    return this.#http.json({ method: 'PATCH', path, json: changes, repeatable: true });
  }

  /** Its builds stay. */
  async delete(name: string): Promise<void> {
    await this.#http.json({ method: 'DELETE', path: pipelinePath(name) });
  }

  /** What its triggers have seen; `limit` 1 to 1,000, default 100. */
  async triggers(name: string, limit?: number): Promise<TriggerState> {
    const path = `${pipelinePath(name, 'triggers')}${queryOf({ limit })}`;
    return this.#http.json({ method: 'GET', path });
  }

  /** Makes the secret of its hooks, in the place of an older one. */
  async makeHookSecret(name: string): Promise<HookSecret> {
    return this.#http.json({ method: 'POST', path: pipelinePath(name, 'hook-secret') });
  }

  /** It takes no hooks any more. */
  async deleteHookSecret(name: string): Promise<void> {
    await this.#http.json({ method: 'DELETE', path: pipelinePath(name, 'hook-secret') });
  }
}

function pipelinePath(...segments: readonly string[]): string {
  return pathOf('api', 'v1', 'delivery-pipelines', ...segments);
}
