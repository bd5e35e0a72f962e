// Service principals and what they prove themselves with.

import type { HttpClient } from '../http/http-client.ts';
import { pathOf } from '../http/url-path.ts';
import type { ClientCredential, NewCredential, Role, ServicePrincipal } from '../wire/identity.ts';

type WithCredentials = ServicePrincipal & { readonly credentials: readonly ClientCredential[] };

export class ServicePrincipalsApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  async create(principal: {
    readonly name: string;
    readonly role: Role;
  }): Promise<ServicePrincipal> {
    return this.#http.json({ method: 'POST', path: principalPath(), json: principal });
  }

  async list(): Promise<readonly ServicePrincipal[]> {
    const answer = await this.#http.json<{ value: readonly ServicePrincipal[] }>({
      method: 'GET',
      path: principalPath(),
    });
    return answer.value;
  }

  /** @param name of the service principal, or its app id. */
  async get(name: string): Promise<WithCredentials> {
    return this.#http.json({ method: 'GET', path: principalPath(name) });
  }

  async setRole(name: string, role: Role): Promise<ServicePrincipal> {
    return this.#http.json({ method: 'PATCH', path: principalPath(name), json: { role } });
  }

  async delete(name: string): Promise<void> {
    await this.#http.json({ method: 'DELETE', path: principalPath(name) });
  }

  /** A further secret: it is in the answer, and never told again. */
  async addSecret(
    name: string,
    credential: NewCredential = {},
  ): Promise<ClientCredential & { readonly secret: string }> {
    return this.#http.json({
      method: 'POST',
      path: principalPath(name, 'credentials'),
      json: credential,
    });
  }

  /** @param publicKey a public key or certificate in PEM. */
  async addKey(
    name: string,
    publicKey: string,
    credential: NewCredential = {},
  ): Promise<ClientCredential> {
    const json = { ...credential, publicKey };
    return this.#http.json({ method: 'POST', path: principalPath(name, 'credentials'), json });
  }

  async removeCredential(name: string, id: string): Promise<void> {
    await this.#http.json({ method: 'DELETE', path: principalPath(name, 'credentials', id) });
  }
}

function principalPath(...segments: readonly string[]): string {
  return pathOf('api', 'v1', 'servicePrincipals', ...segments);
}
