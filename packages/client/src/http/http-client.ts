// One call over HTTP: address, token, tries, and errors. It knows no route and no shape.

import { clientError } from '../errors.ts';
import { fromFetchError } from './network-failure.ts';
import { apiErrorOf } from './read-error.ts';
import { withoutSecret } from './redact.ts';
import { type HttpRequest, isRepeatable } from './request.ts';
import { type Clock, isWorthRepeating, withRetries } from './retry.ts';

/** A token, or what gives the one that is valid at the time. */
export type TokenSource = string | (() => Promise<string>);

export interface HttpClientOptions {
  readonly url: string;
  readonly token: TokenSource;
  readonly retryForMs: number;
  readonly clock: Clock;
}

export class HttpClient {
  /** The server's address without a slash at its end. */
  readonly url: string;
  readonly clock: Clock;
  readonly #source: TokenSource;
  /** The last that was sent. */
  #token = '';
  readonly #retryForMs: number;

  constructor({ url, token, retryForMs, clock }: HttpClientOptions) {
    this.url = baseUrlOf(url);
    this.clock = clock;
    this.#source = token;
    this.#retryForMs = retryForMs;
  }

  /** Sends, and reads a JSON answer; an empty answer reads as null. */
  json<T>(request: HttpRequest): Promise<T> {
    return this.send(request, async (response) => parseJson<T>(await response.text()));
  }

  /**
   * Sends, and gives a good answer to `read`. Reading belongs to the try: a connection that is
   * lost in the middle of an answer is a failed try like any other.
   */
  async send<T>(request: HttpRequest, read: (response: Response) => Promise<T>): Promise<T> {
    const repeatable = isRepeatable(request);
    try {
      return await withRetries(() => this.#try(request, read), {
        retryForMs: this.#retryForMs,
        clock: this.clock,
        signal: request.signal,
        mayRepeat: (error) => isWorthRepeating(error, repeatable),
      });
    } catch (error) {
      throw withoutSecret(error, request.token ?? this.#token);
    }
  }

  async #try<T>(request: HttpRequest, read: (response: Response) => Promise<T>): Promise<T> {
    const body = await bodyOf(request);
    this.#token = typeof this.#source === 'string' ? this.#source : await this.#source();
    try {
      const response = await fetch(`${this.url}${request.path}`, {
        method: request.method,
        headers: this.#headersOf(request),
        ...(body !== null && { body, duplex: 'half' }),
        ...(request.signal && { signal: request.signal }),
      });
      if (!response.ok) throw apiErrorOf(response.status, await response.text());
      return await read(response);
    } catch (error) {
      throw fromFetchError(error, this.url);
    }
  }

  #headersOf({ json, token, headers }: HttpRequest): Record<string, string> {
    return {
      accept: 'application/json',
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...headers,
      authorization: `Bearer ${token ?? this.#token}`,
    };
  }
}

async function bodyOf({ json, body }: HttpRequest) {
  if (json !== undefined) return JSON.stringify(json);
  return body === undefined ? null : await body();
}

function parseJson<T>(text: string): T {
  try {
    // The one place where the server's word for its shapes is taken.
    return (text === '' ? null : JSON.parse(text)) as T;
  } catch {
    throw clientError(
      'ANSWER_NOT_UNDERSTOOD',
      `the answer is not JSON (it starts with '${text.slice(0, 40)}'); is the address a Ridgeline server?`,
    );
  }
}

function baseUrlOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw clientError(
      'SERVER_URL_INVALID',
      `the server's address is not an http or https URL; give one like http://127.0.0.1:5757`,
    );
  }
  // A name or password in the address would end up in messages, and fetch refuses it anyway.
  return `${parsed.origin}${parsed.pathname}`.replace(/\/+$/, '');
}
