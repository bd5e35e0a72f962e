// Which client asks for a token, and whether it is that client: by a secret, in the form or as Basic
// authentication, or by an assertion that one of its keys has signed (RFC 7523).
import { createPublicKey } from 'node:crypto';
import type { ServicePrincipal, TryCounter } from '@ridgeline/workspace';
import { decodeJwt, errors, jwtVerify } from 'jose';
import type { Authority } from './authority.ts';
import { OAuthError } from './oauth-error.ts';

export interface ClientProof {
  readonly clientId: string;
  readonly secret: string | null;
  readonly assertion: string | null;
}

export type Form = ReadonlyMap<string, string>;

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const assertionAlgorithms = ['RS256', 'PS256', 'ES256'];
/** The longest that an assertion may be valid, in seconds. */
const assertionSeconds = 24 * 60 * 60;

/** @throws OAuthError INVALID_REQUEST, PROOF_MISSING */
export function readProof(form: Form, authorization: string | undefined): ClientProof {
  const basic = basicCredentials(authorization);
  const secret = form.get('client_secret') ?? null;
  const assertion = form.get('client_assertion') ?? null;
  if ([basic, secret, assertion].filter((proof) => proof !== null).length > 1) {
    throw new OAuthError('INVALID_REQUEST', 'The client must prove itself in one way only.');
  }
  if (assertion !== null && form.get('client_assertion_type') !== assertionType) {
    const message = `The parameter 'client_assertion_type' must be '${assertionType}'.`;
    throw new OAuthError('INVALID_REQUEST', message);
  }
  const clientId = basic?.clientId ?? form.get('client_id') ?? subjectOf(assertion);
  if (clientId === null) throw missing('client_id');
  return { clientId, secret: basic?.secret ?? secret, assertion };
}

/** Checks proofs, and how often one place has brought wrong ones. */
export class ClientGate {
  readonly #authority: Authority;

  constructor(authority: Authority) {
    this.#authority = authority;
  }

  /**
   * @param place the address that the request comes from.
   * @throws OAuthError CLIENT_UNKNOWN, PROOF_MISSING, SECRET_WRONG, SECRET_EXPIRED, ASSERTION_INVALID, TOO_MANY_TRIES
   */
  async admit(proof: ClientProof, place: string): Promise<ServicePrincipal> {
    const { signInTries } = this.#authority.identity;
    const counters = countersOf(place, proof.clientId);
    if (await signInTries.isReached(counters)) {
      throw new OAuthError('TOO_MANY_TRIES', 'Too many wrong secrets; wait a minute.');
    }
    try {
      return await this.#check(proof);
    } catch (error) {
      await signInTries.take(counters);
      throw error;
    }
  }

  async #check({ clientId, secret, assertion }: ClientProof): Promise<ServicePrincipal> {
    const client = await this.#authority.identity.servicePrincipals.find(clientId);
    if (client === null) {
      const message = `Application with identifier '${quoted(clientId)}' was not found in the directory.`;
      throw new OAuthError('CLIENT_UNKNOWN', message);
    }
    if (secret !== null) await this.#checkSecret(client, secret);
    else if (assertion !== null) await this.#checkAssertion(client, assertion);
    else
      throw new OAuthError(
        'PROOF_MISSING',
        "The request body must contain 'client_assertion' or 'client_secret'.",
      );
    return client;
  }

  async #checkSecret({ appId }: ServicePrincipal, secret: string): Promise<void> {
    const { credentials } = this.#authority.identity.servicePrincipals;
    const answer = await credentials.checkSecret(appId, secret);
    if (answer === 'valid') return;
    if (answer === 'expired') {
      const message = `The provided client secret keys for app '${appId}' are expired; add a new one.`;
      throw new OAuthError('SECRET_EXPIRED', message);
    }
    const message = `Invalid client secret provided for app '${appId}'; send the secret's value, not its id.`;
    throw new OAuthError('SECRET_WRONG', message);
  }

  async #checkAssertion({ appId }: ServicePrincipal, assertion: string): Promise<void> {
    const { servicePrincipals, oauthRecords } = this.#authority.identity;
    const keys = await servicePrincipals.credentials.publicKeys(appId);
    const claims = await this.#verifiedBy(keys, appId, assertion);
    const seconds = (claims.exp ?? 0) - Math.floor(Date.now() / 1000);
    if (seconds > assertionSeconds) throw invalidAssertion('it is valid for more than a day');
    const id = `${appId} ${claims.jti}`;
    if (await oauthRecords.putOnce('ClientAssertion', id, Math.max(1, seconds) + 60)) return;
    throw invalidAssertion('it has been used before');
  }

  async #verifiedBy(keys: readonly string[], appId: string, assertion: string) {
    const { issuer, publicUrl, tenantId } = this.#authority;
    const audience = [
      issuer,
      `${publicUrl}/${tenantId}/oauth2/v2.0/token`,
      `${publicUrl}/${tenantId}/oauth2/token`,
    ];
    for (const pem of keys) {
      try {
        const verified = await jwtVerify(assertion, createPublicKey(pem), {
          algorithms: assertionAlgorithms,
          issuer: appId,
          subject: appId,
          audience,
          clockTolerance: 60,
          requiredClaims: ['exp', 'jti'],
        });
        return verified.payload;
      } catch (error) {
        // Another key may be the one; a claim that is wrong stays so with each of them.
        if (
          error instanceof errors.JWTClaimValidationFailed ||
          error instanceof errors.JWTExpired
        ) {
          throw invalidAssertion(`its claim '${error.claim}' is not what it should be`);
        }
      }
    }
    throw invalidAssertion('no key of this client has signed it');
  }
}

function countersOf(place: string, clientId: string): readonly TryCounter[] {
  const windowMs = 60_000;
  return [
    { key: `client ${place}`, limit: 200, windowMs },
    { key: `client ${place} ${clientId.slice(0, 100)}`, limit: 20, windowMs },
  ];
}

export function missing(parameter: string): OAuthError {
  const message = `The request body must contain the following parameter: '${parameter}'.`;
  return new OAuthError('INVALID_REQUEST', message);
}

function invalidAssertion(why: string): OAuthError {
  return new OAuthError('ASSERTION_INVALID', `The client assertion was refused: ${why}.`);
}

function subjectOf(assertion: string | null): string | null {
  try {
    return assertion === null ? null : (decodeJwt(assertion).sub ?? null);
  } catch {
    return null;
  }
}

// RFC 6749, section 2.3.1: both parts are form-encoded before they are joined.
function basicCredentials(authorization: string | undefined) {
  const [, encoded] = /^basic +(\S+) *$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return null;
  const [, id = '', secret = ''] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  return { clientId: formDecoded(id), secret: formDecoded(secret) };
}

function formDecoded(text: string): string {
  return new URLSearchParams(`v=${text.replaceAll('&', '%26')}`).get('v') ?? text;
}

function quoted(text: string): string {
  return text.slice(0, 100).replace(/[^\x20-\x7e]/g, '?');
}
