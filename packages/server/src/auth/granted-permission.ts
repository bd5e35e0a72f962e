// What a person may do with a thing, as those are told who may know it: themselves, and who manages it.
import {
  type Permission,
  type Principal,
  roleAsPermission,
  type Thing,
  type User,
  type Workspace,
} from '@ridgeline/workspace';
import { ServerError } from '../errors/server-error.ts';
import { assertMayTouch } from './hold-permissions.ts';

/** Their own permission, or what their role gives. @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
export async function grantedPermission(
  { permissions, experiments, models }: Workspace,
  { id, role }: User,
  thing: Thing,
): Promise<Permission> {
  await (thing.kind === 'experiment'
    ? experiments.getById(thing.id)
    : models.getRegisteredModel(thing.name));
  const own = role === 'Owner' ? null : await permissions.find(thing, id);
  return own ?? roleAsPermission(role);
}

/** @throws ServerError PERMISSION_DENIED, whether there is such a person or not */
export async function mayAskAbout(
  workspace: Workspace,
  principal: Principal | null,
  thing: Thing,
  name: string,
): Promise<User> {
  const { users } = workspace.identity;
  if (principal === null || principal.kind === 'step') throw onlyThemselves();
  const user = await users.get(name).catch(() => null);
  if (user !== null && principal.kind === 'user' && principal.id === user.id) return user;
  await assertMayTouch({ workspace }, principal, { thing, right: 'manage' }).catch(() => {
    throw onlyThemselves();
  });
  return users.get(name);
}

function onlyThemselves(): ServerError {
  const message =
    'who is no owner of the workspace may ask only about themselves, and about what they manage';
  return new ServerError('PERMISSION_DENIED', message);
}
