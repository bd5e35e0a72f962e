// What other systems tell of the repositories of delivery pipelines, and the secrets that they prove
// themselves with. Anybody can call these addresses: what is not signed is refused.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { anyone } from '../auth/access.ts';
import { ofWorkspace } from '../auth/touch.ts';
import type { ServerContext } from '../server-context.ts';
import { Name } from './schema-parts.ts';

const tags = ['delivery'];
const Alias = Type.Object({
  name: Type.String(),
  alias: Type.String({ description: 'Of `resources.webhooks`' }),
});
const make = {
  tags,
  summary: 'Make the secret of its hooks, in the place of an older one; it is shown once',
  params: Name,
};
const remove = { tags, summary: 'Take no hooks any more', params: Name };
const told = {
  tags,
  summary:
    'A hook of GitHub, Gitea, GitLab or Azure Repos: the repository is looked at now. Signed by X-Hub-Signature-256, or with the secret as the password of basic authentication',
  params: Name,
};
const called = {
  tags,
  summary: 'A webhook of its resources: JSON that starts a build where its filters let it',
  params: Alias,
};

const address = '/api/v1/delivery-pipelines/:name';

/** GitHub sends pushes of many commits; nothing but the list of refs is needed of them. */
const bodyLimit = 5 * 1024 * 1024;

export function deliveryHookRoutes({ delivery }: ServerContext): FastifyPluginAsyncTypebox {
  const { pipelines } = delivery;
  return async (app) => {
    app.post(
      `${address}/hook-secret`,
      { ...ofWorkspace.contributor, schema: make },
      async ({ params: { name } }, reply) => {
        const secret = await pipelines.hookSecrets.make(await pipelines.get(name));
        const path = `/api/v1/delivery-pipelines/${encodeURIComponent(name)}/hooks`;
        return reply.code(201).header('cache-control', 'no-store').send({ path, secret });
      },
    );

    app.delete(
      `${address}/hook-secret`,
      { ...ofWorkspace.contributor, schema: remove },
      async ({ params: { name } }, reply) => {
        await pipelines.hookSecrets.remove(await pipelines.get(name));
        return reply.code(204).send();
      },
    );

    await app.register(async (scope) => hookRoutes(scope, delivery));
  };
}

interface HookParams {
  readonly name: string;
  readonly alias?: string;
}

function hookRoutes(app: FastifyInstance, { triggers }: ServerContext['delivery']): void {
  // The signature is of the bytes, whatever they are said to be.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) =>
    done(null, body),
  );
  const receive = async ({ params, headers, body }: FastifyRequest, reply: FastifyReply) => {
    const { name, alias } = params as HookParams;
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const hook = { pipeline: name, headers, body: bytes, ...(alias !== undefined && { alias }) };
    return reply.code(202).send(await triggers.receive(hook));
  };
  app.post(`${address}/hooks`, { ...anyone, schema: told }, receive);
  app.post(`${address}/hooks/:alias`, { ...anyone, schema: called }, receive);
}
