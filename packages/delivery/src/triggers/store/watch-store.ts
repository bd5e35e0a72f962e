// How far each pipeline has looked. What a look has found is written with it in one transaction:
// nothing is seen twice, and nothing is forgotten.
import type { DeliveryDatabase } from '../../database/delivery-database.ts';
import type { TriggerError } from '../trigger-event.ts';
import { type Findings, putFindings } from './put-findings.ts';
import { type FirstSight, forget, putFirstSight } from './put-watch.ts';

export class WatchStore {
  readonly #database: DeliveryDatabase;

  constructor(database: DeliveryDatabase) {
    this.#database = database;
  }

  async find(pipelineId: number) {
    const query = this.#database.reader.selectFrom('delivery_watches').selectAll();
    return (await query.where('pipeline_id', '=', pipelineId).executeTakeFirst()) ?? null;
  }

  /** Begins anew: what is there now does not count. */
  async begin(pipelineId: number, sight: FirstSight, now: number): Promise<void> {
    await this.#database.write((tables) => putFirstSight(tables, pipelineId, sight, now));
  }

  /** Of a pipeline that is disabled or gone. Its events stay. */
  async end(pipelineId: number): Promise<void> {
    await this.#database.write((tables) => forget(tables, pipelineId));
  }

  async ids(): Promise<readonly number[]> {
    const query = this.#database.reader.selectFrom('delivery_watches').select('pipeline_id');
    return (await query.execute()).map((row) => row.pipeline_id);
  }

  async heads(pipelineId: number): Promise<ReadonlyMap<string, string>> {
    const query = this.#database.reader.selectFrom('delivery_heads').selectAll();
    const rows = await query.where('pipeline_id', '=', pipelineId).execute();
    return new Map(rows.map((row) => [row.ref, row.commit_id]));
  }

  /** Refs → the event whose build is waited for, and the commits that wait. */
  async batches(pipelineId: number) {
    const query = this.#database.reader.selectFrom('delivery_batches').selectAll();
    const rows = await query.where('pipeline_id', '=', pipelineId).execute();
    return new Map(
      rows.map(({ ref, event_id, waiting }) => {
        const commits: readonly string[] = JSON.parse(waiting);
        return [ref, { eventId: event_id, waiting: commits }] as const;
      }),
    );
  }

  async schedules(pipelineId: number): Promise<ReadonlyMap<string, number>> {
    const query = this.#database.reader.selectFrom('delivery_schedules').selectAll();
    const rows = await query.where('pipeline_id', '=', pipelineId).execute();
    return new Map(rows.map((row) => [row.source, row.looked_at]));
  }

  /** Alias → where that repository lay when it was last looked at. */
  async others(pipelineId: number): Promise<ReadonlyMap<string, string>> {
    const query = this.#database.reader.selectFrom('delivery_other_watches').selectAll();
    const rows = await query.where('pipeline_id', '=', pipelineId).execute();
    return new Map(rows.map((row) => [row.alias, row.repository]));
  }

  /** Also of a pipeline whose first look failed, which then still begins anew. */
  async noteError(pipelineId: number, error: TriggerError | null, now: number): Promise<void> {
    const change = { error_code: error?.code ?? null, error_message: error?.message ?? null };
    const row = { pipeline_id: pipelineId, repository: '', since: now, ...change };
    await this.#database.write((tables) =>
      tables
        .insertInto('delivery_watches')
        .values(row)
        .onConflict((conflict) => conflict.column('pipeline_id').doUpdateSet(change))
        .execute(),
    );
  }

  async note(pipelineId: number, findings: Findings, now: number): Promise<void> {
    await this.#database.write((tables) => putFindings(tables, pipelineId, findings, now));
  }
}
