// How far the ends of builds and stages have been looked at, by all pipelines together.
import type { DeliveryDatabase } from '../../database/delivery-database.ts';
import type { Happening } from '../trigger-event.ts';
import { insertEvents } from './insert-events.ts';

export class CompletionStore {
  readonly #database: DeliveryDatabase;

  constructor(database: DeliveryDatabase) {
    this.#database = database;
  }

  /** Where the ends are looked at next; null before the first look. */
  async cursor(): Promise<number | null> {
    const query = this.#database.reader.selectFrom('delivery_completions').selectAll();
    return (await query.executeTakeFirst())?.sequence ?? null;
  }

  /** What the ends have brought, pipeline by pipeline. */
  async note(
    happenings: ReadonlyMap<number, readonly Happening[]>,
    sequence: number,
    now: number,
  ): Promise<void> {
    await this.#database.write(async (tables) => {
      for (const [pipelineId, each] of happenings) {
        await insertEvents(tables, pipelineId, each, now);
      }
      await tables
        .insertInto('delivery_completions')
        .values({ id: 1, sequence })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ sequence }))
        .execute();
    });
  }
}
