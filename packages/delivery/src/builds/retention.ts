// How long builds stay: of each delivery pipeline the newest that have ended, as many as it keeps,
// and of all that are deleted together as many as a pipeline keeps by default.
import { rm } from 'node:fs/promises';
import type { DeliveryReader } from '../database/delivery-database.ts';
import { defaultKeepBuilds } from './definitions/check-definition.ts';
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
  'agent_leases',
  'builds',
] as const;

/** So many at once; the next sweep takes the rest. */
const maxSwept = 1_000;

export async function sweepBuilds(
  store: BuildStore,
  paths: DeliveryPaths,
  pipelineId: number,
): Promise<void> {
  for (const row of await tooOld(store, pipelineId)) await deleteBuild(store, paths, row);
  await sweepOrphans(store, paths);
}

/** Builds whose delivery pipeline was deleted. */
export async function sweepOrphans(store: BuildStore, paths: DeliveryPaths): Promise<void> {
  const { reader } = store.database;
  const known = reader.selectFrom('delivery_pipelines').select('pipeline_id');
  const orphans = endedBuilds(reader).where('pipeline_id', 'not in', known);
  const old = await orphans.limit(maxSwept).offset(defaultKeepBuilds).execute();
  for (const row of old) await deleteBuild(store, paths, row);
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
  const ended = endedBuilds(reader).where('pipeline_id', '=', pipelineId);
  return ended.limit(maxSwept).offset(pipeline.keep_builds).execute();
}

/** The newest first. */
function endedBuilds(reader: DeliveryReader) {
  const builds = reader.selectFrom('builds').selectAll();
  return builds.where('status', '=', 'completed').orderBy('build_id', 'desc');
}
