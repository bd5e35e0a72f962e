// Variable groups: values and secrets that delivery pipelines use by the group's name.
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { ServerContext } from '../server-context.ts';
import { assetRoutes, createAssetRoute } from './delivery-asset-routes.ts';
import { assetWords, closed, permissions } from './schema-parts.ts';

const Vault = Type.Object(
  { connection: Type.String(), vault: Type.String(), secret: Type.String() },
  closed,
);
const Variable = Type.Object(
  {
    value: Type.Optional(
      Type.Union([Type.String(), Type.Null()], { description: 'Of a secret, null keeps it' }),
    ),
    isSecret: Type.Optional(Type.Boolean()),
    workspaceSecret: Type.Optional(
      Type.String({ description: 'The name of a secret of the workspace' }),
    ),
    vaultSecret: Type.Optional(Vault),
  },
  closed,
);
const words = { ...assetWords, ...permissions };
const New = Type.Object(
  {
    ...words,
    name: Type.String(),
    variables: Type.Optional(Type.Record(Type.String(), Variable, closed)),
  },
  closed,
);
const Changes = Type.Object(
  {
    ...words,
    variables: Type.Optional(
      Type.Record(Type.String(), Type.Union([Variable, Type.Null()]), {
        ...closed,
        description: 'Those that are named change; null deletes one',
      }),
    ),
  },
  closed,
);

const noun = { address: '/api/v1/variable-groups', what: 'variable group' };

export function variableGroupRoutes(app: FastifyInstance, { delivery }: ServerContext): void {
  const { groups } = delivery.assets;
  createAssetRoute(app, noun, New, (group, by) => groups.create(group, by));
  assetRoutes(app, noun, Changes, groups);
}
