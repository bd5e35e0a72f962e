// Endpoints: made, watched, keyed, and asked for scores.

import type { HttpClient } from '../http/http-client.ts';
import { pathOf } from '../http/url-path.ts';
import type { Endpoint, EndpointKeys, EndpointSpec, KeyType } from '../wire/endpoint.ts';
import { EventsApi } from './events-api.ts';
import { type PollOptions, pollUntil } from './poll.ts';

export interface InvokeOptions {
  /** Default: the primary key, which the client asks for. */
  readonly key?: string;
  /** Sent along, e.g. `traceparent`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export class EndpointsApi {
  readonly #http: HttpClient;
  readonly #events: EventsApi;

  constructor(http: HttpClient, events = new EventsApi(http)) {
    this.#http = http;
    this.#events = events;
  }

  /** Makes an endpoint, or brings it to what `spec` says; `wait` tells when that is done. */
  async put(name: string, spec: EndpointSpec): Promise<Endpoint> {
    return this.#http.json({ method: 'PUT', path: endpointPath(name), json: spec });
  }

  async get(name: string): Promise<Endpoint> {
    return this.#http.json({ method: 'GET', path: endpointPath(name) });
  }

  async list(): Promise<readonly Endpoint[]> {
    const answer = await this.#http.json<{ value: readonly Endpoint[] }>({
      method: 'GET',
      path: endpointPath(),
    });
    return answer.value;
  }

  async delete(name: string): Promise<void> {
    await this.#http.json({ method: 'DELETE', path: endpointPath(name) });
  }

  async keys(name: string): Promise<EndpointKeys> {
    return this.#http.json({
      method: 'POST',
      path: endpointPath(name, 'listKeys'),
      repeatable: true,
    });
  }

  /** Makes a new key in place of one of the two; the other goes on being accepted. */
  async regenerateKey(name: string, keyType: KeyType): Promise<EndpointKeys> {
    return this.#http.json({
      method: 'POST',
      path: endpointPath(name, 'regenerateKeys'),
      json: { keyType },
    });
  }

  /** What the endpoint's scoring processes have written, as text. */
  async logs(name: string): Promise<string> {
    return this.#http.send({ method: 'GET', path: endpointPath(name, 'logs') }, (response) =>
      response.text(),
    );
  }

  /**
   * Asks for scores, with an endpoint key as any caller would.
   * @param body what the scoring script takes, e.g. `{"data": [[…]]}`.
   */
  async invoke(name: string, body: unknown, options: InvokeOptions = {}): Promise<unknown> {
    const { headers, signal } = options;
    return this.#http.json({
      method: 'POST',
      path: pathOf('api', 'v1', 'service', name, 'score'),
      json: body,
      token: options.key ?? (await this.keys(name)).primaryKey,
      ...(headers && { headers }),
      signal,
    });
  }

  /**
   * Waits until an endpoint is what its spec says, or has failed to become it.
   * @throws ApiError WAIT_TIMEOUT
   */
  async wait(name: string, options: PollOptions<Endpoint> = {}): Promise<Endpoint> {
    return pollUntil(this.#http.clock, {
      what: `endpoint '${name}'`,
      ask: () => this.get(name),
      isDone: isSettled,
      watch: (signal) => this.#events.watch({ endpoint: name }, { signal }),
      ...options,
    });
  }
}

/** A server that was started again first starts what it served before: that, too, takes its time. */
function isSettled({ provisioningState, deployments }: Endpoint): boolean {
  const isStarting = deployments.some(({ state }) => state === 'Starting');
  return !isStarting && (provisioningState === 'Succeeded' || provisioningState === 'Failed');
}

function endpointPath(...segments: readonly string[]): string {
  return pathOf('api', 'v1', 'endpoints', ...segments);
}
