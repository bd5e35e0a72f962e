// The secrets that webhooks are signed with, among the workspace's own: kept before a webhook names
// one, discarded when none does any more.
import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import type { WorkspaceTables } from '../database/tables.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { checkWebhookSecret } from './check-webhook.ts';

/** @param name of the secret; null where there is to be none, undefined where it stays as it is. */
type WithSecret<T> = (
  writer: Transaction<WorkspaceTables>,
  name: string | null | undefined,
) => Promise<T>;

export class SigningSecrets {
  readonly #database: WorkspaceDatabase;
  readonly #secrets: Secrets;

  constructor(options: { readonly database: WorkspaceDatabase; readonly secrets: Secrets }) {
    this.#database = options.database;
    this.#secrets = options.secrets;
  }

  async read(name: string | null): Promise<string | undefined> {
    return name === null ? undefined : this.#secrets.get(name);
  }

  /**
   * The secret is kept first, under a name of its own, which `work` gets: what a crash in between
   * leaves is used by nobody.
   * @param secret an empty one ends the signing
   */
  async with<T>(secret: string | undefined, work: WithSecret<T>): Promise<T> {
    if (!secret) {
      const name = secret === undefined ? undefined : null;
      return this.#database.write((writer) => work(writer, name));
    }
    const name = `webhook/${randomUUID()}`;
    await this.#secrets.set(name, checkWebhookSecret(secret));
    try {
      return await this.#database.write((writer) => work(writer, name));
    } catch (error) {
      await this.#secrets.delete(name);
      throw error;
    }
  }

  async discard(name: string | null): Promise<void> {
    if (name !== null) await this.#secrets.delete(name);
  }
}
