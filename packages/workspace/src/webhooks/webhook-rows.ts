// The rows of a webhook and of its events, within a transaction of the caller.
import type { Transaction } from 'kysely';
import { RidgelineError } from '../errors.ts';
import { findPage, type Page, type PageRequest, pageWindow } from '../search/page.ts';
import { columnKey } from '../search/sort-key.ts';
import type { WebhookEvent } from './webhook-events.ts';
import type { WebhookRow, WebhookTables } from './webhook-tables.ts';

const maxWebhooks = 100;

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

const pageBounds = { defaultResults: 100, maxResults: 1_000 };
const keys = [
  columnKey('webhooks', 'creation_timestamp'),
  columnKey('webhooks', 'webhook_id', { type: 'text' }),
];

/** The oldest first. @throws RidgelineError INVALID_PARAMETER_VALUE */
export async function webhookRows(
  reader: Transaction<WebhookTables>,
  request: PageRequest,
): Promise<Page<WebhookRow>> {
  const window = pageWindow(request, pageBounds, { keys, asked: ['webhooks'] });
  return findPage(reader.selectFrom('webhooks').selectAll(), window);
}

/** @throws RidgelineError WEBHOOK_LIMIT_REACHED */
export async function insertWebhook(
  writer: Transaction<WebhookTables>,
  row: WebhookRow,
): Promise<void> {
  const all = await writer.selectFrom('webhooks').select('webhook_id').execute();
  if (all.length >= maxWebhooks) {
    const message = `there are ${maxWebhooks} webhooks already; delete one first`;
    throw new RidgelineError('WEBHOOK_LIMIT_REACHED', message);
  }
  await writer.insertInto('webhooks').values(row).execute();
}

/** With all that waits to be sent to it; gives what it was. @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
export async function removeWebhook(
  writer: Transaction<WebhookTables>,
  webhookId: string,
): Promise<WebhookRow> {
  const row = await webhookRow(writer, webhookId);
  for (const table of ['webhook_deliveries', 'webhook_events', 'webhooks'] as const) {
    await writer.deleteFrom(table).where('webhook_id', '=', webhookId).execute();
  }
  return row;
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
