// Service principals: programs with a role, and the secrets and keys that they prove themselves with.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { roles, type ServicePrincipal } from '@ridgeline/workspace';
import Type from 'typebox';
import { owner } from '../auth/access.ts';
import type { ServerContext } from '../server-context.ts';
import { closed } from './schema-parts.ts';

const Role = Type.Enum([...roles]);
const NewServicePrincipal = Type.Object({ name: Type.String(), role: Role }, closed);
const Change = Type.Object({ role: Role }, closed);
const NewCredential = Type.Object(
  {
    description: Type.Optional(Type.String()),
    expiresAt: Type.Optional(Type.String({ description: 'An ISO time; default: never' })),
    publicKey: Type.Optional(
      Type.String({ description: 'A public key or certificate in PEM, instead of a secret' }),
    ),
  },
  closed,
);

const tags = ['identity'];
const params = Type.Object({ name: Type.String() });
const ofCredential = Type.Object({ name: Type.String(), id: Type.String() });
const create = { tags, summary: 'Add a service principal', body: NewServicePrincipal };
const list = { tags, summary: 'All service principals' };
const one = { tags, summary: 'A service principal and its credentials, by name or app id', params };
const update = { tags, summary: 'Change its role, at once', params, body: Change };
const remove = { tags, summary: 'Remove it with all that it proves itself with, at once', params };
const addCredential = {
  tags,
  summary: 'A further secret, shown this once, or a public key; others stay',
  params,
  body: Type.Union([NewCredential, Type.Null()]),
};
const removeCredential = { tags, summary: 'Remove a secret or key, at once', params: ofCredential };

const address = '/api/v1/servicePrincipals';

export function servicePrincipalRoutes({ workspace }: ServerContext): FastifyPluginAsyncTypebox {
  const { servicePrincipals, tenants } = workspace.identity;
  const { credentials } = servicePrincipals;
  const shown = (principal: ServicePrincipal) => ({ ...principal, tenantId: tenants.id });

  return async (app) => {
    app.post(address, { ...owner, schema: create }, async ({ body }, reply) =>
      reply.code(201).send(shown(await servicePrincipals.create(body))),
    );

    app.get(address, { ...owner, schema: list }, async () => ({
      value: (await servicePrincipals.list()).map(shown),
    }));

    app.get(`${address}/:name`, { ...owner, schema: one }, async (request) => {
      const principal = await servicePrincipals.get(request.params.name);
      return { ...shown(principal), credentials: await credentials.list(principal.appId) };
    });

    app.patch(`${address}/:name`, { ...owner, schema: update }, async (request) =>
      shown(await servicePrincipals.setRole(request.params.name, request.body.role)),
    );

    app.delete(`${address}/:name`, { ...owner, schema: remove }, async (request, reply) => {
      await servicePrincipals.delete(request.params.name);
      return reply.code(204).send();
    });

    const credentialsAddress = `${address}/:name/credentials`;
    app.post(credentialsAddress, { ...owner, schema: addCredential }, async (request, reply) => {
      const { appId } = await servicePrincipals.get(request.params.name);
      const { publicKey, ...credential } = request.body ?? {};
      const added =
        publicKey === undefined
          ? credentials.addSecret(appId, credential)
          : credentials.addKey(appId, publicKey, credential);
      return reply.code(201).send(await added);
    });

    app.delete(
      `${credentialsAddress}/:id`,
      { ...owner, schema: removeCredential },
      async (request, reply) => {
        const { appId } = await servicePrincipals.get(request.params.name);
        await credentials.remove(appId, request.params.id);
        return reply.code(204).send();
      },
    );
  };
}
