// The rows of delivery pipelines.

import { keyOf } from '../../assets/check-words.ts';
import {
  forgetPermittedPipeline,
  renamePermittedPipeline,
} from '../../assets/pipeline-permissions.ts';
import type { DeliveryDatabase } from '../../database/delivery-database.ts';
import type { DeliveryPipeline } from '../delivery-pipeline.ts';
import { stillRuns } from './definition-errors.ts';
import type { PipelineRow } from './pipeline-row.ts';

export class DefinitionStore {
  readonly #database: DeliveryDatabase;

  constructor(database: DeliveryDatabase) {
    this.#database = database;
  }

  async find(name: string): Promise<PipelineRow | null> {
    const query = this.#database.reader.selectFrom('delivery_pipelines').selectAll();
    return (await query.where('name_key', '=', keyOf(name)).executeTakeFirst()) ?? null;
  }

  /** By name. */
  async all(): Promise<readonly PipelineRow[]> {
    const query = this.#database.reader.selectFrom('delivery_pipelines').selectAll();
    return query.orderBy('name_key').execute();
  }

  async insert(row: Omit<PipelineRow, 'pipeline_id'>): Promise<number> {
    const { pipeline_id: id } = await this.#database.write((tables) =>
      tables
        .insertInto('delivery_pipelines')
        .values(row)
        .returning('pipeline_id')
        .executeTakeFirstOrThrow(),
    );
    return id;
  }

  async change(id: number, fields: Partial<PipelineRow>): Promise<void> {
    await this.#database.write((tables) =>
      tables.updateTable('delivery_pipelines').set(fields).where('pipeline_id', '=', id).execute(),
    );
  }

  /** With what others know it by. */
  async rename(before: DeliveryPipeline, fields: Partial<PipelineRow> & { name: string }) {
    await this.#database.write(async (tables) => {
      const update = tables.updateTable('delivery_pipelines').set(fields);
      await update.where('pipeline_id', '=', Number(before.id)).execute();
      await renamePermittedPipeline(tables, before.name, fields.name);
    });
  }

  /** @throws DeliveryError BUILD_STILL_RUNS */
  async delete({ id, name }: DeliveryPipeline): Promise<void> {
    await this.#database.write(async (tables) => {
      const open = tables
        .selectFrom('builds')
        .select('build_id')
        .where('status', '!=', 'completed');
      const running = await open.where('pipeline_id', '=', Number(id)).executeTakeFirst();
      if (running !== undefined) throw stillRuns(name, running.build_id);
      for (const table of [
        'build_counters',
        'delivery_trigger_events',
        'delivery_local_pull_requests',
        'delivery_pipelines',
      ] as const)
        await tables.deleteFrom(table).where('pipeline_id', '=', Number(id)).execute();
      await forgetPermittedPipeline(tables, name);
    });
  }
}
