// What the authorization server remembers: codes, sessions, grants, tokens. Ids are kept as digests
// and contents encrypted, so that a copy of the database lets nobody in.
import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import { RidgelineError } from '../errors.ts';
import { decrypt, encrypt, keyBytes } from '../secrets/cipher.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { assertRoom, type IdentityWriter, identityLimits } from './identity-limits.ts';
import type { OAuthRecordsTable } from './member-tables.ts';
import { tokenHash } from './token.ts';

export interface OAuthRecord {
  readonly payload: Readonly<Record<string, unknown>>;
  /** Seconds since the epoch; null: it has not been used up. */
  readonly consumedAt: number | null;
}

export interface OAuthRecordKeys {
  readonly id: string;
  readonly grantId?: string | undefined;
  readonly uid?: string | undefined;
  readonly userCode?: string | undefined;
}

type Found = 'key' | 'uid_key' | 'user_code_key';

const keySecret = 'identity/oauth-records-key';

export class OAuthRecords {
  readonly #database: WorkspaceDatabase;
  readonly #key: Uint8Array;
  readonly #clock: Clock;

  private constructor(database: WorkspaceDatabase, key: Uint8Array, clock: Clock) {
    this.#database = database;
    this.#key = key;
    this.#clock = clock;
  }

  static async open(
    database: WorkspaceDatabase,
    secrets: Secrets,
    clock: Clock,
  ): Promise<OAuthRecords> {
    return new OAuthRecords(database, await findOrMakeKey(secrets), clock);
  }

  /** @throws RidgelineError IDENTITY_LIMIT_REACHED */
  async put(
    model: string,
    keys: OAuthRecordKeys,
    payload: object,
    expiresInSeconds: number,
  ): Promise<void> {
    const key = digest(model, keys.id);
    const content = {
      grant_key: digestOrNull('grant', keys.grantId),
      uid_key: digestOrNull('uid', keys.uid),
      user_code_key: digestOrNull('userCode', keys.userCode),
      ...encrypt(this.#key, key, JSON.stringify(payload)),
      expires_at: this.#clock() + expiresInSeconds * 1000,
    };
    await this.#database.write(async (writer) => {
      await this.#makeRoom(writer);
      await writer
        .insertInto('oauth_records')
        .values({ key, model, ...content, consumed_at: null })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(content))
        .execute();
    });
  }

  /**
   * Marks `id` as seen.
   * @returns false where it had been: of two that bring the same, one comes first.
   */
  async putOnce(model: string, id: string, expiresInSeconds: number): Promise<boolean> {
    const key = digest(model, id);
    const row = {
      ...{ key, model, grant_key: null, uid_key: null, user_code_key: null, consumed_at: null },
      ...encrypt(this.#key, key, '{}'),
      expires_at: this.#clock() + expiresInSeconds * 1000,
    };
    return this.#database.write(async (writer) => {
      await this.#makeRoom(writer);
      const { numInsertedOrUpdatedRows } = await writer
        .insertInto('oauth_records')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    });
  }

  get(model: string, id: string): Promise<OAuthRecord | null> {
    return this.#find(model, 'key', digest(model, id));
  }

  getByUid(model: string, uid: string): Promise<OAuthRecord | null> {
    return this.#find(model, 'uid_key', digest('uid', uid));
  }

  getByUserCode(model: string, userCode: string): Promise<OAuthRecord | null> {
    return this.#find(model, 'user_code_key', digest('userCode', userCode));
  }

  /** Uses it up. @returns false where that had happened already: of two, one comes first. */
  async consume(model: string, id: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#database.write((writer) =>
      writer
        .updateTable('oauth_records')
        .set({ consumed_at: Math.floor(this.#clock() / 1000) })
        .where('key', '=', digest(model, id))
        .where('consumed_at', 'is', null)
        .executeTakeFirst(),
    );
    return numUpdatedRows === 1n;
  }

  async delete(model: string, id: string): Promise<void> {
    await this.#database.write((writer) =>
      writer.deleteFrom('oauth_records').where('key', '=', digest(model, id)).execute(),
    );
  }

  /** All that came of one grant, of whatever model. */
  async deleteGrant(grantId: string): Promise<void> {
    await this.#database.write((writer) =>
      writer
        .deleteFrom('oauth_records')
        .where('grant_key', '=', digest('grant', grantId))
        .execute(),
    );
  }

  async #makeRoom(writer: IdentityWriter): Promise<void> {
    await writer.deleteFrom('oauth_records').where('expires_at', '<=', this.#clock()).execute();
    const { count } = await writer
      .selectFrom('oauth_records')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    assertRoom(Number(count), identityLimits.oauthRecords, 'open sign-ins');
  }

  async #find(model: string, column: Found, value: string): Promise<OAuthRecord | null> {
    const row = await this.#database.kysely
      .selectFrom('oauth_records')
      .selectAll()
      .where(column, '=', value)
      .where('model', '=', model)
      .where('expires_at', '>', this.#clock())
      .executeTakeFirst();
    return row === undefined ? null : this.#open(row);
  }

  // What cannot be read is as good as gone: whoever it was for signs in again.
  #open(row: OAuthRecordsTable): OAuthRecord | null {
    const text = decrypt(this.#key, row.key, row);
    return text === null ? null : { payload: JSON.parse(text), consumedAt: row.consumed_at };
  }
}

async function findOrMakeKey(secrets: Secrets): Promise<Uint8Array> {
  try {
    return Buffer.from(await secrets.get(keySecret), 'base64');
  } catch (error) {
    if (!(error instanceof RidgelineError) || error.code !== 'SECRET_NOT_FOUND') throw error;
  }
  const key = randomBytes(keyBytes);
  await secrets.set(keySecret, key.toString('base64'));
  return key;
}

function digest(kind: string, value: string): string {
  return tokenHash(`${kind}:${value}`);
}

function digestOrNull(kind: string, value: string | undefined): string | null {
  return value === undefined ? null : digest(kind, value);
}
