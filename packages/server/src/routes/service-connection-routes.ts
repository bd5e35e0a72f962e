// Service connections: how delivery pipelines sign in elsewhere.
import { connectionTypes } from '@ridgeline/delivery';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { ServerContext } from '../server-context.ts';
import { assetRoutes, createAssetRoute } from './delivery-asset-routes.ts';
import { assetWords, closed, permissions, TextByName } from './schema-parts.ts';

const TextOrNull = Type.Union([Type.String(), Type.Null()]);
const Changed = Type.Record(Type.String(), TextOrNull, {
  ...closed,
  description: 'Null deletes one',
});
const fields = {
  ...assetWords,
  ...permissions,
  scheme: Type.Optional(Type.String({ description: "Such as `Token`; default the type's first" })),
  skipCheck: Type.Optional(Type.Boolean({ description: 'Save it without trying it' })),
};
const New = Type.Object(
  {
    ...fields,
    name: Type.String(),
    type: Type.Enum([...connectionTypes]),
    url: Type.Optional(Type.String()),
    parameters: Type.Optional(TextByName),
    data: Type.Optional(TextByName),
  },
  closed,
);
const Changes = Type.Object(
  {
    ...fields,
    url: Type.Optional(TextOrNull),
    parameters: Type.Optional(Changed),
    data: Type.Optional(Changed),
  },
  closed,
);

const noun = { address: '/api/v1/service-connections', what: 'service connection' };

export function serviceConnectionRoutes(app: FastifyInstance, { delivery }: ServerContext): void {
  const { connections } = delivery.assets;
  createAssetRoute(app, noun, New, (connection, by) => connections.create(connection, by));
  assetRoutes(app, noun, Changes, connections);
}
