// Calls of MLflow's REST API, with the token that the step was given. A server may be started again
// while a search runs, so a call is repeated for a minute where that does no harm. No message holds
// the token.
import { setTimeout as sleep } from 'node:timers/promises';
import { AutoMLError } from '../errors.ts';

export interface TrackingHttpOptions {
  readonly url: string;
  readonly token: string;
  /** Default a minute. */
  readonly retryForMs?: number;
}

interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** From the server's root. */
  readonly path: string;
  readonly body?: string | Blob;
  readonly contentType?: string;
  /** Whether a call that may have been carried out may be made again. */
  readonly repeatable: boolean;
}

const defaultRetryForMs = 60_000;
const firstDelayMs = 100;
const longestDelayMs = 5_000;

export class TrackingHttp {
  readonly #url: string;
  readonly #token: string;
  readonly #retryForMs: number;

  constructor({ url, token, retryForMs = defaultRetryForMs }: TrackingHttpOptions) {
    this.#url = url.replace(/\/+$/, '');
    this.#token = token;
    this.#retryForMs = retryForMs;
  }

  async get(route: string, query: Readonly<Record<string, string>>): Promise<unknown> {
    const path = `/api/2.0/mlflow/${route}?${new URLSearchParams(query)}`;
    return JSON.parse(await this.#send({ method: 'GET', path, repeatable: true }));
  }

  async post(route: string, body: unknown, repeatable = true): Promise<unknown> {
    const call = { method: 'POST', path: `/api/2.0/mlflow/${route}`, repeatable } as const;
    const contentType = 'application/json';
    return JSON.parse(await this.#send({ ...call, contentType, body: JSON.stringify(body) }));
  }

  /** `path` below the artifacts' proxy, its parts not yet encoded. */
  async putArtifact(path: string, body: Blob): Promise<void> {
    const encoded = path.split('/').map(encodeURIComponent).join('/');
    await this.#send({
      ...{ method: 'PUT', path: `/api/2.0/mlflow-artifacts/artifacts/${encoded}` },
      ...{ contentType: 'application/octet-stream', body, repeatable: true },
    });
  }

  async #send(call: Call): Promise<string> {
    const deadline = performance.now() + this.#retryForMs;
    for (let delayMs = firstDelayMs; ; delayMs = Math.min(delayMs * 2, longestDelayMs)) {
      const outcome = await this.#try(call);
      if (typeof outcome === 'string') return outcome;
      if (!outcome.mayRepeat || performance.now() + delayMs > deadline) throw outcome.error;
      await sleep(delayMs);
    }
  }

  async #try(call: Call): Promise<string | Failure> {
    const { method, path, body, contentType } = call;
    const headers = {
      authorization: `Bearer ${this.#token}`,
      ...(contentType !== undefined && { 'content-type': contentType }),
    };
    try {
      const init = { method, headers, ...(body !== undefined && { body }) };
      const response = await fetch(this.#url + path, init);
      const text = await response.text();
      return response.ok ? text : this.#refusal(call, response.status, text);
    } catch (cause) {
      return this.#unreachable(call, cause);
    }
  }

  #refusal(call: Call, status: number, text: string): Failure {
    const reason = messageIn(text).replaceAll(this.#token, '***').slice(0, 1000);
    const isAway = status === 502 || status === 503 || status === 504;
    const message = `${call.method} ${call.path.split('?')[0]} was answered ${status}: ${reason}`;
    const code = isAway ? 'TRACKING_UNREACHABLE' : 'TRACKING_REFUSED';
    return { error: new AutoMLError(code, message), mayRepeat: isAway && call.repeatable };
  }

  #unreachable({ repeatable }: Call, cause: unknown): Failure {
    const reason = reasonOf(cause);
    const message = `the tracking server at ${this.#url} cannot be reached (${reason})`;
    // A refused connection never carried the call.
    const mayRepeat = repeatable || reason === 'ECONNREFUSED';
    return { error: new AutoMLError('TRACKING_UNREACHABLE', message), mayRepeat };
  }
}

interface Failure {
  readonly error: AutoMLError;
  readonly mayRepeat: boolean;
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}

/** MLflow's answers are {"error_code", "message"}, a proxy's may be anything. */
function messageIn(text: string): string {
  try {
    const { message } = Object(JSON.parse(text)) as { readonly message?: unknown };
    return typeof message === 'string' ? message : text;
  } catch {
    return text;
  }
}
