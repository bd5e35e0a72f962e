// What service principals prove themselves with: secrets, of which only digests are kept, and public
// keys. Several at once, so that one can be replaced without a gap.
import { createPublicKey, type KeyObject, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Insertable } from 'kysely';
import { checkText } from '../checks/check-text.ts';
import type { Clock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import { RidgelineError } from '../errors.ts';
import { checkExpiry, isOver, isoTime } from './expiry.ts';
import { assertRoom, identityLimits } from './identity-limits.ts';
import type { ClientCredentialsTable } from './member-tables.ts';
import { newToken, tokenHash } from './token.ts';

export interface ClientCredential {
  readonly id: string;
  readonly kind: 'secret' | 'key';
  readonly description: string;
  /** The start of the secret, or of the key's thumbprint. */
  readonly hint: string;
  readonly createdAt: string;
  /** Null: never. */
  readonly expiresAt: string | null;
}

export interface NewCredential {
  readonly description?: string | undefined;
  /** An ISO time; default: never. */
  readonly expiresAt?: string | null | undefined;
}

type Row = Insertable<ClientCredentialsTable>;

export class ClientCredentials {
  readonly #database: WorkspaceDatabase;
  readonly #clock: Clock;

  constructor(database: WorkspaceDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /**
   * The secret is given out here, and never again.
   * @throws RidgelineError INVALID_PARAMETER_VALUE, IDENTITY_LIMIT_REACHED
   */
  async addSecret(
    appId: string,
    credential: NewCredential,
  ): Promise<ClientCredential & { readonly secret: string }> {
    const secret = newToken();
    const proof = {
      kind: 'secret',
      hash: tokenHash(secret),
      hint: `${secret.slice(0, 7)}…`,
    } as const;
    return { ...(await this.#add(appId, credential, proof)), secret };
  }

  /**
   * @param pem a public key or a certificate: RSA of 2048 bits or more, or EC P-256.
   * @throws RidgelineError CREDENTIAL_INVALID, INVALID_PARAMETER_VALUE, IDENTITY_LIMIT_REACHED
   */
  async addKey(appId: string, pem: string, credential: NewCredential): Promise<ClientCredential> {
    const key = publicKey(pem);
    const text = key.export({ type: 'spki', format: 'pem' }).toString();
    const hint = `sha256:${tokenHash(text).slice(0, 16)}`;
    return this.#add(appId, credential, { kind: 'key', public_key: text, hint });
  }

  /** The oldest first; also those that are over. */
  async list(appId: string): Promise<readonly ClientCredential[]> {
    return (await this.#rows(appId)).map(toCredential);
  }

  /** @throws RidgelineError CREDENTIAL_NOT_FOUND */
  async remove(appId: string, id: string): Promise<void> {
    const { numDeletedRows } = await this.#database.write((writer) =>
      writer
        .deleteFrom('client_credentials')
        .where('app_id', '=', appId)
        .where('id', '=', id)
        .executeTakeFirst(),
    );
    if (numDeletedRows > 0n) return;
    const message = `the service principal has no credential '${id}'`;
    throw new RidgelineError('CREDENTIAL_NOT_FOUND', message);
  }

  /** Whether `secret` is one of the secrets: valid, over, or none of them. */
  async checkSecret(appId: string, secret: string): Promise<'valid' | 'expired' | 'wrong'> {
    const presented = Buffer.from(tokenHash(secret));
    const row = (await this.#rows(appId)).find(
      ({ hash }) => hash !== null && timingSafeEqual(Buffer.from(hash), presented),
    );
    if (row === undefined) return 'wrong';
    return isOver(row.expires_at, this.#clock()) ? 'expired' : 'valid';
  }

  /** The public keys that are not over, as PEM. */
  async publicKeys(appId: string): Promise<readonly string[]> {
    const rows = (await this.#rows(appId)).filter((row) => !isOver(row.expires_at, this.#clock()));
    return rows.flatMap((row) => row.public_key ?? []);
  }

  async #add(
    appId: string,
    { description = '', expiresAt }: NewCredential,
    proof: Pick<Row, 'kind' | 'hash' | 'public_key' | 'hint'>,
  ): Promise<ClientCredential> {
    const now = this.#clock();
    const row = {
      id: randomUUID(),
      app_id: appId,
      description: checkText('description', description, identityLimits.descriptionLength),
      hash: null,
      public_key: null,
      ...proof,
      created_at: now,
      expires_at: checkExpiry(expiresAt, now),
    };
    await this.#database.write(async (writer) => {
      const all = await writer
        .selectFrom('client_credentials')
        .select('id')
        .where('app_id', '=', appId)
        .execute();
      const limit = identityLimits.credentialsPerServicePrincipal;
      assertRoom(all.length, limit, 'credentials of this service principal');
      await writer.insertInto('client_credentials').values(row).execute();
    });
    return toCredential(row);
  }

  async #rows(appId: string): Promise<readonly ClientCredentialsTable[]> {
    return this.#database.kysely
      .selectFrom('client_credentials')
      .selectAll()
      .where('app_id', '=', appId)
      .orderBy('created_at')
      .execute();
  }
}

const maxPemLength = 20_000;

function publicKey(pem: string): KeyObject {
  const key = parsedKey(pem);
  const { modulusLength = 0, namedCurve } = key?.asymmetricKeyDetails ?? {};
  if (key?.asymmetricKeyType === 'rsa' && modulusLength >= 2048 && modulusLength <= 8192)
    return key;
  if (key?.asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') return key;
  throw new RidgelineError(
    'CREDENTIAL_INVALID',
    'the key must be a public key or a certificate in PEM: RSA of 2048 to 8192 bits, or EC P-256',
  );
}

function parsedKey(pem: string): KeyObject | null {
  // The library would make a public key of a private one: that one has no business here at all.
  if (pem.length > maxPemLength || pem.includes('PRIVATE KEY')) return null;
  try {
    return createPublicKey(pem);
  } catch {
    return null;
  }
}

function toCredential(row: ClientCredentialsTable): ClientCredential {
  return {
    id: row.id,
    kind: row.kind,
    description: row.description,
    hint: row.hint,
    createdAt: isoTime(row.created_at),
    expiresAt: isoTime(row.expires_at),
  };
}
