// The routes of permissions of MLflow 3.x's clients: one for all kinds of things. Its word for a
// permission that denies all is DENY.
import {
  checkPermission,
  permissionAllows,
  RidgelineError,
  type Thing,
  type Workspace,
} from '@ridgeline/workspace';
import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { grantedPermission, mayAskAbout } from '../auth/granted-permission.ts';
import { assertMayTouch } from '../auth/hold-permissions.ts';
import { ServerError } from '../errors/server-error.ts';
import { type MlflowRoute, mlflowRoute } from './mlflow-route.ts';

const resource = {
  username: Type.String(),
  resource_type: Type.String(),
  resource_id: Type.String(),
};
const Resource = Type.Object(resource);

const kinds: ReadonlyMap<string, (id: string) => Thing> = new Map([
  ['experiment', (id): Thing => ({ kind: 'experiment', id })],
  ['registered_model', (name): Thing => ({ kind: 'model', name })],
  // A prompt is kept as a registered model.
  ['prompt', (name): Thing => ({ kind: 'model', name })],
]);

export function userPermissionRoutes(workspace: Workspace): readonly MlflowRoute[] {
  const { permissions, identity } = workspace;
  const found = async (body: Static<typeof Resource>, { principal }: FastifyRequest) => {
    const thing = thingOf(body);
    if (principal !== null && principal.kind !== 'step')
      await assertMayTouch({ workspace }, principal, { thing, right: 'manage' });
    return { thing, userId: (await identity.users.get(body.username)).id };
  };
  return [
    mlflowRoute({
      method: 'POST',
      path: 'users/permissions/grant',
      access: 'reader',
      touches: 'handled',
      summary: 'Give a person a permission on an experiment or a registered model',
      input: Type.Object({ ...resource, permission: Type.String() }),
      handle: async (body, request) => {
        const { thing, userId } = await found(body, request);
        const { permission } = body;
        const level = permission === 'DENY' ? 'NO_PERMISSIONS' : checkPermission(permission);
        await permissions.create(thing, userId, level);
      },
    }),
    mlflowRoute({
      method: 'POST',
      path: 'users/permissions/revoke',
      access: 'reader',
      touches: 'handled',
      summary: "Take a person's permission on an experiment or a registered model away",
      input: Resource,
      handle: async (body, request) => {
        const { thing, userId } = await found(body, request);
        await permissions.delete(thing, userId);
      },
    }),
    mlflowRoute({
      method: 'GET',
      path: 'users/permissions/get',
      access: 'reader',
      touches: 'none',
      summary: 'What a person may do with an experiment or a registered model',
      input: Resource,
      handle: async (query, { principal }) => {
        const thing = thingOf(query);
        const user = await mayAskAbout(workspace, principal, thing, query.username);
        // Nobody may do anything with what is not there.
        const permission = await grantedPermission(workspace, user, thing).catch(noneIfGone);
        return {
          allowed: permissionAllows(permission, 'use'),
          permission: permission === 'NO_PERMISSIONS' ? 'DENY' : permission,
        };
      },
    }),
  ];
}

function noneIfGone(error: unknown): 'NO_PERMISSIONS' {
  if (error instanceof RidgelineError && error.status === 404) return 'NO_PERMISSIONS';
  throw error;
}

/** @throws ServerError INVALID_PARAMETER_VALUE */
function thingOf({ resource_type: type, resource_id: id }: Static<typeof Resource>): Thing {
  const thing = kinds.get(type)?.(id);
  if (thing !== undefined) return thing;
  throw new ServerError(
    'INVALID_PARAMETER_VALUE',
    `resource_type '${type.slice(0, 60)}' has no permissions here; they are of ${[...kinds.keys()].join(', ')}`,
  );
}
