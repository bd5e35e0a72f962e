// What has happened and what came of it: the events of the triggers. Of one key there is one, and
// each is carried out once.
import type { DeliveryDatabase } from '../../database/delivery-database.ts';
import type { TriggerError } from '../trigger-event.ts';
import type { EventRow } from './insert-events.ts';
import { maxKept } from './prune-events.ts';

export class EventStore {
  readonly #database: DeliveryDatabase;

  constructor(database: DeliveryDatabase) {
    this.#database = database;
  }

  /** To be carried out yet, the oldest first. */
  async pending(): Promise<readonly EventRow[]> {
    const query = this.#database.reader.selectFrom('delivery_trigger_events').selectAll();
    return query.where('status', '=', 'Pending').orderBy('sequence').limit(maxKept).execute();
  }

  /** With the build that it made, or why it made none. What the build was told is its own now. */
  async settle(eventId: string, outcome: number | TriggerError): Promise<void> {
    const change =
      typeof outcome === 'number'
        ? { status: 'Queued' as const, build_id: outcome }
        : {
            status: 'Failed' as const,
            error_code: outcome.code,
            error_message: outcome.message,
          };
    await this.#database.write((tables) =>
      tables
        .updateTable('delivery_trigger_events')
        .set({ ...change, facts: '{}' })
        .where('event_id', '=', eventId)
        .execute(),
    );
  }

  async find(eventId: string): Promise<EventRow | null> {
    const query = this.#database.reader.selectFrom('delivery_trigger_events').selectAll();
    return (await query.where('event_id', '=', eventId).executeTakeFirst()) ?? null;
  }

  /** The newest first; `source`: only those of one. */
  async of(pipelineId: number, limit: number, source?: string): Promise<readonly EventRow[]> {
    const query = this.#database.reader.selectFrom('delivery_trigger_events').selectAll();
    const found = query.where('pipeline_id', '=', pipelineId);
    const narrowed = source === undefined ? found : found.where('source', '=', source);
    return narrowed.orderBy('sequence', 'desc').limit(limit).execute();
  }

  /** Whether what happened is known already. */
  async has(pipelineId: number, key: string): Promise<boolean> {
    const query = this.#database.reader.selectFrom('delivery_trigger_events').select('event_id');
    const own = query.where('pipeline_id', '=', pipelineId).where('event_key', '=', key);
    return (await own.executeTakeFirst()) !== undefined;
  }
}
