// MLflow's routes of permissions on one experiment or one registered model. A role here holds for
// the whole workspace: what it comes to is told, and a permission of its own is refused, for it
// would be kept and then not hold.
import type { Role, Workspace } from '@ridgeline/workspace';
import Type from 'typebox';
import { ServerError } from '../errors/server-error.ts';
import { type MlflowRoute, mlflowRoute } from './mlflow-route.ts';
import { ownOrAny } from './user-routes.ts';

const permissionOf = {
  Reader: 'READ',
  Contributor: 'EDIT',
  Owner: 'MANAGE',
} as const satisfies Readonly<Record<Role, string>>;

const changes = [
  ['POST', 'create'],
  ['PATCH', 'update'],
  ['DELETE', 'delete'],
] as const;

export function permissionRoutes(workspace: Workspace): readonly MlflowRoute[] {
  const { experiments, models } = workspace;
  return [
    ...routesOf(workspace, 'experiments', 'experiment_id', 'experiment_permission', (id) =>
      experiments.getById(id),
    ),
    ...routesOf(workspace, 'registered-models', 'name', 'registered_model_permission', (name) =>
      models.getRegisteredModel(name),
    ),
  ];
}

function routesOf(
  { identity: { users } }: Workspace,
  noun: 'experiments' | 'registered-models',
  key: 'experiment_id' | 'name',
  answer: string,
  find: (id: string) => Promise<unknown>,
): readonly MlflowRoute[] {
  const fields = { [key]: Type.String(), username: Type.String() };
  const Named = Type.Object(fields);
  return [
    mlflowRoute({
      method: 'GET',
      path: `${noun}/permissions/get`,
      access: 'reader',
      summary: `What a person may do with one of the ${noun}, by their role`,
      input: Named,
      handle: async (query, { principal }) => {
        const id = String(query[key]);
        const user = await ownOrAny(principal, () => users.get(String(query.username)));
        await find(id);
        return { [answer]: { [key]: id, user_id: user.id, permission: permissionOf[user.role] } };
      },
    }),
    ...changes.map(([method, change]) =>
      mlflowRoute({
        method,
        path: `${noun}/permissions/${change}`,
        access: 'owner',
        summary: `Refused: a role holds for all ${noun}`,
        input: Type.Object({ ...fields, permission: Type.Optional(Type.String()) }),
        handle: async () => {
          throw new ServerError(
            'INVALID_PARAMETER_VALUE',
            `permissions on single ${noun} are not kept: a person's role holds for the whole ` +
              'workspace; change it by users/update-admin, or by PATCH /api/v1/users/<name>',
          );
        },
      }),
    ),
  ];
}
