// MLflow's routes of webhooks, whose enums are in capitals there. They are the owners' alone: a
// webhook sends what happens here to wherever it says.
import {
  type Webhook,
  type WebhookEvent,
  type Workspace,
  webhookActions,
  webhookEntities,
} from '@ridgeline/workspace';
import Type, { type Static } from 'typebox';
import { type MlflowRoute, mlflowRoute } from './mlflow-route.ts';
import { toNumber, toWirePage, WholeNumber } from './wire.ts';

const params = Type.Object({ webhook_id: Type.String() });
const Nothing = Type.Object({});
const text = Type.Optional(Type.String());

const Event = Type.Object({
  entity: Type.Enum(webhookEntities.map((entity) => entity.toUpperCase())),
  action: Type.Enum(webhookActions.map((action) => action.toUpperCase())),
});
const Status = Type.Optional(Type.Enum(['ACTIVE', 'DISABLED']));
const details = { description: text, secret: text, status: Status };
const Create = Type.Object({
  name: Type.String(),
  url: Type.String(),
  events: Type.Array(Event),
  ...details,
});
const Update = Type.Object({
  name: text,
  url: text,
  events: Type.Optional(Type.Array(Event)),
  ...details,
});
const List = Type.Object({ max_results: Type.Optional(WholeNumber), page_token: text });

export function webhookRoutes({ webhooks }: Workspace): readonly MlflowRoute[] {
  return [
    mlflowRoute({
      method: 'POST',
      path: 'webhooks',
      access: 'owner',
      touches: 'none',
      summary: 'Send what happens to models to an address',
      input: Create,
      handle: async ({ events, ...rest }) => ({
        webhook: toWire(await webhooks.create({ ...rest, events: events.map(toEvent) })),
      }),
    }),
    mlflowRoute({
      method: 'GET',
      path: 'webhooks',
      access: 'owner',
      touches: 'none',
      summary: 'All webhooks',
      input: List,
      handle: async ({ max_results, page_token: pageToken }) => {
        const maxResults = toNumber(max_results);
        const page = await webhooks.list({
          ...(maxResults !== undefined && { maxResults }),
          ...(pageToken !== undefined && { pageToken }),
        });
        return toWirePage('webhooks', { ...page, items: page.items.map(toWire) });
      },
    }),
    mlflowRoute({
      method: 'GET',
      path: 'webhooks/:webhook_id',
      access: 'owner',
      touches: 'none',
      summary: 'A webhook, without its secret',
      params,
      input: Nothing,
      handle: async ({ webhook_id }) => ({ webhook: toWire(await webhooks.get(webhook_id)) }),
    }),
    mlflowRoute({
      method: 'PATCH',
      path: 'webhooks/:webhook_id',
      access: 'owner',
      touches: 'none',
      summary: 'Change a webhook',
      params,
      input: Update,
      handle: async ({ webhook_id, events, name, url, ...rest }) => ({
        webhook: toWire(
          await webhooks.update(webhook_id, {
            ...rest,
            // MLflow's clients send what is empty for what stays.
            ...(name && { name }),
            ...(url && { url }),
            ...(events !== undefined && events.length > 0 && { events: events.map(toEvent) }),
          }),
        ),
      }),
    }),
    mlflowRoute({
      method: 'DELETE',
      path: 'webhooks/:webhook_id',
      access: 'owner',
      touches: 'none',
      summary: 'Delete a webhook, with what waits to be sent to it',
      params,
      input: Nothing,
      handle: async ({ webhook_id }) => webhooks.delete(webhook_id),
    }),
    mlflowRoute({
      method: 'POST',
      path: 'webhooks/:webhook_id/test',
      access: 'owner',
      touches: 'none',
      summary: 'Send an example of an event to a webhook',
      params,
      input: Type.Object({ event: Type.Optional(Event) }),
      handle: async ({ webhook_id, event }) => ({
        result: await webhooks.test(webhook_id, event && toEvent(event)),
      }),
    }),
  ];
}

// The workspace checks that these are words of its own.
function toEvent({ entity, action }: Static<typeof Event>): WebhookEvent {
  return { entity: entity.toLowerCase(), action: action.toLowerCase() } as WebhookEvent;
}

function toWire({ events, ...webhook }: Webhook) {
  const wireEvents = events.map(({ entity, action }) => ({
    entity: entity.toUpperCase(),
    action: action.toUpperCase(),
  }));
  return { ...webhook, events: wireEvents };
}
