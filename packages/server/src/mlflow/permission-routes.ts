// MLflow's routes of permissions on one experiment or one registered model. Who manages it grants
// them; what a person may do without one, their role says.
import { checkPermission, type Thing, type Workspace } from '@ridgeline/workspace';
import Type from 'typebox';
import { grantedPermission, mayAskAbout } from '../auth/granted-permission.ts';
import { type MlflowRoute, mlflowRoute } from './mlflow-route.ts';
import { ofExperiment, ofModel } from './mlflow-touches.ts';

interface Noun {
  readonly path: 'experiments' | 'registered-models';
  readonly key: 'experiment_id' | 'name';
  readonly answer: 'experiment_permission' | 'registered_model_permission';
  readonly touches: readonly ReturnType<typeof ofModel>[];
  thing(id: string): Thing;
}

const nouns: readonly Noun[] = [
  {
    path: 'experiments',
    key: 'experiment_id',
    answer: 'experiment_permission',
    touches: [ofExperiment('manage')],
    thing: (id) => ({ kind: 'experiment', id }),
  },
  {
    path: 'registered-models',
    key: 'name',
    answer: 'registered_model_permission',
    touches: [ofModel('manage')],
    thing: (name) => ({ kind: 'model', name }),
  },
];

export function permissionRoutes(workspace: Workspace): readonly MlflowRoute[] {
  return nouns.flatMap((noun) => [...readRoutes(workspace, noun), ...writeRoutes(workspace, noun)]);
}

function readRoutes(workspace: Workspace, noun: Noun): readonly MlflowRoute[] {
  const { path, key, answer, thing } = noun;
  return [
    mlflowRoute({
      method: 'GET',
      path: `${path}/permissions/get`,
      access: 'reader',
      touches: 'none',
      summary: `What a person may do with one of the ${path}: of oneself, or of what one manages`,
      input: Type.Object({ [key]: Type.String(), username: Type.String() }),
      handle: async (query, { principal }) => {
        const id = String(query[key]);
        const user = await mayAskAbout(workspace, principal, thing(id), String(query.username));
        const permission = await grantedPermission(workspace, user, thing(id));
        return { [answer]: { [key]: id, user_id: user.id, permission } };
      },
    }),
  ];
}

function writeRoutes(workspace: Workspace, noun: Noun): readonly MlflowRoute[] {
  const { path, key, answer, touches, thing } = noun;
  const { permissions, identity } = workspace;
  const named = { [key]: Type.String(), username: Type.String() };
  const Granted = Type.Object({ ...named, permission: Type.String() });
  const changeRoute = (
    method: 'POST' | 'PATCH' | 'DELETE',
    name: 'create' | 'update' | 'delete',
    summary: string,
  ) =>
    mlflowRoute({
      method,
      path: `${path}/permissions/${name}`,
      access: 'reader',
      touches,
      summary,
      input: name === 'delete' ? Type.Object(named) : Granted,
      handle: async (body) => {
        const fields = body as Readonly<Record<string, string>>;
        const id = String(fields[key]);
        const user = await identity.users.get(String(fields.username));
        if (name === 'delete') return permissions.delete(thing(id), user.id);
        const level = checkPermission(fields.permission);
        await permissions[name](thing(id), user.id, level);
        return { [answer]: { [key]: id, user_id: user.id, permission: level } };
      },
    });
  return [
    changeRoute('POST', 'create', `Give a person a permission on one of the ${path}`),
    changeRoute('PATCH', 'update', `Change a person's permission on one of the ${path}`),
    changeRoute('DELETE', 'delete', `Take a person's permission on one of the ${path} away`),
  ];
}
