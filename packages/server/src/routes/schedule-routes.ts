// Schedules: what is started when the clock says so, or when something has happened.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { catchUps, frequencies, overlaps, triggerTypes, weekDays } from '@ridgeline/jobs';
import Type, { type TSchema } from 'typebox';
import { ofWorkspace } from '../auth/touch.ts';
import type { ServerContext } from '../server-context.ts';
import { checkLimit, Submission } from './job-routes.ts';
import { closed, digits, TextByName } from './schema-parts.ts';

const orNull = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));
const Whole = Type.Integer({ minimum: -1_000_000, maximum: 1_000_000 });

const Pattern = Type.Object(
  {
    hours: Type.Optional(Type.Array(Whole)),
    minutes: Type.Optional(Type.Array(Whole)),
    weekDays: Type.Optional(Type.Array(Type.Enum([...weekDays]))),
    monthDays: Type.Optional(Type.Array(Whole)),
  },
  closed,
);
const Trigger = Type.Object(
  {
    type: Type.Enum([...triggerTypes]),
    expression: Type.Optional(Type.String({ description: 'cron: `0 8 * * MON`' })),
    frequency: Type.Optional(Type.Enum([...frequencies], { description: 'recurrence' })),
    interval: Type.Optional(Type.Integer({ description: 'recurrence: 1 to 1000' })),
    pattern: orNull(Pattern),
    timeZone: Type.Optional(Type.String({ description: 'IANA or Windows; default `UTC`' })),
    startTime: orNull(Type.String()),
    endTime: orNull(Type.String()),
    path: Type.Optional(
      Type.String({ description: 'data: `azureml://datastores/<name>/paths/<path>`' }),
    ),
    pollSeconds: Type.Optional(Type.Integer({ description: 'data: default 60' })),
    model: Type.Optional(Type.String()),
    tags: Type.Optional(TextByName),
    alias: orNull(Type.String()),
    experimentName: orNull(Type.String()),
    displayName: orNull(Type.String()),
    name: Type.Optional(Type.String({ description: 'build: its delivery pipeline' })),
    status: Type.Optional(Type.Array(Type.String(), { description: 'job and build' })),
    branch: orNull(Type.String()),
  },
  closed,
);
const Start = Type.Object(
  {
    job: Type.Optional(Submission),
    pipeline: Type.Optional(Type.String({ description: 'The id or name of a published one' })),
    pipelineEndpoint: Type.Optional(Type.String({ description: 'Its id or name' })),
    version: Type.Optional(Type.String({ description: 'Of the endpoint; default: its default' })),
  },
  closed,
);
const fields = {
  displayName: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  tags: Type.Optional(TextByName),
  enabled: Type.Optional(Type.Boolean()),
  trigger: Trigger,
  start: Start,
  inputs: Type.Optional(
    Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
  ),
  experimentName: Type.Optional(Type.String()),
  catchUp: Type.Optional(Type.Enum([...catchUps], { description: 'Default: `latest`' })),
  overlap: Type.Optional(Type.Enum([...overlaps], { description: 'Default: `allow`' })),
} as const;

const params = Type.Object({ name: Type.String() });
const Limit = Type.Object({
  limit: Type.Optional(Type.String({ pattern: digits, description: '1 to 1000; default 100' })),
});

const tags = ['schedules'];
const create = {
  tags,
  summary: 'Create a schedule',
  body: Type.Object({ name: Type.String(), ...fields }, closed),
};
const put = {
  tags,
  summary: 'Create a schedule, or replace one',
  params,
  body: Type.Object(fields, closed),
};
const list = { tags, summary: 'Schedules, by name', querystring: Limit };
const one = { tags, summary: 'A schedule with its next times', params };
const firings = { tags, summary: 'When it fired, the newest first', params, querystring: Limit };
const enable = { tags, summary: 'Let it fire again', params };
const disable = { tags, summary: 'Keep it, and let it not fire', params };
const trigger = { tags, summary: 'Fire now', params };
const remove = { tags, summary: 'Delete a schedule with its firings; jobs stay', params };

const address = '/api/v1/schedules';

export function scheduleRoutes({ schedules }: ServerContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      address,
      { ...ofWorkspace.contributor, schema: create },
      async ({ body: { name, ...spec }, principal }, reply) => {
        const by = principal?.name ?? '';
        return reply.code(201).send(await schedules.put(name, spec, { by, replace: false }));
      },
    );

    app.put(
      `${address}/:name`,
      { ...ofWorkspace.contributor, schema: put },
      async ({ params: { name }, body, principal }) =>
        schedules.put(name, body, { by: principal?.name ?? '' }),
    );

    app.get(address, { ...ofWorkspace.reader, schema: list }, async ({ query }) => ({
      value: await schedules.list(checkLimit(query.limit)),
    }));

    app.get(
      `${address}/:name`,
      { ...ofWorkspace.reader, schema: one },
      async ({ params: { name } }) => schedules.get(name),
    );

    app.get(
      `${address}/:name/firings`,
      { ...ofWorkspace.reader, schema: firings },
      async ({ params: { name }, query }) => ({
        value: await schedules.firings(name, checkLimit(query.limit)),
      }),
    );

    app.post(
      `${address}/:name/enable`,
      { ...ofWorkspace.contributor, schema: enable },
      async ({ params: { name } }) => schedules.enable(name),
    );

    app.post(
      `${address}/:name/disable`,
      { ...ofWorkspace.contributor, schema: disable },
      async ({ params: { name } }) => schedules.disable(name),
    );

    app.post(
      `${address}/:name/trigger`,
      { ...ofWorkspace.contributor, schema: trigger },
      async ({ params: { name }, principal }) => schedules.trigger(name, principal?.name ?? ''),
    );

    app.delete(
      `${address}/:name`,
      { ...ofWorkspace.contributor, schema: remove },
      async ({ params: { name } }, reply) => {
        await schedules.delete(name);
        return reply.code(204).send();
      },
    );
  };
}
