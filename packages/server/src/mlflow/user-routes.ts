// MLflow's routes of users, on the people of the workspace: who is an admin there is an Owner here,
// and who is none gets the role Contributor. A password lets a person sign in; calls of the API bear
// a token, which basic auth takes as the password.
import type { Grant, User, Workspace } from '@ridgeline/workspace';
import Type from 'typebox';
import type { Principal } from '../auth/access.ts';
import { shownGrants } from '../auth/shown-to.ts';
import { ServerError } from '../errors/server-error.ts';
import { type MlflowRoute, mlflowRoute } from './mlflow-route.ts';

const name = { username: Type.String() };
const Name = Type.Object(name);
const WithPassword = Type.Object({ ...name, password: Type.String() });

export function userRoutes(workspace: Workspace): readonly MlflowRoute[] {
  const { users } = workspace.identity;
  return [
    mlflowRoute({
      method: 'POST',
      path: 'users/create',
      access: 'owner',
      touches: 'none',
      summary: 'Add a person with a password, as a Contributor',
      input: WithPassword,
      handle: async ({ username, password }) => ({
        user: {
          ...toWire(await users.create({ name: username, password, role: 'Contributor' })),
          ...toWireGrants([]),
        },
      }),
    }),
    mlflowRoute({
      method: 'GET',
      path: 'users/get',
      access: 'reader',
      touches: 'none',
      summary: 'A person; who is no owner sees only themselves',
      input: Name,
      handle: async ({ username }, { principal }) => {
        const user = await ownOrAny(principal, () => users.get(username));
        const grants = await shownGrants(workspace, principal, user.id);
        return { user: { ...toWire(user), ...toWireGrants(grants) } };
      },
    }),
    mlflowRoute({
      method: 'GET',
      path: 'users/list',
      access: 'owner',
      touches: 'none',
      summary: 'All people of the workspace',
      input: Type.Object({}),
      handle: async () => ({ users: (await users.list()).map(toWire) }),
    }),
    mlflowRoute({
      method: 'PATCH',
      path: 'users/update-password',
      access: 'owner',
      touches: 'none',
      summary: "Set a person's password; where they are signed in, they are no longer",
      input: WithPassword,
      handle: async ({ username, password }) => users.setPassword(username, password),
    }),
    mlflowRoute({
      method: 'PATCH',
      path: 'users/update-admin',
      access: 'owner',
      touches: 'none',
      summary: 'Make a person an Owner, or an Owner a Contributor',
      input: Type.Object({ ...name, is_admin: Type.Boolean() }),
      handle: async ({ username, is_admin: isAdmin }) => {
        const { role } = await users.get(username);
        if (isAdmin === (role === 'Owner')) return;
        await users.update(username, { role: isAdmin ? 'Owner' : 'Contributor' });
      },
    }),
    mlflowRoute({
      method: 'DELETE',
      path: 'users/delete',
      access: 'owner',
      touches: 'none',
      summary: 'Remove a person with all their tokens, at once',
      input: Name,
      handle: async ({ username }) => users.delete(username),
    }),
  ];
}

/** @throws ServerError PERMISSION_DENIED, whether there is such a person or not */
export async function ownOrAny(
  principal: Principal | null,
  find: () => Promise<User>,
): Promise<User> {
  if (principal?.role === 'Owner') return find();
  const user = await find().catch(() => null);
  if (user !== null && principal?.kind === 'user' && principal.id === user.id) return user;
  const message = 'who is no owner of the workspace may ask only about themselves';
  throw new ServerError('PERMISSION_DENIED', message);
}

function toWire({ id, name: username, role }: User) {
  return { id, username, is_admin: role === 'Owner' };
}

/** MLflow's 2.x clients take no user without. */
function toWireGrants(grants: readonly Grant[]) {
  const of = (kind: Grant['thing']['kind']) => grants.filter(({ thing }) => thing.kind === kind);
  const person = ({ user, permission }: Grant) => ({ user_id: user.id, permission });
  return {
    experiment_permissions: of('experiment').map((grant) => ({
      ...person(grant),
      experiment_id: grant.thing.kind === 'experiment' ? grant.thing.id : '',
    })),
    registered_model_permissions: of('model').map((grant) => ({
      ...{ ...person(grant), name: grant.thing.name },
    })),
  };
}
