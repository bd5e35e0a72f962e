// Holds people to their permissions on single experiments and registered models, before any handler.
// For whom no permission says other than their role, that costs nothing.
import {
  isLowerThanRole,
  type Member,
  permissionAllows,
  type Right,
  roleAllows,
} from '@ridgeline/workspace';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServerContext } from '../server-context.ts';
import type { Access } from './access.ts';
import { nothingToRaise, refused, wholeWorkspaceOnly } from './permission-refusals.ts';
import type { Touch, Touches } from './touch.ts';
import { type TouchedThing, touchedThings } from './touched-things.ts';

/** What changes a thing, for which a permission may stand in for a role. */
const changes: readonly Right[] = ['update', 'delete', 'manage'];

/** To be called after access was asked for: by then it is known who asks. */
export function holdPermissions(app: FastifyInstance, context: ServerContext): void {
  app.addHook('preHandler', async (request) => {
    const { principal, is404, routeOptions } = request;
    const { access, touches } = routeOptions.config;
    if (principal === null || is404 || access === 'owner') return;
    const member = principal.kind === 'step' ? principal.actsFor : principal;
    if (member === undefined || member.role === 'Owner') return;
    if (touches === undefined || touches === 'workspace') {
      if (isGivenLess(member, access)) throw wholeWorkspaceOnly(member, request);
      return;
    }
    if (typeof touches !== 'string') await holdTo(context, request, member, touches);
  });
}

/**
 * Whether it depends on what is touched: their role is too little, and somewhere they have more. To be
 * decided when the input is read.
 */
export function mayBeRaised(principal: Member, touches: Touches | undefined): boolean {
  if (touches === undefined || typeof touches === 'string') return false;
  if (principal.isHeldToRole === true) return false;
  return touches.some(({ right }) => changes.includes(right) && isGivenSomewhere(principal, right));
}

async function holdTo(
  context: ServerContext,
  request: FastifyRequest,
  principal: Member,
  touches: readonly Touch[],
): Promise<void> {
  const open = touches.filter(({ right }) => !isGivenEverywhere(principal, right));
  if (open.length === 0) return;
  const things = await touchedThings(context, request, open);
  for (const touched of things) {
    await assertMayTouch(context, principal, touched);
  }
  if (!request.isBelowRole || things.some(({ right }) => changes.includes(right))) return;
  throw nothingToRaise(principal, request);
}

async function mayTouch(
  { workspace: { permissions } }: Pick<ServerContext, 'workspace'>,
  principal: Member,
  { thing, right }: TouchedThing,
): Promise<boolean> {
  const byRole = roleAllows(principal.role, right);
  const own = principal.kind === 'user' ? await permissions.find(thing, principal.id) : null;
  if (own === null) return byRole;
  return permissionAllows(own, right) && (byRole || principal.isHeldToRole !== true);
}

/** @throws ServerError PERMISSION_DENIED */
export async function assertMayTouch(
  context: Pick<ServerContext, 'workspace'>,
  principal: Member,
  touched: TouchedThing,
): Promise<void> {
  if (principal.role === 'Owner' || (await mayTouch(context, principal, touched))) return;
  const isShown = await mayTouch(context, principal, { ...touched, right: 'read' });
  throw refused(principal, touched, isShown);
}

function levelsOf({ levels }: Member) {
  return [...(levels ?? [])];
}

/** Whether they have less somewhere than a route takes that is about everything. */
function isGivenLess(principal: Member, access: Access | undefined): boolean {
  const needed = access === 'reader' || access === 'readerOrStep' ? 'Reader' : 'Contributor';
  return levelsOf(principal).some((level) => isLowerThanRole(level, needed));
}

function isGivenEverywhere(principal: Member, right: Right): boolean {
  const isGiven = levelsOf(principal).every((level) => permissionAllows(level, right));
  return isGiven && roleAllows(principal.role, right);
}

function isGivenSomewhere(principal: Member, right: Right): boolean {
  return levelsOf(principal).some((level) => permissionAllows(level, right));
}
