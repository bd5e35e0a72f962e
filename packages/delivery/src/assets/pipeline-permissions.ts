// Which pipelines may use an asset: all, or those of a list. By name, so that a list can be written
// before its pipelines are; a pipeline that is renamed takes its permissions along.
import type { DeliveryReader, DeliveryWriter } from '../database/delivery-database.ts';
import { assetLimits, checkWord, keyOf } from './check-words.ts';
import type { Mistakes } from './mistakes.ts';

/** As users give them; what is left out stays. */
export interface PipelinePermissions {
  /** Default false. */
  readonly allowAllPipelines?: boolean;
  /** By name, letter case aside; they need not be there yet. */
  readonly pipelines?: readonly string[];
}

/** An asset as it is kept. */
export interface PermittedAsset {
  readonly row: { readonly allow_all_pipelines: number };
  readonly pipelines: readonly string[];
}

export function checkPermissions(mistakes: Mistakes, { pipelines = [] }: PipelinePermissions) {
  if (pipelines.length > assetLimits.entries)
    mistakes.add(`${pipelines.length} pipelines are named; at most ${assetLimits.entries} can be`);
  for (const name of pipelines) checkWord(mistakes, 'delivery pipeline', name);
}

export function changedPermissions(
  { row, pipelines }: PermittedAsset,
  changes: PipelinePermissions,
) {
  const { allowAllPipelines = row.allow_all_pipelines === 1 } = changes;
  return {
    allow_all_pipelines: Number(allowAllPipelines),
    pipelines: changes.pipelines ?? pipelines,
  };
}

export function describePermissions({ row, pipelines }: PermittedAsset) {
  return { allowAllPipelines: row.allow_all_pipelines === 1, pipelines };
}

export function isPermitted({ row, pipelines }: PermittedAsset, pipeline: string): boolean {
  const key = keyOf(pipeline);
  return row.allow_all_pipelines === 1 || pipelines.some((name) => keyOf(name) === key);
}

/** By the ids of the assets. */
export async function permittedPipelines(
  tables: DeliveryReader,
  assetIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await tables
    .selectFrom('asset_pipelines')
    .selectAll()
    .where('asset_id', 'in', assetIds)
    .orderBy('pipeline_key')
    .execute();
  return new Map(
    [...Map.groupBy(rows, ({ asset_id }) => asset_id)].map(([id, found]) => [
      id,
      found.map(({ pipeline }) => pipeline),
    ]),
  );
}

export async function putPermittedPipelines(
  tables: DeliveryWriter,
  assetId: string,
  pipelines: readonly string[],
): Promise<void> {
  await tables.deleteFrom('asset_pipelines').where('asset_id', '=', assetId).execute();
  const byKey = new Map(pipelines.map((pipeline) => [keyOf(pipeline), pipeline]));
  for (const [pipeline_key, pipeline] of byKey) {
    const row = { asset_id: assetId, pipeline, pipeline_key };
    await tables.insertInto('asset_pipelines').values(row).execute();
  }
}

/** In the transaction that renames the pipeline. */
export async function renamePermittedPipeline(
  tables: DeliveryWriter,
  from: string,
  to: string,
): Promise<void> {
  const [fromKey, toKey] = [keyOf(from), keyOf(to)];
  // Lists that name both would have the new name twice.
  const listed = tables.selectFrom('asset_pipelines').select('asset_id');
  if (fromKey !== toKey)
    await tables
      .deleteFrom('asset_pipelines')
      .where('pipeline_key', '=', toKey)
      .where('asset_id', 'in', listed.where('pipeline_key', '=', fromKey))
      .execute();
  await tables
    .updateTable('asset_pipelines')
    .set({ pipeline: to, pipeline_key: toKey })
    .where('pipeline_key', '=', fromKey)
    .execute();
}

/** In the transaction that deletes the pipeline: the next of its name is another one. */
export async function forgetPermittedPipeline(tables: DeliveryWriter, name: string): Promise<void> {
  await tables.deleteFrom('asset_pipelines').where('pipeline_key', '=', keyOf(name)).execute();
}
