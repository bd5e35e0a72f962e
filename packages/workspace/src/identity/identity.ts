// Who may talk to a workspace: its owner, by the admin token; people, programs and their tokens; and
// each step that runs, by a token of its own that dies with it. It says who somebody is and what
// role they have; what they may do with that, the server says.
import { timingSafeEqual } from 'node:crypto';
import { type Clock, systemClock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import { RidgelineError } from '../errors.ts';
import { permissionLevels } from '../permissions/permission-levels.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { type AccessToken, AccessTokens } from './access-tokens.ts';
import { Issuers } from './issuers.ts';
import { KnownPrincipals } from './known-principals.ts';
import { OAuthRecords } from './oauth-records.ts';
import { admin, type Member, type Principal } from './principal.ts';
import { lesserRole, type Role } from './role.ts';
import { ServicePrincipals } from './service-principals.ts';
import { SignInTries } from './sign-in-tries.ts';
import { Tenants } from './tenants.ts';
import { isTokenShaped, newToken, tokenHash } from './token.ts';
import { Users } from './users.ts';

export interface StepTokenOwner {
  /** The run id of the job's root run. */
  readonly jobId: string;
  readonly runId: string;
  /** The name of who has submitted the job; a user's permissions hold for its steps. */
  readonly submittedBy?: string;
}

export interface IdentityOptions {
  readonly database: WorkspaceDatabase;
  readonly secrets: Secrets;
  readonly clock?: Clock;
}

const adminTokenSecret = 'identity/admin-token';

interface Parts {
  readonly tenants: Tenants;
  readonly oauthRecords: OAuthRecords;
}

export class Identity {
  readonly users: Users;
  readonly servicePrincipals: ServicePrincipals;
  readonly tokens: AccessTokens;
  readonly issuers: Issuers;
  readonly tenants: Tenants;
  readonly oauthRecords: OAuthRecords;
  readonly signInTries: SignInTries;
  readonly #database: WorkspaceDatabase;
  readonly #secrets: Secrets;
  readonly #clock: Clock;
  readonly #known: KnownPrincipals;

  private constructor(options: IdentityOptions, { tenants, oauthRecords }: Parts) {
    const { database, secrets, clock = systemClock } = options;
    this.#database = database;
    this.#secrets = secrets;
    this.#clock = clock;
    this.#known = new KnownPrincipals(database, clock);
    this.users = new Users(database, clock);
    this.servicePrincipals = new ServicePrincipals(database, clock);
    this.tokens = new AccessTokens(database, clock);
    this.issuers = new Issuers(database, clock);
    this.tenants = tenants;
    this.oauthRecords = oauthRecords;
    this.signInTries = new SignInTries(database, clock);
  }

  /** Makes the admin token the first time. @throws RidgelineError SECRET_KEY_WRONG */
  static async open(options: IdentityOptions): Promise<Identity> {
    const { database, secrets, clock = systemClock } = options;
    const identity = new Identity(options, {
      tenants: await Tenants.open(database),
      oauthRecords: await OAuthRecords.open(database, secrets, clock),
    });
    await identity.#admitAdmin(await identity.#findOrMakeAdminToken());
    return identity;
  }

  /** The token of the workspace's owner, always the same. @throws RidgelineError SECRET_KEY_WRONG */
  async adminToken(): Promise<string> {
    return this.#secrets.get(adminTokenSecret);
  }

  /** A new token for one step; it is valid until it is revoked. */
  async issueStepToken({ jobId, runId, submittedBy }: StepTokenOwner): Promise<string> {
    const token = newToken();
    const of = { job_id: jobId, run_id: runId, acts_for: submittedBy || null };
    const row = { hash: tokenHash(token), kind: 'step', ...of } as const;
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
    return this.#known.get(tokenHash(token), (hash) => this.#find(hash));
  }

  async #find(hash: string): Promise<Principal | null> {
    const row = await this.#database.kysely
      .selectFrom('tokens')
      .selectAll()
      .where('hash', '=', hash)
      .executeTakeFirst();
    // The index compares digests, whose bytes a caller cannot choose, so that its time tells nothing
    // of a token; the last word is still a comparison whose time depends on nothing.
    if (row === undefined) return this.#memberOf(await this.tokens.authenticate(hash));
    if (!timingSafeEqual(Buffer.from(row.hash), Buffer.from(hash))) return null;
    const { kind, job_id: jobId, run_id: runId } = row;
    if (kind === 'admin') return admin;
    if (jobId === null || runId === null) return null;
    const actsFor = await this.#heldUser(row.acts_for);
    return { kind, name: `step ${runId}`, role: null, jobId, runId, ...(actsFor && { actsFor }) };
  }

  /** The user of that name as a step acts for them: with a contributor's role, and no more by permissions. */
  async #heldUser(name: string | null): Promise<Member | null> {
    const found = name === null ? null : await this.users.findByName(name);
    const user = found && (await this.user(found.id));
    if (user === null || user.role === 'Owner' || user.levels?.size === 0) return null;
    return { ...user, role: 'Contributor', isHeldToRole: true };
  }

  /** The user with that id, with the role that they have now; null where they are gone. */
  async user(id: string): Promise<Member | null> {
    const user = await this.users.find(id);
    if (user === null) return null;
    const levels = await permissionLevels(this.#database.kysely, id);
    return { kind: 'user', id, name: user.name, role: user.role, levels };
  }

  /** The service principal with that app id, with the role that it has now; null where it is gone. */
  async servicePrincipal(appId: string): Promise<Member | null> {
    const found = await this.servicePrincipals.find(appId);
    if (found === null) return null;
    return { kind: 'servicePrincipal', id: appId, name: found.name, role: found.role };
  }

  /** Who an access token speaks for, by the token's id; null where it is over, or its owner gone. */
  async accessToken(id: string): Promise<Member | null> {
    return this.#memberOf(await this.tokens.find(id));
  }

  // The owner may have less than when the token was made, or be gone.
  async #memberOf(token: AccessToken | null): Promise<Member | null> {
    if (token === null) return null;
    const { kind, id } = token.owner;
    const owner = {
      user: () => this.user(id),
      servicePrincipal: () => this.servicePrincipal(id),
      token: async () =>
        ({ kind: 'token', id: token.id, name: token.name, role: token.role }) as const,
    }[kind];
    const member = await owner();
    if (member === null) return null;
    const role: Role = lesserRole(member.role, token.role);
    return { ...member, role, isHeldToRole: role !== member.role, accessTokenId: token.id };
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
    const row = { hash, kind: 'admin', job_id: null, run_id: null, acts_for: null } as const;
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
