// The workspace as an issuer of tokens: its tenant, its name, its keys, and the tokens themselves.
import { randomUUID } from 'node:crypto';
import type { ServicePrincipal, Workspace } from '@ridgeline/workspace';
import { decodeProtectedHeader, importJWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { isOwnAudience, ownAudiences } from './resource.ts';
import { algorithm, publicJwk, type SigningKey, SigningKeys } from './signing-keys.ts';

export interface AuthorityOptions {
  readonly workspace: Workspace;
  /** Where the server is reached; asked for at each use, as the port is known only once it listens. */
  readonly publicUrl: () => string;
}

/** How long a token of a service principal lives. */
export const accessTokenSeconds = 3600;

export class Authority {
  readonly identity: Workspace['identity'];
  readonly keys: SigningKeys;
  readonly secrets: Workspace['secrets'];
  readonly #publicUrl: () => string;

  constructor({ workspace, publicUrl }: AuthorityOptions) {
    this.identity = workspace.identity;
    this.secrets = workspace.secrets;
    this.keys = new SigningKeys({ secrets: workspace.secrets });
    this.#publicUrl = publicUrl;
  }

  get tenantId(): string {
    return this.identity.tenants.id;
  }

  /** Without a slash at its end. */
  get publicUrl(): string {
    return this.#publicUrl().replace(/\/$/, '');
  }

  /** The `iss` of all tokens: the same under each name of the tenant. */
  get issuer(): string {
    return `${this.publicUrl}/${this.tenantId}/v2.0`;
  }

  get audiences(): readonly string[] {
    return ownAudiences(this.publicUrl, this.tenantId);
  }

  /** @param audience the resource as the client wrote it. */
  async sign(
    client: ServicePrincipal,
    audience: string,
    version: '1.0' | '2.0',
  ): Promise<{ readonly token: string; readonly expiresAt: number }> {
    const key = await this.keys.current();
    const now = Math.floor(Date.now() / 1000);
    const expiresAt = now + accessTokenSeconds;
    const { appId, objectId, role } = client;
    const claims = { appid: appId, azp: appId, oid: objectId, tid: this.tenantId, roles: [role] };
    const token = await new SignJWT({ ...claims, idtyp: 'app', ver: version })
      .setProtectedHeader({ alg: algorithm, typ: 'JWT', kid: key.kid })
      .setIssuer(this.issuer)
      .setAudience(audience)
      .setSubject(objectId)
      .setIssuedAt(now)
      .setNotBefore(now)
      .setExpirationTime(expiresAt)
      .setJti(randomUUID())
      .sign(await importJWK(key.jwk, algorithm));
    return { token, expiresAt };
  }

  /** The claims of a token that this workspace has issued. @throws jose's errors, on any other. */
  async verify(token: string): Promise<JWTPayload> {
    const { kid } = decodeProtectedHeader(token);
    const key = (await this.keys.published()).find((published) => published.kid === kid);
    const { payload } = await jwtVerify(token, await publicKey(key), {
      algorithms: [algorithm],
      issuer: this.issuer,
      requiredClaims: ['aud', 'exp', 'nbf', 'iat', 'tid', 'appid'],
    });
    const isOurs = payload.tid === this.tenantId && isOwnAudience(payload.aud, this.audiences);
    if (!isOurs) throw new Error('the token is for somebody else');
    return payload;
  }
}

async function publicKey(key: SigningKey | undefined): Promise<CryptoKey | Uint8Array> {
  if (key === undefined) throw new Error('no key of this workspace has signed this token');
  return importJWK(publicJwk(key), algorithm);
}
