// Secrets that users set for the workspace to use, such as a cluster's token. They come in here, and
// never go out.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { userSecretName } from '@ridgeline/workspace';
import Type from 'typebox';
import { owner } from '../auth/access.ts';
import type { ServerContext } from '../server-context.ts';
import { closed } from './schema-parts.ts';

const tags = ['secrets'];
const params = Type.Object({ name: Type.String() });
const body = Type.Object({ value: Type.String({ minLength: 1 }) }, closed);
const set = { tags, summary: 'Set a secret, replacing an older value', params, body };
const remove = { tags, summary: 'Delete a secret', params };

const address = '/api/v1/secrets/:name';

export function secretRoutes({ workspace }: ServerContext): FastifyPluginAsyncTypebox {
  const { secrets } = workspace;
  return async (app) => {
    app.put(address, { ...owner, schema: set }, async ({ params, body }, reply) => {
      await secrets.set(userSecretName(params.name), body.value);
      return reply.code(204).send();
    });

    app.delete(address, { ...owner, schema: remove }, async ({ params }, reply) => {
      await secrets.delete(userSecretName(params.name));
      return reply.code(204).send();
    });
  };
}
