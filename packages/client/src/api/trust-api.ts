// What tokens a workspace takes and gives: outside issuers, names of its tenant, its signing keys.

import type { HttpClient } from '../http/http-client.ts';
import { pathOf } from '../http/url-path.ts';
import type { Issuer, NewIssuer, SigningKey } from '../wire/identity.ts';

export class TrustApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  async addIssuer(issuer: NewIssuer): Promise<Issuer> {
    return this.#http.json({ method: 'POST', path: trustPath('issuers'), json: issuer });
  }

  issuers(): Promise<readonly Issuer[]> {
    return this.#list('issuers');
  }

  async deleteIssuer(id: string): Promise<void> {
    await this.#http.json({ method: 'DELETE', path: trustPath('issuers', id) });
  }

  /** The tenant's id first. */
  tenants(): Promise<readonly string[]> {
    return this.#list('tenants');
  }

  async addTenant(name: string): Promise<readonly string[]> {
    const path = trustPath('tenants');
    const answer = await this.#http.json<{ value: readonly string[] }>({
      method: 'POST',
      path,
      json: { name },
    });
    return answer.value;
  }

  async deleteTenant(name: string): Promise<void> {
    await this.#http.json({ method: 'DELETE', path: trustPath('tenants', name) });
  }

  /** The newest first. */
  signingKeys(): Promise<readonly SigningKey[]> {
    return this.#list('signingKeys');
  }

  async rotateKeys(): Promise<SigningKey> {
    return this.#http.json({ method: 'POST', path: trustPath('signingKeys', 'rotate') });
  }

  async #list<T>(noun: string): Promise<readonly T[]> {
    const path = trustPath(noun);
    return (await this.#http.json<{ value: readonly T[] }>({ method: 'GET', path })).value;
  }
}

function trustPath(...segments: readonly string[]): string {
  return pathOf('api', 'v1', ...segments);
}
