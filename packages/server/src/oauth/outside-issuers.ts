// Tokens of outside issuers, such as Entra: whether one is the issuer's, for us, of the right tenant,
// and what role it is worth here. Keys are fetched from the issuer, and kept for a while.
import type { Issuer, Member, Role, Workspace } from '@ridgeline/workspace';
import { includesRole } from '@ridgeline/workspace';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { ServerError } from '../errors/server-error.ts';
import { jwksUriOf } from './issuer-metadata.ts';

// Signatures by a key that the issuer publishes, and by nothing that a reader of it could make.
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'EdDSA',
];
const leewaySeconds = 60;
const fetchTimeoutMs = 5_000;
const coolDownMs = 30_000;

export class OutsideIssuers {
  readonly #issuers: Workspace['identity']['issuers'];
  readonly #keys = new Map<string, Promise<JWTVerifyGetKey>>();

  constructor(issuers: Workspace['identity']['issuers']) {
    this.#issuers = issuers;
  }

  /**
   * Null for a token of an issuer that nobody added.
   * @throws ServerError UNAUTHENTICATED, PERMISSION_DENIED, ISSUER_UNAVAILABLE
   */
  async authenticate(token: string, iss: string): Promise<Member | null> {
    const issuer = await this.#issuers.find(iss);
    if (issuer === null) return null;
    const claims = await this.#verify(token, issuer);
    const id = identifierOf(claims);
    const name = textOf(claims.preferred_username) ?? textOf(claims.name) ?? id;
    const role = roleOf(claims, issuer.roles);
    if (role !== null) return { kind: 'external', id, name: name.slice(0, 128), role };
    const message = `${issuer.issuer} vouches for ${id}, but nothing that it says of them is mapped to a role here; an owner can do that with 'ridgeline issuer add --map-role'`;
    throw new ServerError('PERMISSION_DENIED', message);
  }

  async #verify(token: string, issuer: Issuer): Promise<JWTPayload> {
    const getKey = await this.#keysOf(issuer);
    try {
      const { payload } = await jwtVerify(token, getKey, {
        algorithms,
        issuer: issuer.issuer,
        audience: [...issuer.audiences],
        clockTolerance: leewaySeconds,
        requiredClaims: ['exp', 'iat'],
      });
      if (issuer.tenant === null || payload.tid === issuer.tenant) return payload;
    } catch (error) {
      throw refusal(error, issuer);
    }
    throw new ServerError('UNAUTHENTICATED', `this token of ${issuer.issuer} is of another tenant`);
  }

  async #keysOf({ id, issuer, jwksUri }: Issuer): Promise<JWTVerifyGetKey> {
    const known = this.#keys.get(id);
    if (known !== undefined) return known;
    const getKey = openKeys(issuer, jwksUri);
    this.#keys.set(id, getKey);
    // What failed is tried again, but not by each request that comes.
    getKey.catch(() => setTimeout(() => this.#keys.delete(id), coolDownMs).unref());
    return getKey;
  }
}

async function openKeys(issuer: string, jwksUri: string | null): Promise<JWTVerifyGetKey> {
  const uri = jwksUri ?? (await jwksUriOf(issuer, fetchTimeoutMs));
  return createRemoteJWKSet(new URL(uri), {
    timeoutDuration: fetchTimeoutMs,
    cooldownDuration: coolDownMs,
  });
}

function refusal(error: unknown, { issuer }: Issuer): ServerError {
  if (error instanceof errors.JWTExpired) {
    return new ServerError(
      'UNAUTHENTICATED',
      'this token has expired; ask its issuer for a new one',
    );
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    const message = `the claim '${error.claim}' of this token of ${issuer} is not what was agreed for this workspace`;
    return new ServerError('UNAUTHENTICATED', message);
  }
  if (isUnreachable(error)) {
    const message = `the keys of ${issuer} cannot be fetched, so its tokens cannot be checked; try again soon`;
    return new ServerError('ISSUER_UNAVAILABLE', message, { cause: error });
  }
  return new ServerError('UNAUTHENTICATED', `this token is not one of ${issuer}`);
}

// The library has classes for all that is wrong with tokens and keys; what is left is the network.
function isUnreachable(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return true;
  return !(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC';
}

/** The highest of all roles that what the token says is mapped to. */
function roleOf(claims: JWTPayload, roles: Readonly<Record<string, Role>>): Role | null {
  const said = ['roles', 'groups', 'oid', 'appid', 'azp', 'sub'].flatMap((name) =>
    [claims[name]].flat().filter((value) => typeof value === 'string'),
  );
  const mapped = said.flatMap((value) => (Object.hasOwn(roles, value) ? (roles[value] ?? []) : []));
  return mapped.toSorted((a, b) => (includesRole(a, b) ? -1 : 1))[0] ?? null;
}

function identifierOf(claims: JWTPayload): string {
  const id = ['oid', 'appid', 'azp', 'sub'].map((name) => textOf(claims[name])).find(Boolean);
  return id?.slice(0, 256) ?? 'somebody without a name';
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
