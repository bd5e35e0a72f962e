// Access tokens: what people and programs without OAuth send. Of each only the digest is kept, who
// it speaks for, with at most which role, and when it was last used, to the hour.
import { randomUUID, timingSafeEqual } from 'node:crypto';
import { checkName } from '../checks/check-text.ts';
import type { Clock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import { RidgelineError } from '../errors.ts';
import { checkExpiry, isOver, isoTime } from './expiry.ts';
import { assertRoom, type IdentityWriter, identityLimits } from './identity-limits.ts';
import { checkRole } from './member-name.ts';
import type { AccessTokensTable } from './member-tables.ts';
import { includesRole, type Role } from './role.ts';
import { newToken, tokenHash } from './token.ts';

export interface AccessToken {
  readonly id: string;
  readonly name: string;
  readonly owner: TokenOwner;
  /** At most this; less where its owner has less by now. */
  readonly role: Role;
  /** The name of who made it. */
  readonly madeBy: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  /** To the hour; null: never used. */
  readonly lastUsedAt: string | null;
}

export interface TokenOwner {
  readonly kind: 'token' | 'user' | 'servicePrincipal';
  /** The id of the user, the app id of the service principal; `admin` for a token of nobody's. */
  readonly id: string;
}

export interface NewAccessToken {
  readonly name: string;
  readonly owner: TokenOwner;
  /** The role of `owner`, and that of who makes the token: it gets neither's more. */
  readonly atMost: readonly Role[];
  /** Default: the most that is allowed. */
  readonly role?: Role | undefined;
  readonly expiresAt?: string | null | undefined;
  readonly madeBy: string;
}

const hourMs = 60 * 60 * 1000;

export class AccessTokens {
  readonly #database: WorkspaceDatabase;
  readonly #clock: Clock;

  constructor(database: WorkspaceDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /**
   * The token itself is given out here, and never again.
   * @throws RidgelineError INVALID_PARAMETER_VALUE, TOKEN_NOT_ALLOWED, IDENTITY_LIMIT_REACHED
   */
  async create(request: NewAccessToken): Promise<AccessToken & { readonly token: string }> {
    const token = newToken();
    const row = this.#newRow(request, token);
    await this.#database.write(async (writer) => {
      await this.#dropExpired(writer);
      const all = await ofOwner(writer, request.owner).execute();
      assertRoom(all.length, identityLimits.tokensPerOwner, 'access tokens of this owner');
      await writer.insertInto('access_tokens').values(row).execute();
    });
    return { ...toAccessToken(row), token };
  }

  /** The newest first; without an owner, those of all. */
  async list(owner?: TokenOwner): Promise<readonly AccessToken[]> {
    const all = this.#database.kysely.selectFrom('access_tokens').selectAll();
    const some =
      owner === undefined
        ? all
        : all.where('owner_kind', '=', owner.kind).where('owner_id', '=', owner.id);
    const rows = await some.orderBy('created_at', 'desc').orderBy('id').limit(10_000).execute();
    return rows.map(toAccessToken);
  }

  /** @throws RidgelineError TOKEN_NOT_FOUND */
  async get(id: string): Promise<AccessToken> {
    const row = await this.#row(id);
    if (row === undefined) throw notFound(id);
    return toAccessToken(row);
  }

  /** The one with that id; null where it is gone or over. */
  async find(id: string): Promise<AccessToken | null> {
    const row = await this.#row(id);
    return row === undefined || isOver(row.expires_at, this.#clock()) ? null : toAccessToken(row);
  }

  /** From then on it is not taken. @throws RidgelineError TOKEN_NOT_FOUND */
  async revoke(id: string): Promise<void> {
    const { numDeletedRows } = await this.#database.write((writer) =>
      writer.deleteFrom('access_tokens').where('id', '=', id).executeTakeFirst(),
    );
    if (numDeletedRows === 0n) throw notFound(id);
  }

  /** The token with that digest; null where there is none, or no longer. Notes that it was used. */
  async authenticate(hash: string): Promise<AccessToken | null> {
    const row = await this.#database.kysely
      .selectFrom('access_tokens')
      .selectAll()
      .where('hash', '=', hash)
      .executeTakeFirst();
    if (row === undefined || !timingSafeEqual(Buffer.from(row.hash), Buffer.from(hash)))
      return null;
    if (isOver(row.expires_at, this.#clock())) return null;
    await this.#noteUse(row);
    return toAccessToken(row);
  }

  async #row(id: string): Promise<AccessTokensTable | undefined> {
    return this.#database.kysely
      .selectFrom('access_tokens')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
  }

  // Not to the second: that would be a write for each request.
  async #noteUse({ id, last_used_at }: AccessTokensTable): Promise<void> {
    const now = this.#clock();
    if (last_used_at !== null && now - last_used_at < hourMs) return;
    await this.#database.write((writer) =>
      writer
        .updateTable('access_tokens')
        .set({ last_used_at: now - (now % hourMs) })
        .where('id', '=', id)
        .execute(),
    );
  }

  async #dropExpired(writer: IdentityWriter): Promise<void> {
    await writer.deleteFrom('access_tokens').where('expires_at', '<=', this.#clock()).execute();
  }

  #newRow(request: NewAccessToken, token: string): AccessTokensTable {
    const now = this.#clock();
    return {
      id: randomUUID(),
      hash: tokenHash(token),
      name: checkName('token name', request.name, identityLimits.nameLength),
      owner_kind: request.owner.kind,
      owner_id: request.owner.id,
      role: allowedRole(request),
      made_by: request.madeBy,
      created_at: now,
      expires_at: checkExpiry(request.expiresAt, now),
      last_used_at: null,
    };
  }
}

function allowedRole({ role, atMost }: NewAccessToken): Role {
  const [least = 'Reader'] = atMost.toSorted((a, b) => (includesRole(a, b) ? 1 : -1));
  const asked = role === undefined ? least : checkRole(role);
  if (includesRole(least, asked)) return asked;
  const message = `the token may have the role ${least} at most, and not ${asked}: nobody gives more than they have`;
  throw new RidgelineError('TOKEN_NOT_ALLOWED', message);
}

function ofOwner(writer: IdentityWriter, { kind, id }: TokenOwner) {
  return writer
    .selectFrom('access_tokens')
    .select('id')
    .where('owner_kind', '=', kind)
    .where('owner_id', '=', id);
}

function notFound(id: string): RidgelineError {
  return new RidgelineError('TOKEN_NOT_FOUND', `access token '${id}' does not exist`);
}

function toAccessToken(row: AccessTokensTable): AccessToken {
  return {
    id: row.id,
    name: row.name,
    owner: { kind: row.owner_kind, id: row.owner_id },
    role: row.role,
    madeBy: row.made_by,
    createdAt: isoTime(row.created_at),
    expiresAt: isoTime(row.expires_at),
    lastUsedAt: isoTime(row.last_used_at),
  };
}
