// Who may talk to a workspace: its owner, by the admin token, and each step that runs, by a token of
// its own that dies with it. It says who somebody is; what they may do, the server says.
import { timingSafeEqual } from 'node:crypto';
import { type Clock, systemClock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import { RidgelineError } from '../errors.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { isTokenShaped, newToken, tokenHash } from './token.ts';

export type Principal =
  | { readonly kind: 'admin' }
  | { readonly kind: 'step'; readonly jobId: string; readonly runId: string };

export interface StepTokenOwner {
  /** The run id of the job's root run. */
  readonly jobId: string;
  readonly runId: string;
}

export interface IdentityOptions {
  readonly database: WorkspaceDatabase;
  readonly secrets: Secrets;
  readonly clock?: Clock;
}

const adminTokenSecret = 'identity/admin-token';

export class Identity {
  readonly #database: WorkspaceDatabase;
  readonly #secrets: Secrets;
  readonly #clock: Clock;

  private constructor({ database, secrets, clock }: IdentityOptions) {
    this.#database = database;
    this.#secrets = secrets;
    this.#clock = clock ?? systemClock;
  }

  /** Makes the admin token the first time. @throws RidgelineError SECRET_KEY_WRONG */
  static async open(options: IdentityOptions): Promise<Identity> {
    const identity = new Identity(options);
    await identity.#admitAdmin(await identity.#findOrMakeAdminToken());
    return identity;
  }

  /** The token of the workspace's owner, always the same. @throws RidgelineError SECRET_KEY_WRONG */
  async adminToken(): Promise<string> {
    return this.#secrets.get(adminTokenSecret);
  }

  /** A new token for one step; it is valid until it is revoked. */
  async issueStepToken({ jobId, runId }: StepTokenOwner): Promise<string> {
    const token = newToken();
    const row = { hash: tokenHash(token), kind: 'step', job_id: jobId, run_id: runId } as const;
    await this.#database.write((writer) =>
      writer
        .insertInto('tokens')
        .values({ ...row, created_at: this.#clock() })
        .execute(),
    );
    return token;
  }

  /** Ends the tokens of one run, or of all steps of a job. Other tokens stay. */
  async revokeStepTokens(
    of: { readonly jobId: string } | { readonly runId: string },
  ): Promise<void> {
    await this.#database.write((writer) => {
      const stepTokens = writer.deleteFrom('tokens').where('kind', '=', 'step');
      return 'runId' in of
        ? stepTokens.where('run_id', '=', of.runId).execute()
        : stepTokens.where('job_id', '=', of.jobId).execute();
    });
  }

  /** Whose token this is; null for a text that is no valid token. */
  async authenticate(token: string): Promise<Principal | null> {
    if (!isTokenShaped(token)) return null;
    const hash = tokenHash(token);
    const row = await this.#database.kysely
      .selectFrom('tokens')
      .selectAll()
      .where('hash', '=', hash)
      .executeTakeFirst();
    // The index compares digests, whose bytes a caller cannot choose, so that its time tells nothing
    // of a token; the last word is still a comparison whose time depends on nothing.
    if (row === undefined || !timingSafeEqual(Buffer.from(row.hash), Buffer.from(hash)))
      return null;
    const { kind, job_id: jobId, run_id: runId } = row;
    if (kind === 'admin') return { kind };
    return jobId === null || runId === null ? null : { kind, jobId, runId };
  }

  async #findOrMakeAdminToken(): Promise<string> {
    try {
      return await this.adminToken();
    } catch (error) {
      if (!(error instanceof RidgelineError) || error.code !== 'SECRET_NOT_FOUND') throw error;
    }
    const token = newToken();
    await this.#secrets.set(adminTokenSecret, token);
    return token;
  }

  // Made good at each open: a process that was killed at the first one may have kept the secret only.
  async #admitAdmin(token: string): Promise<void> {
    const hash = tokenHash(token);
    const row = { hash, kind: 'admin', job_id: null, run_id: null } as const;
    await this.#database.write(async (writer) => {
      await writer
        .deleteFrom('tokens')
        .where('kind', '=', 'admin')
        .where('hash', '!=', hash)
        .execute();
      await writer
        .insertInto('tokens')
        .values({ ...row, created_at: this.#clock() })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    });
  }
}
