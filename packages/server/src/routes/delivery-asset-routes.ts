// What all assets that delivery pipelines use by name have in common over HTTP: readers list and see
// them, owners make, change and delete them, as they say what a pipeline may reach.
import type { FastifyInstance } from 'fastify';
import type { Static, TSchema } from 'typebox';
import { owner } from '../auth/access.ts';
import { untouched } from '../auth/touch.ts';
import { checkLimit } from './job-routes.ts';
import { Limit, Name } from './schema-parts.ts';

export interface AssetNoun {
  readonly address: string;
  /** Such as `variable group`. */
  readonly what: string;
}

export interface AssetStore<Changes> {
  list(limit: number): Promise<readonly unknown[]>;
  get(name: string): Promise<unknown>;
  update(name: string, changes: Changes): Promise<unknown>;
  delete(name: string): Promise<void>;
}

interface Named {
  readonly Params: { readonly name: string };
}

const tags = ['delivery'];

export function assetRoutes<Changes extends TSchema>(
  app: FastifyInstance,
  { address, what }: AssetNoun,
  body: Changes,
  assets: AssetStore<Static<Changes>>,
): void {
  const list = { tags, summary: `All of kind ${what}, by name`, querystring: Limit };
  app.get<{ Querystring: Static<typeof Limit> }>(
    address,
    { ...untouched.reader, schema: list },
    async ({ query }) => ({ value: await assets.list(checkLimit(query.limit)) }),
  );

  const one = { tags, summary: `A ${what}; secrets are left out`, params: Name };
  app.get<Named>(`${address}/:name`, { ...untouched.reader, schema: one }, async ({ params }) =>
    assets.get(params.name),
  );

  const update = { tags, summary: `Change a ${what}; what is left out stays`, params: Name, body };
  app.patch<Named>(
    `${address}/:name`,
    { ...owner, schema: update },
    // Of a type that is a parameter itself, the framework infers nothing; the schema has checked it.
    async (request) => assets.update(request.params.name, request.body as Static<Changes>),
  );

  const remove = { tags, summary: `Delete a ${what} with all that belongs to it`, params: Name };
  app.delete<Named>(`${address}/:name`, { ...owner, schema: remove }, async ({ params }, reply) => {
    await assets.delete(params.name);
    return reply.code(204).send();
  });
}

export function createAssetRoute<New extends TSchema>(
  app: FastifyInstance,
  { address, what }: AssetNoun,
  body: New,
  create: (spec: Static<New>, by: string) => Promise<unknown>,
): void {
  const schema = { tags, summary: `Create a ${what}`, body };
  app.post(address, { ...owner, schema }, async (request, reply) => {
    const made = await create(request.body as Static<New>, request.principal?.name ?? '');
    return reply.code(201).send(made);
  });
}
