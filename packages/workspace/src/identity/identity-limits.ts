// How much of each a workspace holds: nothing grows without an end.
import type { Transaction } from 'kysely';
import type { WorkspaceTables } from '../database/tables.ts';
import { RidgelineError } from '../errors.ts';

export const identityLimits = {
  users: 1_000,
  servicePrincipals: 1_000,
  credentialsPerServicePrincipal: 20,
  tokensPerOwner: 100,
  issuers: 20,
  rolesPerIssuer: 200,
  audiencesPerIssuer: 20,
  tenants: 20,
  oauthRecords: 100_000,
  nameLength: 128,
  descriptionLength: 500,
} as const;

export type IdentityWriter = Transaction<WorkspaceTables>;

/** @throws RidgelineError IDENTITY_LIMIT_REACHED where there are `limit` of them already. */
export function assertRoom(count: number, limit: number, what: string): void {
  if (count < limit) return;
  const message = `there are ${count} ${what} already, and at most ${limit} are kept; delete some first`;
  throw new RidgelineError('IDENTITY_LIMIT_REACHED', message);
}
