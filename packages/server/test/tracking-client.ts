// Asks MLflow's routes over HTTP, as its clients do. An answer that never came is an outcome too.
import type { Address } from './server-process.ts';

type Body = string | Uint8Array<ArrayBuffer>;

export interface Reply {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
}

export async function newRun(client: TrackingClient, name?: string): Promise<string> {
  const reply = await client.post('runs/create', { experiment_id: '0', run_name: name });
  const run = reply?.json.run as { readonly info: { readonly run_id: string } } | undefined;
  if (run === undefined) throw new Error(`no run was made: ${JSON.stringify(reply)}`);
  return run.info.run_id;
}

export class TrackingClient {
  readonly #address: Address;

  constructor(address: Address) {
    this.#address = address;
  }

  /** Null where nobody knows what became of it, as the server has gone away. */
  async post(path: string, body: object): Promise<Reply | null> {
    return this.#ask('POST', `mlflow/${path}`, JSON.stringify(body));
  }

  async get(path: string, query: Readonly<Record<string, string>>): Promise<Reply> {
    const reply = await this.#ask('GET', `mlflow/${path}?${new URLSearchParams(query)}`);
    if (reply === null) throw new Error(`no answer to ${path}`);
    return reply;
  }

  async upload(place: string, content: Uint8Array<ArrayBuffer>): Promise<Reply | null> {
    return this.#ask('PUT', `mlflow-artifacts/artifacts/${place}`, content);
  }

  /** Null where there is no such file. */
  async download(place: string): Promise<Uint8Array | null> {
    const answer = await this.#fetch('GET', `mlflow-artifacts/artifacts/${place}`);
    if (answer.status === 404) return null;
    return new Uint8Array(await answer.arrayBuffer());
  }

  async #ask(method: string, path: string, body?: Body): Promise<Reply | null> {
    try {
      const answer = await this.#fetch(method, path, body);
      return { status: answer.status, json: (await answer.json()) as Reply['json'] };
    } catch {
      return null;
    }
  }

  #fetch(method: string, path: string, body?: Body): Promise<Response> {
    const type = typeof body === 'string' ? 'application/json' : 'application/octet-stream';
    const headers = { authorization: `Bearer ${this.#address.token}`, 'content-type': type };
    return fetch(`${this.#address.url}/api/2.0/${path}`, {
      method,
      headers,
      ...(body !== undefined && { body }),
    });
  }
}
