// Who a bearer token speaks for, of whatever kind it is: one of the workspace's own, a JWT of its
// authority, a JWT of an outside issuer, or one that a person got by signing in.
import type { Principal } from '@ridgeline/workspace';
import { decodeJwt } from 'jose';
import { ServerError } from '../errors/server-error.ts';
import { accountOf } from './account.ts';
import type { Authority } from './authority.ts';
import { OutsideIssuers } from './outside-issuers.ts';

const maxTokenLength = 16 * 1024;

export class Bearer {
  readonly #authority: Authority;
  readonly #outside: OutsideIssuers;

  constructor(authority: Authority) {
    this.#authority = authority;
    this.#outside = new OutsideIssuers(authority.identity.issuers);
  }

  /** @throws ServerError UNAUTHENTICATED, PERMISSION_DENIED, ISSUER_UNAVAILABLE */
  async authenticate(token: string): Promise<Principal> {
    const principal = await this.#find(token);
    if (principal !== null) return principal;
    throw new ServerError('UNAUTHENTICATED', 'this token is not valid, or no longer');
  }

  async #find(token: string): Promise<Principal | null> {
    if (token.length > maxTokenLength) return null;
    if (token.startsWith('rdg_')) return this.#authority.identity.authenticate(token);
    if (token.split('.').length === 3) return this.#byJwt(token);
    return this.#bySignIn(token);
  }

  async #byJwt(token: string): Promise<Principal | null> {
    const iss = issuerOf(token);
    if (iss === null) return null;
    if (iss !== this.#authority.issuer) return this.#outside.authenticate(token, iss);
    const claims = await this.#authority.verify(token).catch(refuseToken);
    // The role is the one that it has now: what was taken from it since counts at once.
    return this.#authority.identity.servicePrincipal(String(claims.appid));
  }

  async #bySignIn(token: string): Promise<Principal | null> {
    if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
    const { identity } = this.#authority;
    const record = await identity.oauthRecords.get('AccessToken', token);
    return record === null ? null : accountOf(identity, String(record.payload.accountId));
  }
}

function issuerOf(token: string): string | null {
  try {
    return decodeJwt(token).iss ?? null;
  } catch {
    return null;
  }
}

function refuseToken(error: unknown): never {
  const isExpired = (error as { code?: unknown }).code === 'ERR_JWT_EXPIRED';
  const message = isExpired
    ? 'this token has expired; ask for a new one'
    : 'this token is not valid, or no longer';
  throw new ServerError('UNAUTHENTICATED', message, { cause: error });
}
