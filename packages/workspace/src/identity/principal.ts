// Who is behind a request: what `authenticate` gives, and what is written down of who did a thing.
import type { Permission } from '../permissions/permission.ts';
import type { Role } from './role.ts';

/** Somebody with a role in the workspace. */
export interface Member {
  /**
   * `token`: an access token that the owner made for nobody in particular, and the admin token.
   * `external`: somebody whom an outside issuer vouches for.
   */
  readonly kind: 'token' | 'user' | 'servicePrincipal' | 'external';
  /** Of the user, the service principal (its app id), the token; what the issuer says of others. */
  readonly id: string;
  /** For people to read, such as in a log of who did what. */
  readonly name: string;
  readonly role: Role;
  /** Of the access token that they have come with, if it was one. */
  readonly accessTokenId?: string;
  /**
   * Of a user: the levels of the permissions that they have of their own, wherever that is. Default
   * none: their role holds everywhere.
   */
  readonly levels?: ReadonlySet<Permission>;
  /** They have come with a token for less than they have: no permission gives more than its role. */
  readonly isHeldToRole?: boolean;
}

/** A step of a job, while it runs. */
export interface StepPrincipal {
  readonly kind: 'step';
  readonly name: string;
  readonly role: null;
  /** The run id of the job's root run. */
  readonly jobId: string;
  readonly runId: string;
  /** Who has submitted the job, where they have permissions of their own: the step has no more. */
  readonly actsFor?: Member;
}

export type Principal = Member | StepPrincipal;

/** The workspace's owner, by the token that the server prints when it starts. */
export const admin: Member = { kind: 'token', id: 'admin', name: 'admin', role: 'Owner' };
