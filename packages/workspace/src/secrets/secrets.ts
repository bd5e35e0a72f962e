// The secrets of a workspace: named values, encrypted wherever they are kept.
import { checkName, invalid, quote } from '../checks/check-text.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import { RidgelineError } from '../errors.ts';
import { decrypt, encrypt } from './cipher.ts';
import { type SecretKeyOptions, secretKey, secretKeyVariable } from './secret-key.ts';

const nameLength = 255;
const valueLength = 100_000;

export interface SecretsOptions extends Pick<SecretKeyOptions, 'file' | 'staging'> {
  readonly database: WorkspaceDatabase;
  /** The value of RIDGELINE_SECRET_KEY, if it is set. */
  readonly fromEnvironment?: string | undefined;
  readonly clock?: Clock;
}

export class Secrets {
  readonly #database: WorkspaceDatabase;
  readonly #key: Uint8Array;
  readonly #clock: Clock;

  private constructor(database: WorkspaceDatabase, key: Uint8Array, clock: Clock) {
    this.#database = database;
    this.#key = key;
    this.#clock = clock;
  }

  /**
   * Takes the key from the environment, else from its file, which is made for the first secret.
   * @throws RidgelineError SECRET_KEY_INVALID, SECRET_KEY_MISSING
   */
  static async open({ database, clock, ...options }: SecretsOptions): Promise<Secrets> {
    const anySecret = database.kysely.selectFrom('secrets').select('name').limit(1);
    const mayCreate = (await anySecret.executeTakeFirst()) === undefined;
    const { file, staging, fromEnvironment } = options;
    const key = await secretKey({ file, staging, fromEnvironment, mayCreate });
    return new Secrets(database, key, clock ?? systemClock);
  }

  /**
   * Keeps a value, replacing an older one.
   * @param name 1 to 255 characters. `value`: at most 100,000.
   * @throws RidgelineError INVALID_PARAMETER_VALUE
   */
  async set(name: string, value: string): Promise<void> {
    const checked = checkName('secret name', name, nameLength);
    assertStorable(checked, value);
    const row = { ...encrypt(this.#key, checked, value), updated_at: this.#clock() };
    await this.#database.write((writer) =>
      writer
        .insertInto('secrets')
        .values({ name: checked, ...row })
        .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
        .execute(),
    );
  }

  /** @throws RidgelineError SECRET_NOT_FOUND, SECRET_KEY_WRONG */
  async get(name: string): Promise<string> {
    const row = await this.#database.kysely
      .selectFrom('secrets')
      .select(['nonce', 'ciphertext', 'tag'])
      .where('name', '=', name)
      .executeTakeFirst();
    if (row === undefined) {
      throw new RidgelineError('SECRET_NOT_FOUND', `secret ${quote(name)} does not exist`);
    }
    const value = decrypt(this.#key, name, row);
    if (value !== null) return value;
    throw new RidgelineError(
      'SECRET_KEY_WRONG',
      `secret ${quote(name)} cannot be read with the key of this workspace: it was encrypted with ` +
        'another key, or altered since; restore the right secrets.key, or the right value of ' +
        secretKeyVariable,
    );
  }

  /** Nothing happens where there is no such secret. */
  async delete(name: string): Promise<void> {
    await this.#database.write((writer) =>
      writer.deleteFrom('secrets').where('name', '=', name).execute(),
    );
  }
}

// Not by the checks that other values get: those quote the value in their message.
function assertStorable(name: string, value: unknown): void {
  if (typeof value === 'string' && value.isWellFormed() && value.length <= valueLength) return;
  throw invalid(
    `the value of secret ${quote(name)} must be text of up to ${valueLength} characters`,
  );
}
