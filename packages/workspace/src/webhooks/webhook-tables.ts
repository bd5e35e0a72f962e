// The rows of webhooks, and of what waits to be sent to them.
import type { Selectable } from 'kysely';
import type { WebhookAction, WebhookEntity } from './webhook-events.ts';

export const webhookStatuses = ['ACTIVE', 'DISABLED'] as const;
export type WebhookStatus = (typeof webhookStatuses)[number];

export interface WebhooksTable {
  readonly webhook_id: string;
  readonly name: string;
  readonly description: string | null;
  readonly url: string;
  readonly status: WebhookStatus;
  /** Among the workspace's secrets; null: what is sent is not signed. */
  readonly secret_name: string | null;
  /** Milliseconds since the epoch, as all times here. */
  readonly creation_timestamp: number;
  readonly last_updated_timestamp: number;
  /** Until then a server is at work on its queue, and no other may be. */
  readonly claimed_until: number;
}

export interface WebhookEventsTable {
  readonly webhook_id: string;
  readonly entity: WebhookEntity;
  readonly action: WebhookAction;
}

export interface WebhookDeliveriesTable {
  /** In the order of the changes. */
  readonly delivery_id: string;
  readonly webhook_id: string;
  readonly body: string;
  readonly created_at: number;
  readonly attempts: number;
  readonly next_attempt_at: number;
}

export type WebhookTables = {
  readonly webhooks: WebhooksTable;
  readonly webhook_events: WebhookEventsTable;
  readonly webhook_deliveries: WebhookDeliveriesTable;
};

export type WebhookRow = Selectable<WebhooksTable>;
export type DeliveryRow = Selectable<WebhookDeliveriesTable>;
