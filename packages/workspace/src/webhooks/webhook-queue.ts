// What waits to be sent, by webhook, and whose turn it is. Several servers may share a database:
// each queue is worked on by one of them at a time, who has claimed it for a while.
import { sql } from 'kysely';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import type { DeliveryRow, WebhookRow } from './webhook-tables.ts';

/** Of one webhook; of more, the oldest are given up. */
const maxWaiting = 10_000;
/** What could not be delivered for so long is given up. */
const maxAgeMs = 24 * 60 * 60 * 1_000;

// Of the oldest delivery, which holds up those behind it.
const firstAttempt = sql<number | null>`(
  select waiting.next_attempt_at from webhook_deliveries as waiting
  where waiting.webhook_id = webhooks.webhook_id
  order by waiting.delivery_id limit 1)`;

export class WebhookQueue {
  readonly #database: WorkspaceDatabase;

  constructor(database: WorkspaceDatabase) {
    this.#database = database;
  }

  /** The webhooks whose first in the queue is to be sent now, and that nobody works on. */
  async due(now: number): Promise<readonly string[]> {
    const rows = await this.#database.kysely
      .selectFrom('webhooks')
      .select('webhook_id')
      .where('status', '=', 'ACTIVE')
      .where('claimed_until', '<=', now)
      .where(firstAttempt, '<=', now)
      .orderBy('webhook_id')
      .execute();
    return rows.map((row) => row.webhook_id);
  }

  /** Null where another server was quicker, or the webhook is gone. */
  async claim(webhookId: string, now: number, untilMs: number): Promise<WebhookRow | null> {
    return this.#database.write(async (writer) => {
      const row = await writer
        .updateTable('webhooks')
        .set({ claimed_until: untilMs })
        .where('webhook_id', '=', webhookId)
        .where('status', '=', 'ACTIVE')
        .where('claimed_until', '<=', now)
        .returningAll()
        .executeTakeFirst();
      return row ?? null;
    });
  }

  async release(webhookId: string): Promise<void> {
    await this.#database.write((writer) =>
      writer
        .updateTable('webhooks')
        .set({ claimed_until: 0 })
        .where('webhook_id', '=', webhookId)
        .execute(),
    );
  }

  /** The oldest; null where nothing waits. */
  async first(webhookId: string): Promise<DeliveryRow | null> {
    const row = await this.#database.kysely
      .selectFrom('webhook_deliveries')
      .selectAll()
      .where('webhook_id', '=', webhookId)
      .orderBy('delivery_id')
      .limit(1)
      .executeTakeFirst();
    return row ?? null;
  }

  async done(deliveryId: string): Promise<void> {
    await this.#database.write((writer) =>
      writer.deleteFrom('webhook_deliveries').where('delivery_id', '=', deliveryId).execute(),
    );
  }

  async postpone(row: DeliveryRow, nextAttemptAt: number): Promise<void> {
    await this.#database.write((writer) =>
      writer
        .updateTable('webhook_deliveries')
        .set({ attempts: row.attempts + 1, next_attempt_at: nextAttemptAt })
        .where('delivery_id', '=', row.delivery_id)
        .execute(),
    );
  }

  /** When the first of a queue is due; null where nothing waits. */
  async nextAttempt(): Promise<number | null> {
    const row = await this.#database.kysely
      .selectFrom('webhooks')
      .select(firstAttempt.as('at'))
      .where('status', '=', 'ACTIVE')
      .where(firstAttempt, 'is not', null)
      .orderBy('at')
      .limit(1)
      .executeTakeFirst();
    return row?.at ?? null;
  }

  /** Gives up what is too old, and of a queue that is too long the oldest. @returns how many. */
  async prune(webhookId: string, now: number): Promise<number> {
    const newest = await this.#database.kysely
      .selectFrom('webhook_deliveries')
      .select('delivery_id')
      .where('webhook_id', '=', webhookId)
      .orderBy('delivery_id', 'desc')
      .offset(maxWaiting)
      .limit(1)
      .executeTakeFirst();
    const { numDeletedRows } = await this.#database.write((writer) =>
      writer
        .deleteFrom('webhook_deliveries')
        .where('webhook_id', '=', webhookId)
        .where(({ or, eb }) =>
          or([
            eb('created_at', '<', now - maxAgeMs),
            ...(newest === undefined ? [] : [eb('delivery_id', '<=', newest.delivery_id)]),
          ]),
        )
        .executeTakeFirst(),
    );
    return Number(numDeletedRows);
  }
}
