// Access tokens, and whose token the client has itself.

import type { HttpClient } from '../http/http-client.ts';
import { pathOf, queryOf } from '../http/url-path.ts';
import type { AccessToken, Me, NewAccessToken } from '../wire/identity.ts';

export class TokensApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** Who the client is to the server. */
  async me(): Promise<Me> {
    return this.#http.json({ method: 'GET', path: pathOf('api', 'v1', 'me') });
  }

  /** The token itself is in the answer, and never told again. */
  async create(token: NewAccessToken): Promise<AccessToken & { readonly token: string }> {
    return this.#http.json({ method: 'POST', path: tokenPath(), json: token });
  }

  /** One's own; for owners with `all` those of everybody. */
  async list(options: { readonly all?: boolean } = {}): Promise<readonly AccessToken[]> {
    const query = queryOf({ all: options.all === true ? 'true' : undefined });
    const { value } = await this.#http.json<{ value: readonly AccessToken[] }>({
      method: 'GET',
      path: tokenPath() + query,
    });
    return value;
  }

  async revoke(id: string): Promise<void> {
    await this.#http.json({ method: 'DELETE', path: tokenPath(id) });
  }
}

function tokenPath(...segments: readonly string[]): string {
  return pathOf('api', 'v1', 'tokens', ...segments);
}
