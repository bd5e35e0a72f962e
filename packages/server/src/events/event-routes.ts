// What happens in the workspace, as server-sent events: to be read along, and gone on with after a
// lost connection.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { changeKinds } from '@ridgeline/workspace';
import type { FastifyReply } from 'fastify';
import Type from 'typebox';
import { touch, touching } from '../auth/touch.ts';
import { closed } from '../routes/schema-parts.ts';
import type { ServerContext } from '../server-context.ts';
import { readEventQuery } from './event-query.ts';
import { EventStream } from './event-stream.ts';
import { StreamPlaces } from './stream-places.ts';

const id = (description: string) => Type.Optional(Type.String({ maxLength: 256, description }));
const Query = Type.Object(
  {
    kinds: Type.Optional(
      Type.String({
        maxLength: 1000,
        description: `Of ${changeKinds.join(', ')}, divided by commas; default all`,
      }),
    ),
    experiments: Type.Optional(
      Type.String({ maxLength: 4000, description: 'Ids of experiments, divided by commas' }),
    ),
    job: id('A job, with its steps and their runs'),
    run: id('A run, with those below it'),
    build: id('A build'),
    model: id('A registered model, with its versions'),
    loggedModel: id('A logged model, with what is measured on it'),
    endpoint: id('An endpoint'),
  },
  closed,
);
const Headers = Type.Object({
  'last-event-id': Type.Optional(
    Type.String({ maxLength: 100, description: 'To go on after the event with this id' }),
  ),
});
/** What is named has to be readable; of the rest only that is told which is. */
const named = touching(
  touch('read', 'run', 'query.job', 'query.run'),
  touch('read', 'model', 'query.model'),
  touch('read', 'endpoint', 'query.endpoint'),
);
const schema = {
  tags: ['events'],
  summary: 'Changes as they happen, as server-sent events (text/event-stream)',
  querystring: Query,
  headers: Headers,
};

/** So that a token that was revoked is not read with for ever: whoever reads comes again. */
const defaultLifeMs = 5 * 60_000;

export interface EventOptions {
  readonly lifeMs?: number;
  /** A sign of life where nothing happens; default 15,000. */
  readonly heartbeatMs?: number;
}

export function eventRoutes(
  context: ServerContext,
  { lifeMs = defaultLifeMs, heartbeatMs = 15_000 }: EventOptions = {},
): FastifyPluginAsyncTypebox {
  const { workspace } = context;
  return async (app) => {
    const places = new StreamPlaces();
    const open = new Set<EventStream>();
    app.addHook('preClose', async () => {
      for (const stream of open) stream.end();
    });

    app.get(
      '/api/v1/events',
      { ...named.readerOrStep, schema },
      async ({ query, headers, principal, method }, reply) => {
        const { test, refresh, followLogs } = await readEventQuery(query, principal, context);
        // Who asks for the head of what has no end gets it, and no more.
        if (method === 'HEAD') return eventHeaders(reply).send();
        const leave = places.take(principal?.name ?? '', reply);
        await workspace.changes.ready();
        const stream = new EventStream({
          reader: workspace.changes.read(headers['last-event-id'] ?? null),
          ...{ test, refresh, heartbeatMs, lifeMs },
        });
        const stopLogs = followLogs?.();
        open.add(stream);
        stream.ended.finally(() => {
          open.delete(stream);
          stopLogs?.();
          leave();
        });
        return eventHeaders(reply).send(stream.body);
      },
    );
  };
}

function eventHeaders(reply: FastifyReply): FastifyReply {
  return reply
    .headers({
      'cache-control': 'no-cache, no-transform',
      // Nginx would keep events until there are many.
      'x-accel-buffering': 'no',
    })
    .type('text/event-stream; charset=utf-8');
}
