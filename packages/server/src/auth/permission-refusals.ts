// Why somebody was refused by permissions, and who can change that.
import { describeThing, type Member } from '@ridgeline/workspace';
import type { FastifyRequest } from 'fastify';
import { ServerError } from '../errors/server-error.ts';
import type { TouchedThing } from './touched-things.ts';

export function refused(
  { name, role }: Member,
  { thing, right }: TouchedThing,
  isShown: boolean,
): ServerError {
  // Of what may not be read not even the name is told.
  const what = `${right} ${isShown ? describeThing(thing) : 'what this request is about'}`;
  const message =
    `${name} may not ${what}: neither the role ${role} nor a permission of their own there allows it; ` +
    'who manages it, or an owner of the workspace, can change that';
  return new ServerError('PERMISSION_DENIED', message);
}

export function wholeWorkspaceOnly(
  { name }: Member,
  { method, routeOptions }: FastifyRequest,
): ServerError {
  const message =
    `${name} may not use ${method} ${routeOptions.url}: a permission gives them less than their role ` +
    'somewhere, and what this does cannot be held to single experiments and models; ' +
    'an owner of the workspace can change that';
  return new ServerError('PERMISSION_DENIED', message);
}

export function nothingToRaise(
  { name, role }: Member,
  { method, routeOptions }: FastifyRequest,
): ServerError {
  const message =
    `${name} may not use ${method} ${routeOptions.url} with the role ${role}: it names nothing on ` +
    'which they have a permission of their own';
  return new ServerError('PERMISSION_DENIED', message);
}
