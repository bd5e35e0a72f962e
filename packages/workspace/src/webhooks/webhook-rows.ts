// The rows of a webhook and of its events, within a transaction of the caller.
import type { Transaction } from 'kysely';
import { RidgelineError } from '../errors.ts';
import type { WebhookEvent } from './webhook-events.ts';
import type { WebhookRow, WebhookTables } from './webhook-tables.ts';

/** @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
export async function webhookRow(
  reader: Transaction<WebhookTables>,
  webhookId: string,
): Promise<WebhookRow> {
  const row = await reader
    .selectFrom('webhooks')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .executeTakeFirst();
  if (row !== undefined) return row;
  const message = `Webhook with ID ${webhookId} not found.`;
  throw new RidgelineError('RESOURCE_DOES_NOT_EXIST', message);
}

/** By webhook, each of them once. */
export async function eventsOf(
  reader: Transaction<WebhookTables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly WebhookEvent[]>> {
  const rows = await reader
    .selectFrom('webhook_events')
    .selectAll()
    .where('webhook_id', 'in', ids)
    .orderBy('entity')
    .orderBy('action')
    .execute();
  const byHook = new Map<string, WebhookEvent[]>(ids.map((id) => [id, []]));
  for (const { webhook_id, entity, action } of rows) {
    byHook.get(webhook_id)?.push({ entity, action });
  }
  return byHook;
}

/** In place of those that it had. */
export async function putEvents(
  writer: Transaction<WebhookTables>,
  webhookId: string,
  events: readonly WebhookEvent[],
): Promise<void> {
  await writer.deleteFrom('webhook_events').where('webhook_id', '=', webhookId).execute();
  await writer
    .insertInto('webhook_events')
    .values(events.map((event) => ({ webhook_id: webhookId, ...event })))
    .execute();
}
