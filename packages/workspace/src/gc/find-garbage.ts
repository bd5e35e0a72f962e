// What has been deleted for long enough, and what of that has to stay: files that a registered model
// version still stands on are nobody's garbage.
import { sql, type Transaction } from 'kysely';
import type { WorkspaceTables } from '../database/tables.ts';
import { artifactOf } from '../models/model-source.ts';
import { deletedStage } from '../models/model-version.ts';

type Reader = Transaction<WorkspaceTables>;

export type GarbageKind = 'run' | 'loggedModel';

export interface Garbage {
  readonly kind: GarbageKind;
  readonly id: string;
  readonly experimentId: number;
}

/** Of each kind the longest deleted first; `limit` of both together. */
export async function findGarbage(
  reader: Reader,
  before: number,
  limit: number,
): Promise<readonly Garbage[]> {
  const kept = await ownersInUse(reader);
  const runs = await reader
    .selectFrom('runs')
    .select([sql<string>`run_uuid`.as('id'), 'experiment_id'])
    .where('lifecycle_stage', '=', 'deleted')
    .where('deleted_time', '<=', before)
    .orderBy('deleted_time')
    .orderBy('run_uuid')
    .limit(limit + kept.size)
    .execute();
  const models = await reader
    .selectFrom('logged_models')
    .innerJoin('experiments', 'experiments.experiment_id', 'logged_models.experiment_id')
    .select([sql<string>`model_id`.as('id'), 'logged_models.experiment_id'])
    .where(({ or, and, eb }) =>
      or([
        and([
          eb('logged_models.lifecycle_stage', '=', 'deleted'),
          eb('last_updated_timestamp_ms', '<=', before),
        ]),
        and([
          eb('experiments.lifecycle_stage', '=', 'deleted'),
          eb('experiments.last_update_time', '<=', before),
          eb('last_updated_timestamp_ms', '<=', before),
        ]),
      ]),
    )
    .orderBy('last_updated_timestamp_ms')
    .orderBy('model_id')
    .limit(limit + kept.size)
    .execute();
  const all = [...runs.map(garbageOf('run')), ...models.map(garbageOf('loggedModel'))];
  return all.filter(({ id }) => !kept.has(id)).slice(0, limit);
}

/** How many that were deleted before stay, as model versions stand on their files. */
export async function countKept(reader: Reader, before: number): Promise<number> {
  const ids = [...(await ownersInUse(reader))];
  if (ids.length === 0) return 0;
  const runs = await reader
    .selectFrom('runs')
    .select('run_uuid')
    .where('run_uuid', 'in', ids)
    .where('lifecycle_stage', '=', 'deleted')
    .where('deleted_time', '<=', before)
    .execute();
  const models = await reader
    .selectFrom('logged_models')
    .select('model_id')
    .where('model_id', 'in', ids)
    .where('lifecycle_stage', '=', 'deleted')
    .where('last_updated_timestamp_ms', '<=', before)
    .execute();
  return runs.length + models.length;
}

/**
 * Deleted before, with nothing left in them; never the one into which clients log by default.
 * @param soon ids of runs and logged models that count as gone.
 */
export async function findEmptyExperiments(
  reader: Reader,
  before: number,
  limit: number,
  soon: readonly string[],
): Promise<readonly number[]> {
  const left = soon.length === 0 ? sql`` : sql`and owner.id not in (${sql.join(soon)})`;
  const rows = await reader
    .selectFrom('experiments')
    .select('experiment_id')
    .where('lifecycle_stage', '=', 'deleted')
    .where('last_update_time', '<=', before)
    .where('experiment_id', '!=', 0)
    .where(
      sql<boolean>`not exists (
        select 1 from (
          select run_uuid as id, experiment_id from runs
          union all
          select model_id as id, experiment_id from logged_models
        ) as owner
        where owner.experiment_id = experiments.experiment_id ${left})`,
    )
    .orderBy('experiment_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.experiment_id);
}

/** The ids of runs and logged models whose files are those of a model version. */
export async function ownersInUse(reader: Reader): Promise<ReadonlySet<string>> {
  const rows = await reader
    .selectFrom('model_versions')
    .select(['source', 'storage_location'])
    .where('current_stage', '!=', deletedStage)
    .execute();
  return new Set(rows.flatMap((row) => artifactOf(placeOf(row))?.ownerId ?? []));
}

/** As `ownersInUse`, of one of them. */
export async function isInUse(reader: Reader, ownerId: string): Promise<boolean> {
  const rows = await reader
    .selectFrom('model_versions')
    .select(['source', 'storage_location'])
    .where('current_stage', '!=', deletedStage)
    .where(({ or, eb }) =>
      or([eb('source', 'like', `%${ownerId}%`), eb('storage_location', 'like', `%${ownerId}%`)]),
    )
    .execute();
  return rows.some((row) => artifactOf(placeOf(row))?.ownerId === ownerId);
}

function placeOf(row: {
  readonly source: string | null;
  readonly storage_location: string | null;
}): string {
  return row.storage_location ?? row.source ?? '';
}

function garbageOf(kind: GarbageKind) {
  return (row: { readonly id: string; readonly experiment_id: number }): Garbage => ({
    kind,
    id: row.id,
    experimentId: row.experiment_id,
  });
}
