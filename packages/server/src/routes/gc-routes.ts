// Removing for good what was deleted.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { owner } from '../auth/access.ts';
import type { ServerContext } from '../server-context.ts';
import { closed } from './schema-parts.ts';

const body = Type.Object(
  {
    olderThanMs: Type.Optional(
      Type.Integer({ minimum: 0, description: 'Of the deletion; default 30 days' }),
    ),
    dryRun: Type.Optional(Type.Boolean({ description: 'Says what would go; default false' })),
  },
  closed,
);

const schema = {
  tags: ['gc'],
  summary: 'Remove deleted experiments, runs and logged models for good, so many at a time',
  body,
};

export function gcRoutes({ workspace }: ServerContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post('/api/v1/gc', { ...owner, schema }, async ({ body }) =>
      workspace.garbage.collect(body),
    );
  };
}
