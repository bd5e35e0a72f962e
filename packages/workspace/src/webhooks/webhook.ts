// A webhook as MLflow's JSON has it: where to tell whom of what. Its secret never leaves.
import type { WebhookEvent } from './webhook-events.ts';
import type { WebhookRow, WebhookStatus } from './webhook-tables.ts';

export interface Webhook {
  readonly webhook_id: string;
  readonly name: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly description?: string;
  readonly status: WebhookStatus;
  /** Milliseconds since the epoch. */
  readonly creation_timestamp: number;
  readonly last_updated_timestamp: number;
}

export function toWebhook(row: WebhookRow, events: readonly WebhookEvent[]): Webhook {
  return {
    webhook_id: row.webhook_id,
    name: row.name,
    url: row.url,
    events,
    ...(row.description === null ? {} : { description: row.description }),
    status: row.status,
    creation_timestamp: row.creation_timestamp,
    last_updated_timestamp: row.last_updated_timestamp,
  };
}
