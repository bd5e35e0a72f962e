// How long builds stay: of each delivery pipeline the newest that have ended, as many as it keeps.
import { rm } from 'node:fs/promises';
import type { DeliveryPaths } from './run/build-surroundings.ts';
import type { BuildRow, BuildStore } from './store/build-store.ts';

const parts = [
  'build_plans',
  'build_snapshots',
  'build_jobs',
  'build_steps',
  'build_approvals',
  'build_findings',
  'build_events',
  'builds',
] as const;

export async function sweepBuilds(
  store: BuildStore,
  paths: DeliveryPaths,
  pipelineId: number,
): Promise<void> {
  for (const row of await tooOld(store, pipelineId)) await deleteBuild(store, paths, row);
}

/** The folder first: what is left of it after a kill is found again by its row. */
async function deleteBuild(store: BuildStore, paths: DeliveryPaths, row: BuildRow): Promise<void> {
  await rm(paths.build(row.build_id).path, { recursive: true, force: true });
  await store.database.write(async (tables) => {
    for (const table of parts)
      await tables.deleteFrom(table).where('build_id', '=', row.build_id).execute();
    await tables.deleteFrom('secrets').where('name', 'like', `${row.secret_prefix}/%`).execute();
  });
}

async function tooOld(store: BuildStore, pipelineId: number): Promise<readonly BuildRow[]> {
  const { reader } = store.database;
  const pipeline = await reader
    .selectFrom('delivery_pipelines')
    .select('keep_builds')
    .where('pipeline_id', '=', pipelineId)
    .executeTakeFirst();
  if (pipeline === undefined) return [];
  const ended = reader
    .selectFrom('builds')
    .selectAll()
    .where('pipeline_id', '=', pipelineId)
    .where('status', '=', 'completed')
    .orderBy('build_id', 'desc');
  return ended.limit(1_000).offset(pipeline.keep_builds).execute();
}
