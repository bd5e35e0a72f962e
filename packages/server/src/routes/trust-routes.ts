// What tokens the workspace takes and gives: outside issuers, the names of its tenant, its own keys.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { roles } from '@ridgeline/workspace';
import Type from 'typebox';
import { owner } from '../auth/access.ts';
import { untouched } from '../auth/touch.ts';
import type { Authority } from '../oauth/authority.ts';
import type { SigningKey } from '../oauth/signing-keys.ts';
import type { ServerContext } from '../server-context.ts';
import { closed } from './schema-parts.ts';

const NewIssuer = Type.Object(
  {
    issuer: Type.String({ description: 'The `iss` of its tokens' }),
    audiences: Type.Array(Type.String(), { description: 'One must be the `aud` of a token' }),
    tenant: Type.Optional(Type.String({ description: 'The `tid` that its tokens must have' })),
    jwksUri: Type.Optional(Type.String({ description: 'Default: where its metadata say' })),
    roles: Type.Record(Type.String(), Type.Enum([...roles]), {
      description: 'What a token says (role, group, oid, appid, azp, sub) → the role here',
    }),
  },
  closed,
);
const NewTenant = Type.Object({ name: Type.String() }, closed);
const Id = Type.Object({ id: Type.String() });
const Name = Type.Object({ name: Type.String() });

const tags = ['identity'];
const addIssuer = { tags, summary: 'Take the tokens of an outside issuer', body: NewIssuer };
const listIssuers = { tags, summary: 'The outside issuers whose tokens are taken' };
const deleteIssuer = { tags, summary: 'Take them no longer, at once', params: Id };
const addTenant = { tags, summary: 'A further name of the tenant', body: NewTenant };
const listTenants = { tags, summary: 'The names of the tenant, its id first' };
const deleteTenant = { tags, summary: 'Take a further name away', params: Name };
const listKeys = { tags, summary: 'The keys that sign tokens, without their private part' };
const rotateKeys = {
  tags,
  summary: 'Sign with a new key; tokens of the old one go on until they end',
};

export function trustRoutes(
  { workspace }: ServerContext,
  authority: Authority,
): FastifyPluginAsyncTypebox {
  const { issuers, tenants } = workspace.identity;
  return async (app) => {
    app.post('/api/v1/issuers', { ...owner, schema: addIssuer }, async ({ body }, reply) =>
      reply.code(201).send(await issuers.add(body)),
    );
    app.get('/api/v1/issuers', { ...owner, schema: listIssuers }, async () => ({
      value: await issuers.list(),
    }));
    app.delete(
      '/api/v1/issuers/:id',
      { ...owner, schema: deleteIssuer },
      async ({ params }, reply) => {
        await issuers.delete(params.id);
        return reply.code(204).send();
      },
    );

    app.post('/api/v1/tenants', { ...owner, schema: addTenant }, async ({ body }, reply) => {
      await tenants.add(body.name);
      return reply.code(201).send({ value: await tenants.list() });
    });
    app.get('/api/v1/tenants', { ...untouched.reader, schema: listTenants }, async () => ({
      value: await tenants.list(),
    }));
    app.delete(
      '/api/v1/tenants/:name',
      { ...owner, schema: deleteTenant },
      async ({ params }, reply) => {
        await tenants.remove(params.name);
        return reply.code(204).send();
      },
    );

    app.get('/api/v1/signingKeys', { ...owner, schema: listKeys }, async () => ({
      value: (await authority.keys.published()).map(described),
    }));
    app.post(
      '/api/v1/signingKeys/rotate',
      { ...owner, schema: rotateKeys },
      async (_request, reply) => reply.code(201).send(described(await authority.keys.rotate())),
    );
  };
}

function described({ kid, createdAt, retiredAt }: SigningKey) {
  return {
    kid,
    createdAt: new Date(createdAt).toISOString(),
    retiredAt: retiredAt === null ? null : new Date(retiredAt).toISOString(),
  };
}
