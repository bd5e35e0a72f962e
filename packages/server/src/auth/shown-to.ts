// What of an answer somebody may see: for those who have been denied something, what that is; for all
// others, nothing is asked.
import type { Endpoint } from '@ridgeline/endpoints';
import {
  type Grant,
  type HiddenThings,
  nothingHidden,
  type Principal,
  type Workspace,
} from '@ridgeline/workspace';
import { heldMember } from './held-member.ts';

/** The id by which searches leave out what is hidden; undefined for whom nothing is. */
export function shownTo(principal: Principal | null): string | undefined {
  const member = heldMember(principal);
  return member?.levels?.has('NO_PERMISSIONS') ? member.id : undefined;
}

export async function hiddenFrom(
  { permissions }: Workspace,
  principal: Principal | null,
): Promise<HiddenThings> {
  const userId = shownTo(principal);
  return userId === undefined ? nothingHidden : permissions.hiddenFrom(userId);
}

/** The permissions of a person, but for those on what the one who asks may not read. */
export async function shownGrants(
  workspace: Workspace,
  principal: Principal | null,
  userId: string,
): Promise<readonly Grant[]> {
  const grants = await workspace.permissions.ofUser(userId);
  const { experimentIds, modelNames } = await hiddenFrom(workspace, principal);
  return grants.filter(({ thing }) =>
    thing.kind === 'experiment' ? !experimentIds.has(thing.id) : !modelNames.has(thing.name),
  );
}

/** Those behind which there is nothing that may not be read. */
export function shownEndpoints(
  endpoints: readonly Endpoint[],
  { modelNames }: HiddenThings,
): readonly Endpoint[] {
  if (modelNames.size === 0) return endpoints;
  return endpoints.filter(({ deployments }) =>
    deployments.every(({ model }) => !modelNames.has(model.name)),
  );
}

/** Those of the experiments that may be read. */
export async function shownExperiments(
  workspace: Workspace,
  principal: Principal | null,
  ids: readonly string[],
): Promise<readonly string[]> {
  const { experimentIds } = await hiddenFrom(workspace, principal);
  return experimentIds.size === 0 ? ids : ids.filter((id) => !experimentIds.has(plainId(id)));
}

/** Written with zeros in front, it is the same one. */
function plainId(id: string): string {
  return /^\d{1,15}$/.test(id) ? String(Number(id)) : id;
}

/**
 * Who manages what is made now: a person who makes it, as owners manage everything anyway. Not who has
 * come with a token for less than they have, for that lasts longer than the token.
 */
export function creatorOf(principal: Principal | null): string | undefined {
  if (principal?.kind !== 'user' || principal.role === 'Owner') return undefined;
  return principal.isHeldToRole === true ? undefined : principal.id;
}
